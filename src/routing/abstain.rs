//! Whether an answer is one: a router that does not know says so.
//!
//! Scores mean nothing across corpora, so they are not looked at. What
//! counts is the share of the question's weight (rare words weigh more, words
//! that no page holds weigh half of the rarest) that a page holds at all, and the
//! share of the page's title that the question holds: alerts are full of words
//! that a page need not repeat, and a title that stands in one whole is no chance.
//! Any of the first pages may answer, since in a family of pages the order of the
//! first is the least sure. An exact signal settles it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::explain::Share;
use super::ranking::Ranking;

/// Pages of which one must answer.
const FIRST: usize = 3;

/// When an answer is one. Shares, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Thresholds {
    /// What the page must hold of the question's weight, its title's part added.
    pub coverage: f32,
    /// What a title adds that the question holds as a whole.
    pub title: f32,
}

impl Default for Thresholds {
    /// The same two numbers tell tickets that a page answers from others on four
    /// corpora: `adr/0050-titles-abbreviations-and-one-rule-of-abstention.md`.
    fn default() -> Self {
        Self { coverage: 0.45, title: 0.3 }
    }
}

/// How well a page fits a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Share of the question's weight that the page holds.
    pub coverage: f32,
    /// Share of the page's title that the question holds.
    pub title: f32,
    /// True if the page was named outright.
    pub exact: bool,
}

impl Fit {
    /// Measures a page from the reasons why it was found, and its title's share.
    pub fn of(ranking: &Ranking, shares: &[Share], title: f32, exact: bool) -> Self {
        let coverage = ranking.coverage(shares.iter().map(|share| share.term.as_str()));
        Self { coverage, title, exact }
    }

    /// True if the page answers.
    pub fn answers(&self, thresholds: Thresholds) -> bool {
        self.worth(thresholds) >= thresholds.coverage
    }

    fn worth(&self, thresholds: Thresholds) -> f32 {
        if self.exact { 1.0 } else { self.coverage + thresholds.title * self.title }
    }

    /// 0 to 1, two decimals: the coverage, and near 1 for a page that was named.
    pub fn confidence(&self) -> f32 {
        let confidence = if self.exact { self.coverage.max(0.95) } else { self.coverage * 0.9 };
        (confidence * 100.0).round() / 100.0
    }
}

/// How many pages, best first, are worth showing: up to one that has next to
/// nothing of the question, and not before one of the first that answers.
pub fn alike(fits: &[Fit], thresholds: Thresholds) -> usize {
    let is_unlike = |fit: &Fit| fit.worth(thresholds) < thresholds.coverage / 2.0;
    let end = fits.iter().skip(1).position(is_unlike).map_or(fits.len(), |at| at + 1);
    let answering = fits.iter().take(FIRST).rposition(|fit| fit.answers(thresholds));
    end.max(answering.map_or(0, |at| at + 1))
}

/// True if no page of an answer, best first, answers.
pub fn abstains(fits: &[Fit], thresholds: Thresholds) -> bool {
    !fits.iter().take(FIRST).any(|fit| fit.answers(thresholds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(coverage: f32, title: f32, exact: bool) -> Fit {
        Fit { coverage, title, exact }
    }

    fn answers(coverage: f32, title: f32, exact: bool) -> bool {
        fit(coverage, title, exact).answers(Thresholds::default())
    }

    #[test]
    fn a_named_page_always_answers() {
        assert!(answers(0.0, 0.0, true));
    }

    #[test]
    fn words_answer_and_a_title_helps() {
        assert!(!answers(0.44, 0.0, false));
        assert!(answers(0.46, 0.0, false));
        assert!(answers(0.2, 0.9, false));
        assert!(!answers(0.2, 0.8, false));
        assert!(!answers(0.1, 1.0, false));
    }

    #[test]
    fn one_of_the_first_three_is_enough() {
        let (no, yes) = (fit(0.1, 0.0, false), fit(0.5, 0.0, false));
        let abstains = |fits: &[Fit]| abstains(fits, Thresholds::default());
        assert!(!abstains(&[no, no, yes]));
        assert!(abstains(&[no, no, no, yes]));
        assert!(abstains(&[]));
    }

    #[test]
    fn what_has_next_to_nothing_ends_the_list_behind_what_answers() {
        let (nothing, some, yes) =
            (fit(0.1, 0.0, false), fit(0.3, 0.0, false), fit(0.5, 0.0, false));
        let alike = |fits: &[Fit]| alike(fits, Thresholds::default());
        assert_eq!(alike(&[yes, some, nothing, some]), 2);
        assert_eq!(alike(&[some, nothing, yes, some, nothing]), 3);
        assert_eq!(alike(&[nothing, nothing]), 1);
        assert_eq!((alike(&[yes]), alike(&[])), (1, 0));
    }

    #[test]
    fn confidence_follows_coverage_and_a_name_is_near_one() {
        let of = |coverage, exact| fit(coverage, 0.0, exact).confidence();
        assert_eq!((of(0.5, false), of(1.0, false), of(0.333, false)), (0.45, 0.9, 0.3));
        assert_eq!((of(0.0, true), of(0.5, true), of(0.97, true)), (0.95, 0.95, 0.97));
    }
}
