//! Policies as JSON: IAM, buckets, security groups, assignments of roles.

use super::super::super::super::rules::{Cue, cue};
use super::super::super::super::text::Text;
use super::super::Finds;
use super::super::objects;
use super::hide;

/// Words of the language of policies, whose values stay.
const WORDS: &[&str] = &["Version", "Effect", "Sid", "IpProtocol", "Type"];

/// Keys that only policies have.
const KEYS: &[&str] = &[
    "Statement",
    "IpPermissions",
    "IpPermissionsEgress",
    "Effect",
    "roleDefinitionName",
    "roleDefinitionId",
];

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    const CUES: [Cue; 4] =
        [cue("\"Statement\""), cue("IpPermissions"), cue("\"Effect\""), cue("\"roleDefinition")];
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
        let is_policy =
            leaves.iter().any(|it| it.above.iter().chain([&it.key]).any(|key| KEYS.contains(key)));
        for leaf in leaves.iter().filter(|leaf| is_policy && !WORDS.contains(&leaf.key)) {
            hide(leaf.span.start, leaf.span.len(), found);
        }
    }
}
