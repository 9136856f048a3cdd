//! Somebody wants nothing done but reading.

use jiff::Timestamp;

/// A freeze of everything but reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// Who wants it.
    pub who: String,
    /// The reason that they gave.
    pub why: String,
    /// Since when.
    pub at: Timestamp,
}
