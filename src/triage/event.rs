//! What happened in a run, as an append-only list that nothing is taken from.
//!
//! An event is one line of canonical JSON that names the digest of the line
//! before it, so that a line that was changed, left out or moved is seen. Large
//! things are artifacts, named by their digest.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::budget::{Budgets, Spent};
use super::class::{Classification, Decision};
use super::delivery::Seen;
use super::effect::{Effect, Mode};
use super::evidence::{Absence, How};
use super::phase::Phase;
use super::plan::Question;
use super::reason::Reason;
use crate::canonical::{CanonicalError, digest, from_bytes, to_bytes};

/// What the first line names as the one before it.
const BEGIN: &str = "sha256:";

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// 0, 1, 2 …
    pub number: u64,
    /// When it was written down.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// The digest of the line before; `sha256:` alone in the first.
    pub before: String,
    /// What happened.
    pub event: Event,
}

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

/// Lines that are no history of a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {number}: {why}")]
pub struct BrokenChain {
    /// Which line, counted from 0.
    pub number: usize,
    /// What is wrong with it.
    pub why: String,
}

/// Writes events as lines that go on after those before.
#[derive(Debug, Clone)]
pub struct Chain {
    next: u64,
    before: String,
}

impl Chain {
    /// Before the first line.
    pub fn begin() -> Self {
        Self { next: 0, before: BEGIN.to_owned() }
    }

    /// The number of the line to come.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// The next line's bytes.
    ///
    /// # Errors
    /// A text in it has no canonical form.
    pub fn line(&mut self, at: Timestamp, event: &Event) -> Result<Vec<u8>, CanonicalError> {
        let line =
            Line { number: self.next, at, before: self.before.clone(), event: event.clone() };
        let bytes = to_bytes(&line)?;
        self.before = digest(&bytes);
        self.next += 1;
        Ok(bytes)
    }
}

/// Reads lines, and holds them to each other.
///
/// # Errors
/// The first line that is no event, not canonical, out of number, out of time,
/// or does not follow the one before it.
pub fn read(lines: &[Vec<u8>]) -> Result<(Vec<Line>, Chain), BrokenChain> {
    let mut chain = Chain::begin();
    let mut all: Vec<Line> = Vec::with_capacity(lines.len());
    for (number, bytes) in lines.iter().enumerate() {
        let broken = |why: String| BrokenChain { number, why };
        let line: Line = from_bytes(bytes).map_err(|error| broken(error.to_string()))?;
        if line.number != chain.next {
            return Err(broken(format!("its number is {}", line.number)));
        }
        if line.before != chain.before {
            return Err(broken("it does not follow the line before it".to_owned()));
        }
        if all.last().is_some_and(|last| last.at > line.at) {
            return Err(broken("it is older than the line before it".to_owned()));
        }
        chain = Chain { next: chain.next + 1, before: digest(bytes) };
        all.push(line);
    }
    Ok((all, chain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Vec<u8>> {
        let mut chain = Chain::begin();
        let at = "2026-11-03T04:00:00Z".parse().unwrap();
        let note = |text: &str| Event::Noted { text: text.to_owned(), by: "@a".to_owned() };
        ["one", "two", "three"].iter().map(|text| chain.line(at, &note(text)).unwrap()).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        let (read, chain) = read(&lines()).unwrap();
        assert_eq!((read.len(), chain.next()), (3, 3));
    }

    #[test]
    fn a_line_changed_left_out_moved_or_cut_is_seen() {
        let text = |lines: &[Vec<u8>], at: usize| String::from_utf8(lines[at].clone()).unwrap();
        let mut changed = lines();
        changed[0] = text(&changed, 0).replace("one", "0ne").into_bytes();
        assert_eq!(read(&changed).unwrap_err().number, 1);
        let mut left_out = lines();
        left_out.remove(1);
        assert_eq!(read(&left_out).unwrap_err().number, 1);
        let mut moved = lines();
        moved.swap(1, 2);
        assert_eq!(read(&moved).unwrap_err().number, 1);
        let mut cut = lines();
        cut[2].pop();
        assert_eq!(read(&cut).unwrap_err().number, 2);
    }
}
