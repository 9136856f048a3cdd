//! What a signal found on a page.

use super::evidence::Changed;

/// What a signal found on a page.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) why: String,
    /// What it is about: while this stays, a dismissal holds.
    pub(super) of: String,
    pub(super) changed: Vec<Changed>,
    pub(super) changed_total: usize,
    pub(super) settle: Vec<String>,
    /// Per cent.
    pub(super) confidence: u8,
    /// Lines that changed.
    pub(super) lines: u64,
    /// For how many days it has been so.
    pub(super) days: i64,
    /// True for what only this machine knows.
    pub(super) is_local: bool,
}

impl Found {
    /// A sure one; `of` is what it is about.
    pub(super) fn of(why: impl Into<String>, of: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            of: of.into(),
            changed: Vec::new(),
            changed_total: 0,
            settle: Vec::new(),
            confidence: 100,
            lines: 0,
            days: 0,
            is_local: false,
        }
    }

    pub(super) fn settle(self, commands: impl IntoIterator<Item = String>) -> Self {
        Self { settle: commands.into_iter().collect(), ..self }
    }

    pub(super) fn sure(self, confidence: u8) -> Self {
        Self { confidence, ..self }
    }

    /// Only this machine knows it.
    pub(super) fn here(self) -> Self {
        Self { is_local: true, ..self }
    }

    pub(super) fn since(self, days: i64) -> Self {
        Self { days, ..self }
    }
}
