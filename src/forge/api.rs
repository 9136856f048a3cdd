//! What every forge can do, each in its own words.

use super::pull::{Change, Pull, Reviewers, Wanted};
use crate::approval::Review;
use crate::http::HttpError;
use crate::redaction::Redacted;

/// One repository on one kind of forge. Each function is one thing that is
/// asked; what is asked when, and what after a lost answer, is
/// [`Forge`](super::Forge)'s.
pub(super) trait Api {
    /// The account that the token acts as.
    fn account(&self) -> Result<String, HttpError>;

    /// Every pull request of a branch of this repository, in whatever state.
    fn find(&self, branch: &str) -> Result<Vec<Pull>, HttpError>;

    fn get(&self, number: u64) -> Result<Pull, HttpError>;

    /// Opens one; not tried again after a lost answer.
    fn create(&self, wanted: &Wanted<'_>) -> Result<Pull, HttpError>;

    /// Sets what `change` names and leaves everything else.
    fn update(&self, number: u64, change: &Change) -> Result<Pull, HttpError>;

    /// Asks for reviews; the names that were not taken.
    fn ask(&self, number: u64, reviewers: &Reviewers) -> Result<Vec<String>, HttpError>;

    /// Adds labels; those that were not taken.
    fn label(&self, number: u64, labels: &[String]) -> Result<Vec<String>, HttpError>;

    fn comments(&self, number: u64) -> Result<Vec<String>, HttpError>;

    /// Adds one; not tried again after a lost answer.
    fn comment(&self, number: u64, word: &Redacted) -> Result<(), HttpError>;

    fn closed_by(&self, number: u64) -> Result<Option<String>, HttpError>;

    /// Approving reviews that stand, one per account.
    fn approvals(&self, number: u64) -> Result<Vec<Review>, HttpError>;
}
