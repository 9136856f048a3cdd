//! Why a look at a text ends early.

use super::blocked::Reason;

/// Why a look ends early, and where in the text that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) reason: Reason,
    pub(super) start: usize,
    /// Where it ends by itself, if a person may be asked about it.
    pub(super) end: Option<usize>,
}

impl Stop {
    /// One that nobody can be asked about.
    pub(super) fn at(reason: Reason, start: usize) -> Self {
        Self { reason, start, end: None }
    }
}
