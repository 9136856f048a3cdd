//! Policies as JSON: IAM, buckets, security groups, assignments of roles.

use super::super::super::super::rules::{Cue, cue};
use super::super::super::super::text::Text;
use super::super::Finds;
use super::super::objects;
use super::hide;

/// Words of the language of policies, whose values stay.
const WORDS: &[&str] = &[
    "Version",
    "version",
    "Effect",
    "Sid",
    "IpProtocol",
    "Type",
    "apiVersion",
    "kind",
    "etag",
    "protocol",
    "access",
    "direction",
    "priority",
    "action",
];

/// Keys that only policies have.
const KEYS: &[&str] = &[
    "Statement",
    "IpPermissions",
    "IpPermissionsEgress",
    "Effect",
    "roleDefinitionName",
    "roleDefinitionId",
    "notActions",
    "dataActions",
    "securityRules",
    "sourceAddressPrefix",
    "destinationPortRange",
    "verbs",
    "run_as",
    "SourceCidrIp",
    "acls",
];

/// Keys that make a policy together.
const PAIRS: &[(&str, &str)] = &[
    ("bindings", "members"),
    ("permissions", "actions"),
    ("role", "members"),
    ("src", "dst"),
    ("names", "privileges"),
    ("resource", "actions"),
    ("privileges", "roles"),
];

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    const CUES: [Cue; 14] = [
        cue("\"Statement\""),
        cue("IpPermissions"),
        cue("\"Effect\""),
        cue("\"roleDefinition"),
        cue("\"bindings\""),
        cue("\"notActions\""),
        cue("\"dataActions\""),
        cue("\"securityRules\""),
        cue("AddressPrefix\""),
        cue("\"verbs\""),
        cue("\"members\""),
        cue("\"dst\""),
        cue("rivileges"),
        cue("SourceCidrIp"),
    ];
    if !CUES.iter().any(|it| text.holds(*it)) {
        return;
    }
    let mut at = 0;
    while let Some(start) = text.raw[at..].find('{').map(|it| at + it) {
        let Some((end, leaves)) = objects::read(text, start) else {
            at = start + 1;
            continue;
        };
        at = end;
        let has = |name: &str| {
            leaves.iter().any(|it| it.above.iter().chain([&it.key]).any(|key| *key == name))
        };
        let is_policy =
            KEYS.iter().any(|it| has(it)) || PAIRS.iter().any(|it| has(it.0) && has(it.1));
        for leaf in leaves.iter().filter(|leaf| is_policy && !WORDS.contains(&leaf.key)) {
            hide(leaf.span.start, leaf.span.len(), found);
        }
    }
}
