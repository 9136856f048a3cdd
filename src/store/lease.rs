//! Who works on a ticket, and until when that is theirs alone.

use jiff::Timestamp;

use crate::run_id::RunId;

/// A worker wants a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// What the ticket is known by, the same for every worker.
    pub ticket: &'a str,
    /// Who asks; people read it.
    pub worker: &'a str,
    /// The time of asking. Leases that end at or before it are over.
    pub now: Timestamp,
    /// When the lease ends unless it is renewed.
    pub until: Timestamp,
    /// The name for a new run, where there is none to go on with.
    pub fresh: &'a RunId,
    /// No other run is opened after one that is closed: for who works through a queue
    /// in which tickets stay that were worked on.
    pub once: bool,
}

/// Who wants a run, whichever it is.
pub(super) struct Asker<'a> {
    pub(super) worker: &'a str,
    /// By the asker's clock, as is `until`.
    pub(super) now: Timestamp,
    pub(super) until: Timestamp,
}

impl<'a> Asker<'a> {
    pub(super) fn of(ask: &Ask<'a>) -> Self {
        Self { worker: ask.worker, now: ask.now, until: ask.until }
    }
}

/// What a worker got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The ticket is theirs.
    Taken(Lease),
    /// Somebody has it.
    Held {
        /// The ticket's run.
        run: RunId,
        /// Who has it, and until when.
        holder: Holder,
    },
    /// It had a run that is closed, and was asked for [once](Ask::once).
    Done {
        /// The newest of them.
        run: RunId,
    },
}

/// Who has a run, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The worker's name.
    pub worker: String,
    /// When the lease ends unless it is renewed.
    pub until: Timestamp,
}

/// The right to append to a run, as long as nobody else was given a newer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The run.
    pub run: RunId,
    /// Its ticket.
    pub ticket: String,
    /// Whose it is.
    pub worker: String,
    /// The fencing token: higher than every one that the store gave before.
    pub token: u64,
    /// The how many-th worker of this run it is, from 1.
    pub attempt: u32,
    /// When it ends unless it is renewed.
    pub until: Timestamp,
}
