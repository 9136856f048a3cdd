//! What happened in a run, as an append-only list that nothing is taken from.
//!
//! An event is one line of a [`chain`]. Large things are artifacts,
//! named by their digest.

mod about;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::budget::{Budgets, Spent};
use super::class::{Classification, Decision};
use super::delivery::Seen;
use super::effect::Effect;
use super::evidence::How;
use super::mode::Mode;
use super::moving::Moves;
use super::output::Absence;
use super::phase::Phase;
use super::plan::Question;
use super::reason::Reason;
use crate::chain;

pub use crate::chain::{BrokenChain, Chain};

/// One line.
pub type Line = chain::Line<Event>;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// A run began.
    Opened {
        /// The ticket's name.
        ticket: String,
        /// What the run may do outside.
        mode: Mode,
        /// The program that wrote it.
        by: String,
        /// The rules that redacted what is stored.
        ruleset: String,
        /// The least confidence, in per cent.
        bar: u8,
        /// When its time is over.
        #[schemars(with = "String")]
        deadline: Timestamp,
        /// Whether a coordinator judges; without one the built-in table does.
        coordinator: bool,
        /// What it may spend beside its time.
        budgets: Budgets,
    },
    /// A worker took it, or took it over.
    Claimed {
        /// Which.
        worker: String,
        /// Counts the workers that held it.
        attempt: u32,
    },
    /// The ticket as it stood.
    Snapshot {
        /// `prode.ticket/v1`.
        artifact: String,
    },
    /// Where the ticket stood then, and where the user's side lets it go. Only
    /// where it lets it go anywhere.
    Stood {
        /// As the tracker said it.
        moves: Moves,
    },
    /// What can be asked.
    Inventory {
        /// `prode.inventory/v1`.
        artifact: String,
    },
    /// What the memory said, and whom to ask.
    Routed {
        /// Pages that were read, as citations.
        artifact: String,
        /// In the order in which they are asked.
        questions: Vec<Question>,
    },
    /// The coordinator said what to ask, or what the ticket is.
    Coordinated {
        /// `prode.coordinator.reply/v1`.
        artifact: String,
        /// All questions of the run from now on.
        questions: Vec<Question>,
        /// True if it has nothing more to ask.
        settled: bool,
        /// Specialists of whom it wants again what they answered.
        repeated: Vec<String>,
    },
    /// The coordinator said nothing that can be followed; the built-in table
    /// decides.
    Uncoordinated {
        /// Why, redacted.
        why: String,
    },
    /// A question went out. It only reads, so a lost answer is asked for again.
    Asked {
        /// The question's name.
        question: String,
        /// `prode.specialist.request/v1`.
        artifact: String,
    },
    /// An answer came, and was redacted.
    Answered {
        /// The question's name.
        question: String,
        /// `prode.specialist.output/v1`.
        artifact: String,
        /// The answer as it came, as HMAC-SHA256 with the store's key.
        raw: String,
        /// How it came.
        how: How,
        /// What it took.
        spent: Spent,
    },
    /// No answer came.
    Unanswered {
        /// The question's name.
        question: String,
        /// Asked or not.
        absence: Absence,
        /// Why, redacted.
        why: String,
        /// True where a budget, a breaker or the deadline ended it.
        spent: bool,
    },
    /// The gate decided.
    Decided {
        /// `prode.bundle/v1`.
        artifact: String,
        /// What the ticket is.
        classification: Classification,
        /// What follows.
        decision: Decision,
        /// Why.
        reasons: Vec<Reason>,
        /// In per cent.
        confidence: u8,
        /// How many actions wait for an approval of their own.
        waits: u32,
    },
    /// A person approved what the run asked for, and that was used up.
    Approved {
        /// `R-…:action:1`.
        request: String,
        /// Ids of the statements.
        by: Vec<String>,
        /// `strong` or `weak`.
        strength: String,
    },
    /// Source code was read; only past the gate.
    SourceRead {
        /// Which, as `path@commit`.
        source: String,
    },
    /// The change begins.
    Prepared {
        /// The commit that it begins from.
        base: String,
        /// Source that the evidence names, `[prode.code]`.
        artifact: String,
    },
    /// A change lies in a commit, which nobody else has seen yet.
    Changed {
        /// Its commit.
        commit: String,
        /// `prode.change/v1`.
        artifact: String,
    },
    /// An attempt made no change that can be looked at.
    Unchanged {
        /// Why, redacted.
        why: String,
    },
    /// The allowed commands were run on the change.
    Verified {
        /// `prode.verification/v1`.
        artifact: String,
        /// Whether it holds.
        passed: bool,
    },
    /// Somebody else looked at the change.
    Reviewed {
        /// `prode.review/v1`.
        artifact: String,
        /// Whether nothing speaks against it.
        accepted: bool,
    },
    /// The change cannot be proposed: the gate decides once more.
    TurnedBack {
        /// Why, as a code.
        reason: Reason,
        /// Why, in words, redacted.
        why: String,
    },
    /// People merged the pull request.
    Merged {
        /// The trunk's commit.
        commit: String,
        /// When.
        #[schemars(with = "String")]
        at: Timestamp,
        /// When what happens from then on has been watched long enough.
        #[schemars(with = "String")]
        until: Timestamp,
    },
    /// People closed the pull request unmerged.
    Dropped {
        /// When.
        #[schemars(with = "String")]
        at: Timestamp,
    },
    /// The confirming queries were asked again.
    Monitored {
        /// `prode.monitor/v1`.
        artifact: String,
        /// What it comes to.
        seen: Seen,
    },
    /// What the next person needs was written.
    HandedOver {
        /// Markdown.
        artifact: String,
    },
    /// What follows outside, in this order. What the run's mode does not allow is
    /// listed, and never made.
    Planned {
        /// All of it.
        effects: Vec<Effect>,
    },
    /// An effect is about to be made.
    Intended {
        /// Its key.
        key: String,
    },
    /// An effect stands outside, made now or found there.
    Done {
        /// Its key.
        key: String,
        /// Where: an address, a branch, an id.
        reference: String,
    },
    /// An effect was not made, and will not be: what it was to be made on is not
    /// any more as it was.
    Left {
        /// Its key.
        key: String,
        /// Why, redacted.
        why: String,
    },
    /// What was learned was written down.
    Learned {
        /// Markdown with a head, as `inbox add` takes it; else why there is none.
        artifact: String,
        /// The page that it is for; null where there is nothing to learn.
        target: Option<String>,
    },
    /// A person added something.
    Noted {
        /// Redacted.
        text: String,
        /// Who.
        by: String,
    },
    /// It ended, or waits for a person.
    Rested {
        /// In which phase.
        phase: Phase,
        /// A reason's code.
        reason: String,
    },
}

impl Event {
    /// The artifact that it names.
    pub fn artifact(&self) -> Option<&str> {
        match self {
            Self::Snapshot { artifact }
            | Self::Inventory { artifact }
            | Self::Routed { artifact, .. }
            | Self::Coordinated { artifact, .. }
            | Self::Asked { artifact, .. }
            | Self::Answered { artifact, .. }
            | Self::Decided { artifact, .. }
            | Self::Prepared { artifact, .. }
            | Self::Changed { artifact, .. }
            | Self::Verified { artifact, .. }
            | Self::Reviewed { artifact, .. }
            | Self::Monitored { artifact, .. }
            | Self::HandedOver { artifact }
            | Self::Learned { artifact, .. } => Some(artifact),
            _ => None,
        }
    }
}

/// Reads lines, and holds them to each other.
///
/// # Errors
/// As [`chain::read`].
pub fn read(lines: &[Vec<u8>]) -> Result<(Vec<Line>, Chain), BrokenChain> {
    chain::read(lines)
}
