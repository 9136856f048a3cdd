//! What is added to a run, and what a list tells of it.

use jiff::Timestamp;

use super::lease::Holder;
use crate::run_id::RunId;

/// What goes into a run at once.
#[derive(Debug, Clone, Copy, Default)]
pub struct Batch<'a> {
    /// The number of its first event: how many the run has already.
    pub first: u64,
    /// Events in order, as bytes.
    pub events: &'a [Vec<u8>],
    /// What the events name by digest. Bytes that are there already are kept once.
    pub artifacts: &'a [Vec<u8>],
    /// Whether the run ends with it: the lease ends too, and the ticket's next
    /// claim opens another run.
    pub closes: bool,
}

/// One run as a list tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// Its name.
    pub run: RunId,
    /// Its ticket.
    pub ticket: String,
    /// When it was claimed first.
    pub opened: Timestamp,
    /// Whether it ended.
    pub closed: bool,
    /// How many workers it was given to.
    pub attempt: u32,
    /// Who has it; their lease may be over.
    pub holder: Option<Holder>,
    /// How many events it has.
    pub events: u64,
}
