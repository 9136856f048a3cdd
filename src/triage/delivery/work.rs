//! How far the change of a run is, as its events tell it.

use jiff::Timestamp;

use super::TRIES;

/// The change of a run past the gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The commit that it begins from.
    pub base: String,
    /// Digest of the source that was read for it.
    pub code: String,
    /// The attempt that stands.
    pub made: Option<Made>,
    /// Digest of its verification, once it passed.
    pub verified: Option<String>,
    /// Digest of its review, once it was accepted.
    pub reviewed: Option<String>,
    /// What was wrong with each attempt that failed.
    pub failures: Vec<Failure>,
}

/// An attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its commit.
    pub commit: String,
    /// Digest of `prode.change/v1`.
    pub artifact: String,
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There was no change: why.
    Unchanged(String),
    /// The digest of a verification that did not pass.
    Verification(String),
    /// The digest of a review that objects.
    Review(String),
}

/// What became of the pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// People merged it.
    Merged {
        /// The trunk's commit.
        commit: String,
        /// When.
        at: Timestamp,
    },
    /// People closed it.
    Closed,
}

impl Work {
    /// Nothing is made yet.
    pub fn on(base: String, code: String) -> Self {
        let (made, verified, reviewed) = (None, None, None);
        Self { base, code, made, verified, reviewed, failures: Vec::new() }
    }

    /// The attempt that comes next, or that stands: 1, 2, 3.
    pub fn attempt(&self) -> u32 {
        u32::try_from(self.failures.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// True where every attempt failed.
    pub fn is_exhausted(&self) -> bool {
        self.attempt() > TRIES
    }

    /// True where the change may be proposed.
    pub fn is_accepted(&self) -> bool {
        self.made.is_some() && self.verified.is_some() && self.reviewed.is_some()
    }

    /// The attempt that stands does not hold: the next one begins from nothing.
    pub fn fail(&mut self, failure: Failure) {
        self.failures.push(failure);
        (self.made, self.verified, self.reviewed) = (None, None, None);
    }
}
