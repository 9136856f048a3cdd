//! One page as signals see it.

use jiff::civil::Date;

use super::evidence::Evidence;
use super::record::is_record;
use super::sheet::State;
use crate::corpus::{Facts, Page};

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

impl Case<'_> {
    /// Days from `day` to today; 0 where it is yet to come.
    pub(super) fn days_since(&self, day: Date) -> i64 {
        day.until((jiff::Unit::Day, self.today)).map_or(0, |span| i64::from(span.get_days())).max(0)
    }

    /// How often this machine was led here, where that is asked for.
    pub(super) fn used(&self) -> Option<u64> {
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
