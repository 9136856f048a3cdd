//! Every page against every signal.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::evidence::Evidence;
use super::finding::Finding;
use super::record::is_record;
use super::risk::points;
use super::settings::Settings;
use super::sheet::State;
use super::signals::{Found, SIGNALS, Signal, by_change, signal};
use crate::corpus::{Facts, Page};
use crate::ids::hex;
use crate::review::audit_finding_id;

/// One page and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The page.
    pub page: &'a Page,
    /// What it is on the day.
    pub facts: &'a Facts,
    /// What is known beside.
    pub evidence: &'a Evidence,
    /// Pages that link to it.
    pub links: usize,
    /// Days for which a review holds.
    pub every: i64,
    /// The day.
    pub today: Date,
}

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

impl Case<'_> {
    /// Days from `day` to today; 0 where it is yet to come.
    pub(super) fn days_since(&self, day: Date) -> i64 {
        day.until((jiff::Unit::Day, self.today)).map_or(0, |span| i64::from(span.get_days())).max(0)
    }

    /// How often this machine was led here, where that is asked for.
    fn used(&self) -> Option<u64> {
        self.evidence.usage.as_ref().map(|it| it.routed + it.opened)
    }

    /// How fresh the page is; `None` for one that nobody answers from.
    pub fn state(&self) -> Option<State> {
        if self.is_out_of_use() {
            return None;
        }
        Some(State {
            owner: self.facts.owner.clone(),
            kind: self.facts.kind.clone(),
            age: self.evidence.stamp.as_ref().map(|it| self.days_since(it.at)),
            every: self.every,
        })
    }

    /// The page as a shell takes it.
    pub(super) fn typed(&self) -> String {
        shell_word(&self.page.path.cite_text())
    }

    /// True for what tells of its day and is no decision.
    pub(super) fn is_record(&self) -> bool {
        self.page.adr.is_none() && is_record(&self.page.path, &self.facts.status)
    }

    /// True for pages that nobody answers from: their age misleads nobody.
    pub(super) fn is_out_of_use(&self) -> bool {
        let no_longer = ["superseded", "rejected", "deprecated"];
        self.facts.archived || self.facts.draft || no_longer.contains(&self.facts.status.as_str())
    }
}

/// `text` as one word of a shell.
pub(super) fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+=:@%,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
