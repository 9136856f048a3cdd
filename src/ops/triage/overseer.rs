//! Who looks on while runs go on, and can ask them to stop.

use std::time::Duration;

use crate::triage::phase::Phase;
use crate::triage::state::{Action, Came, State};

/// Hears of each step of a run, and may let it be left.
pub trait Overseer: Sync {
    /// True once a run is to be left where it is: it is asked before each step, and the
    /// run is given back. What was begun is finished.
    fn stops(&self) -> bool;

    /// A step was done, or failed.
    fn done(&self, step: &Step<'_>);
}

/// Nobody looks on.
pub(super) struct Nobody;

impl Overseer for Nobody {
    fn stops(&self) -> bool {
        false
    }

    fn done(&self, _: &Step<'_>) {}
}

/// One step of a run.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The phase in which it was begun.
    pub phase: Phase,
    /// Who was asked, where somebody was.
    pub specialist: Option<&'a str>,
    /// How it ended: `ok`, `failed`, or for a question in which way the answer is
    /// missing.
    pub outcome: &'static str,
    /// How long it took.
    pub took: Duration,
}

impl<'a> Step<'a> {
    /// Of an action that was taken in `phase` and led to `state`.
    pub(super) fn of(
        phase: Phase,
        action: &'a Action,
        state: &State,
        ended: bool,
        took: Duration,
    ) -> Self {
        let question = match action {
            Action::Ask(question) | Action::Skip(question, _) => Some(question),
            _ => None,
        };
        let outcome = match question.and_then(|it| state.answers.get(&it.name)) {
            _ if !ended => "failed",
            Some(Came::Nothing(absence, ..)) => absence.name(),
            _ => "ok",
        };
        Self { phase, specialist: question.map(|it| it.specialist.as_str()), outcome, took }
    }
}
