//! Every page against every signal.

use sha2::{Digest, Sha256};

use super::case::Case;
use super::finding::Finding;
use super::found::Found;
use super::risk::points;
use super::settings::Settings;
use super::signals::{SIGNALS, Signal, by_change, signal};
use crate::ids::hex;
use crate::review::audit_finding_id;

/// Everything that is found, the riskiest first; of one risk by path and signal.
pub fn findings<'a>(
    settings: &Settings,
    cases: impl IntoIterator<Item = Case<'a>>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for case in cases {
        for signal in SIGNALS {
            findings.extend((signal.check)(&case).map(|it| finding(settings, &case, signal, it)));
        }
    }
    in_order(findings)
}

/// Pages whose sources one change touches, in the same order: the evidence of
/// each is the drift that the change makes.
pub fn touched<'a>(settings: &Settings, cases: impl IntoIterator<Item = Case<'a>>) -> Vec<Finding> {
    let one =
        |case: Case<'_>| Some(finding(settings, &case, signal("drifted")?, by_change(&case)?));
    in_order(cases.into_iter().filter_map(one).collect())
}

fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        let key = |it: &Finding| std::cmp::Reverse(it.risk.total());
        (key(a), &a.path, a.signal).cmp(&(key(b), &b.path, b.signal))
    });
    findings
}

fn finding(settings: &Settings, case: &Case<'_>, signal: &Signal, found: Found) -> Finding {
    let of = format!("sha256:{}", hex(&Sha256::digest(found.of.as_bytes())));
    Finding {
        id: audit_finding_id(&case.page.path, signal.name, &of).as_str().to_owned(),
        path: case.page.path.clone(),
        title: case.page.title.clone(),
        kind: case.facts.kind.clone(),
        signal: signal.name,
        owner: case.facts.owner.clone(),
        risk: points(settings, signal.name, &case.facts.kind, &found, case.links, case.used()),
        why: found.why,
        changed: found.changed,
        changed_total: found.changed_total,
        settle: found.settle,
        confidence: found.confidence,
        local: found.is_local,
        of,
    }
}
