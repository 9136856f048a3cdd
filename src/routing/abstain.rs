//! Whether an answer is one: a router that does not know says so.
//!
//! Scores mean nothing across corpora, so they are not looked at. What
//! counts is the share of the question's weight (rare words weigh more, words
//! that no page holds weigh most) that the best page holds at all, and the
//! share that stands where a page says what it is about: title, name,
//! aliases, services, tags, signals, headings. An exact signal settles it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::explain::Share;
use super::field::Field;
use super::ranking::Ranking;

/// Below which an answer is none. Shares of the question's weight, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Thresholds {
    /// What the page must hold anywhere.
    pub coverage: f32,
    /// What must stand in telling fields, unless the page holds `sure` of it all.
    pub telling: f32,
    /// What lets prose alone count.
    pub sure: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { coverage: 0.35, telling: 0.05, sure: 0.7 }
    }
}

/// How well a page fits a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Share of the question's weight that the page holds.
    pub coverage: f32,
    /// Share that stands in telling fields.
    pub telling: f32,
    /// True if the page was named outright.
    pub exact: bool,
}

impl Fit {
    /// Measures a page from the reasons why it was found.
    pub fn of(ranking: &Ranking, shares: &[Share], exact: bool) -> Self {
        let terms = |keep: &dyn Fn(Field) -> bool| {
            let kept = shares.iter().filter(|share| keep(share.field));
            ranking.coverage(kept.map(|share| share.term.as_str()))
        };
        let is_telling = |field| !matches!(field, Field::Body | Field::Code | Field::Folders);
        Self { coverage: terms(&|_| true), telling: terms(&is_telling), exact }
    }

    /// True if the page answers.
    pub fn answers(&self, thresholds: &Thresholds) -> bool {
        self.exact
            || (self.coverage >= thresholds.coverage
                && (self.telling >= thresholds.telling || self.coverage >= thresholds.sure))
    }

    /// 0 to 1, two decimals: the coverage, and near 1 for a page that was named.
    pub fn confidence(&self) -> f32 {
        let confidence = if self.exact { self.coverage.max(0.95) } else { self.coverage * 0.9 };
        (confidence * 100.0).round() / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(coverage: f32, telling: f32, exact: bool) -> bool {
        Fit { coverage, telling, exact }.answers(&Thresholds::default())
    }

    #[test]
    fn a_named_page_always_answers() {
        assert!(fit(0.0, 0.0, true));
    }

    #[test]
    fn few_words_or_only_prose_do_not() {
        assert!(!fit(0.3, 0.3, false));
        assert!(!fit(0.6, 0.0, false));
        assert!(fit(0.6, 0.1, false));
        assert!(fit(0.8, 0.0, false));
    }

    #[test]
    fn confidence_follows_coverage_and_a_name_is_near_one() {
        let of = |coverage, exact| Fit { coverage, telling: 0.0, exact }.confidence();
        assert_eq!((of(0.5, false), of(1.0, false), of(0.333, false)), (0.45, 0.9, 0.3));
        assert_eq!((of(0.0, true), of(0.5, true), of(0.97, true)), (0.95, 0.95, 0.97));
    }
}
