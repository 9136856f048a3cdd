//! Who looks on while runs go on, and can ask them to stop.

use std::time::Duration;

use jiff::Timestamp;

use crate::triage::event::Event;
use crate::triage::output::Absence;
use crate::triage::phase::Phase;
use crate::triage::plan::is_usual;
use crate::triage::state::{Action, Came, State};

/// Hears of each step of a run, and may let it be left.
pub trait Overseer: Sync {
    /// True once a run is to be left where it is: it is asked before each step, and the
    /// run is given back. What was begun is finished.
    fn stops(&self) -> bool;

    /// A step was done, or failed.
    fn done(&self, step: &Step<'_>);

    /// True where whoever is asked is told of which trace that is a part.
    fn traces(&self) -> bool {
        false
    }

    /// A worker laid a run down, or lost it.
    fn left(&self, _: &Held<'_>) {}
}

/// Nobody looks on.
#[derive(Debug)]
pub struct Nobody;

impl Overseer for Nobody {
    fn stops(&self) -> bool {
        false
    }

    fn done(&self, _: &Step<'_>) {}
}

/// A run while one worker had it.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// Which.
    pub run: &'a str,
    /// Counts the workers that held it.
    pub attempt: u32,
    /// Since when.
    pub began: Timestamp,
    /// For how long.
    pub took: Duration,
    /// How it stands then.
    pub state: &'a State,
    /// False where that ended in an error.
    pub well: bool,
}

/// One step of a run.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Of which run.
    pub run: &'a str,
    /// Counts the workers that held it.
    pub attempt: u32,
    /// The line of the run with which it began.
    pub number: u64,
    /// The phase in which it was begun.
    pub phase: Phase,
    /// What was done.
    pub action: &'a Action,
    /// What of it was written down.
    pub events: &'a [Event],
    /// How it ended: `ok`, `failed`, or for a question in which way the answer is
    /// missing.
    pub outcome: &'static str,
    /// When it began.
    pub began: Timestamp,
    /// How long it took.
    pub took: Duration,
    /// How long whoever was asked may take.
    pub limit: Duration,
}

impl Step<'_> {
    /// True where whoever was asked took all the time there is.
    pub fn is_late(&self) -> bool {
        matches!(self.action, Action::Ask(_)) && self.outcome != "ok" && self.took >= self.limit
    }

    /// Who was asked, where somebody was.
    ///
    /// Operators and collectors are told of it, so it is a name of this program or of the
    /// user's side: what a coordinator or a page made up, and nobody answers to, is `other`.
    pub fn specialist(&self) -> Option<&str> {
        let (Action::Ask(question) | Action::Skip(question, _)) = self.action else { return None };
        let name = question.specialist.as_str();
        let is_asked = self.outcome != Absence::NotSearched.name();
        Some(if is_asked || is_usual(name) { name } else { "other" })
    }
}

/// How an action ended that led to `state`.
pub(super) fn outcome(action: &Action, state: &State, ended: bool) -> &'static str {
    let question = match action {
        Action::Ask(question) | Action::Skip(question, _) => Some(question),
        _ => None,
    };
    match question.and_then(|it| state.answers.get(&it.name)) {
        _ if !ended => "failed",
        Some(Came::Nothing(absence, ..)) => absence.name(),
        _ => "ok",
    }
}
