//! How long a review holds.

use std::collections::BTreeMap;

/// Days between reviews, by kind of page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReviewIntervals {
    by_kind: BTreeMap<String, u32>,
    others: u32,
}

impl ReviewIntervals {
    /// Days by kind, and days for every kind that is not named.
    pub fn new(by_kind: BTreeMap<String, u32>, others: u32) -> Self {
        Self { by_kind, others }
    }

    /// Days between reviews of a page of this kind.
    pub fn days(&self, kind: &str) -> u32 {
        self.by_kind.get(kind).copied().unwrap_or(self.others)
    }
}

impl Default for ReviewIntervals {
    /// A quarter for what is followed at night, a year for decisions, half a
    /// year for the rest.
    fn default() -> Self {
        let days = [("sop", 90), ("runbook", 90), ("adr", 365)];
        Self::new(days.map(|(kind, days)| (kind.to_owned(), days)).into(), 180)
    }
}
