//! What a watch tells of itself while it goes on.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::hint::Helpful;
use crate::ops::OpError;
use crate::ops::triage::overseer::{Held, Step};
use crate::triage::run::Run;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Happened {
    /// The queue was looked at.
    Looked {
        /// Tickets that are in it.
        tickets: usize,
        /// Those among them that nobody worked on yet, and runs to go on with.
        added: usize,
        /// Runs that wait for people's approval.
        waiting: usize,
        /// Runs that were opened more than an hour ago, and neither rest nor are worked on.
        stuck: usize,
    },
    /// It could not be looked at; it is looked at again.
    NotLooked {
        /// Why.
        why: String,
        /// What to do.
        hint: String,
    },
    /// A run rests, or is over.
    Rested {
        /// The ticket.
        ticket: String,
        /// The run.
        run: String,
        /// How far it is.
        phase: String,
        /// What follows; null where nothing was decided.
        decision: Option<String>,
        /// What the ticket is; null where nothing was decided.
        classification: Option<String>,
        /// In per cent; null where nothing was decided.
        confidence: Option<u8>,
        /// Why, by code.
        reasons: Vec<String>,
        /// True where it was decided just now.
        decided: bool,
    },
    /// A ticket was given back in the middle: whoever takes it goes on there.
    Left {
        /// The ticket.
        ticket: String,
    },
    /// Somebody else works on the ticket, or did.
    Taken {
        /// The ticket.
        ticket: String,
        /// Who, as it was told.
        why: String,
    },
    /// A ticket could not be worked on.
    Failed {
        /// The ticket.
        ticket: String,
        /// Why.
        why: String,
        /// What to do.
        hint: String,
        /// Seconds until it is tried again; null where it is left to people.
        again: Option<u64>,
    },
    /// No more tickets are taken.
    Stopping {
        /// Tickets that are worked on.
        working: usize,
        /// Seconds that they have.
        grace: u64,
    },
}

/// The same as a document of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// `prode.triage_watch_event/v1`.
    pub schema: String,
    /// What happened.
    #[serde(flatten)]
    pub what: Happened,
}

impl From<Happened> for Event {
    fn from(what: Happened) -> Self {
        Self { schema: "prode.triage_watch_event/v1".to_owned(), what }
    }
}

impl Happened {
    /// Of a run that rests.
    pub(super) fn rested(run: &Run, decided: bool) -> Self {
        Self::Rested {
            ticket: run.ticket.as_ref().map(|it| it.id.clone()).unwrap_or_default(),
            run: run.run.clone(),
            phase: run.phase.to_string(),
            decision: run.decision.map(|it| it.to_string()),
            classification: run.classification.map(|it| it.to_string()),
            confidence: run.confidence,
            reasons: run.reasons.iter().map(ToString::to_string).collect(),
            decided,
        }
    }

    pub(super) fn failed(ticket: &str, error: &OpError, again: Option<Duration>) -> Self {
        Self::Failed {
            ticket: ticket.to_owned(),
            why: error.to_string(),
            hint: error.hints().join("; "),
            again: again.map(|it| it.as_secs()),
        }
    }

    pub(super) fn not_looked(error: &OpError) -> Self {
        Self::NotLooked { why: error.to_string(), hint: error.hints().join("; ") }
    }
}

/// Hears of what happens, from any thread.
pub trait Watcher: Send + Sync {
    /// Something happened.
    fn happened(&self, what: &Happened);

    /// A step of a run was done.
    fn done(&self, step: &Step<'_>);

    /// As [`Overseer::traces`](crate::ops::triage::Overseer::traces).
    fn traces(&self) -> bool {
        false
    }

    /// A worker laid a run down, or lost it.
    fn left(&self, _: &Held<'_>) {}
}
