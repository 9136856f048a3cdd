//! A run's state: the replay of its events, and what comes next.
//!
//! State is never stored. Replay is strict: a list of events that no run could
//! have written is refused, and so the order of the phases is proven by
//! reading it.

mod moving;
mod replay;
mod stopping;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::budget::{Budgets, Ledger, Stop};
use super::class::{Classification, Decision};
use super::delivery::{Ended, Seen, Work};
use super::effect::{Effect, Sort};
use super::evidence::How;
use super::mode::Mode;
use super::moving::Moves;
use super::output::Absence;
use super::phase::Phase;
use super::plan::Question;
use super::reason::Reason;

/// What is known of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The ticket's name.
    pub ticket: String,
    /// What it may do outside.
    pub mode: Mode,
    /// The least confidence.
    pub bar: u8,
    /// When its time is over.
    pub deadline: Timestamp,
    /// What it may spend beside its time.
    pub budgets: Budgets,
    /// What it spent.
    pub ledger: Ledger,
    /// When it began.
    pub opened: Timestamp,
    /// How often it was claimed.
    pub attempts: u32,
    /// Who claimed it last.
    pub worker: Option<String>,
    /// Digest of the ticket's snapshot.
    pub snapshot: Option<String>,
    /// Where the ticket stood then, and where it may go.
    pub moves: Option<Moves>,
    /// Digest of the inventory.
    pub inventory: Option<String>,
    /// Digest of what the memory said.
    pub memory: Option<String>,
    /// Whether a coordinator judges.
    pub coordinator: bool,
    /// How often it was asked.
    pub rounds: u32,
    /// True if it has nothing more to say.
    pub settled: bool,
    /// Digest of its last reply that can be followed.
    pub reply: Option<String>,
    /// Why it could not be followed.
    pub uncoordinated: Option<String>,
    /// Whom to ask, in this order.
    pub questions: Vec<Question>,
    /// Digests of what was asked, by the question's name.
    pub asked: BTreeMap<String, String>,
    /// What came of the questions, by their names.
    pub answers: BTreeMap<String, Came>,
    /// What was decided.
    pub decided: Option<Decided>,
    /// What was decided before the change was turned back.
    pub before: Option<Decided>,
    /// Why the change was turned back.
    pub turned_back: Option<(Reason, String)>,
    /// The change, once it begins.
    pub work: Option<Work>,
    /// What became of the pull request.
    pub ended: Option<Ended>,
    /// When the merge has been watched long enough.
    pub watched_until: Option<Timestamp>,
    /// Digest of what watching saw, and what it comes to.
    pub monitored: Option<(String, Seen)>,
    /// Source that was read past the gate.
    pub sources: Vec<String>,
    /// Digest of the hand-off.
    pub handoff: Option<String>,
    /// Digest of the learning, and the page that it is for.
    pub learning: Option<(String, Option<String>)>,
    /// Effects in the order of their steps; `None` before they were planned.
    pub effects: Option<Vec<Step>>,
    /// Notes of people, with who wrote them.
    pub notes: Vec<(String, String)>,
    /// What people approved.
    pub approved: Vec<Approved>,
    /// Where it rests, and why.
    pub rested: Option<(Phase, String)>,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// An answer, by its digest.
    Answer(String, How),
    /// None: in which way, why, and whether a limit ended it.
    Nothing(Absence, String, bool),
}

/// What the gate said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Digest of the bundle.
    pub bundle: String,
    /// What the ticket is.
    pub classification: Classification,
    /// What follows.
    pub decision: Decision,
    /// Why.
    pub reasons: Vec<Reason>,
    /// In per cent.
    pub confidence: u8,
    /// How many actions wait for an approval of their own.
    pub waits: u32,
}

/// What a person approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// `R-…:action:1`.
    pub request: String,
    /// Ids of the statements.
    pub by: Vec<String>,
    /// `strong` or `weak`.
    pub strength: String,
}

/// How far an effect is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub effect: Effect,
    /// How far.
    pub stage: Stage,
}

/// How far an effect is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is listed only.
    Would,
    /// It is to be made.
    Planned,
    /// It may stand outside; whoever goes on looks first.
    Intended,
    /// It stands outside, there.
    Done(String),
    /// It was not made, and why.
    Left(String),
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Read the ticket.
    Snapshot,
    /// Look up what can be asked.
    Inventory,
    /// Ask the memory, and plan.
    Route,
    /// Let the coordinator say what to ask, or what the ticket is.
    Coordinate,
    /// Ask this.
    Ask(Question),
    /// Leave this out, and why.
    Skip(Question, Stop),
    /// Let the gate decide.
    Decide,
    /// Begin the change: read what the evidence names.
    Prepare,
    /// Make the change.
    Change,
    /// Run the allowed commands on it.
    Verify,
    /// Let somebody else look at it.
    Review,
    /// Give it up: no attempt held.
    TurnBack,
    /// Look whether people merged it.
    Look,
    /// Ask the confirming queries again.
    Monitor,
    /// Write what the next person needs.
    HandOver,
    /// Write down what was learned.
    Learn,
    /// Work out what follows outside.
    Plan,
    /// Make this, unless it stands outside already.
    Make(Effect),
    /// Rest in this phase.
    Rest(Phase),
    /// Nothing: it rests.
    Nothing,
}

impl State {
    /// The first effect that is still to be made now. What a run that proposes a
    /// change learned is known only in the end.
    fn unmade(&self) -> Option<&Effect> {
        let waits = self.proposes() && self.learning.is_none();
        let open = |it: &&Step| {
            matches!(it.stage, Stage::Planned | Stage::Intended)
                && !(waits && it.effect.sort == Sort::Learning)
                && !self.is_locked(&it.effect)
        };
        self.effects.iter().flatten().find(open).map(|it| &it.effect)
    }

    /// True for a run that makes and proposes the change itself.
    pub fn proposes(&self) -> bool {
        self.mode == Mode::Pr && self.decided.as_ref().is_some_and(|it| it.decision == Decision::Pr)
    }

    /// True while the change is not one to be proposed.
    pub fn is_changing(&self) -> bool {
        self.proposes() && !self.work.as_ref().is_some_and(Work::is_accepted)
    }

    /// True where people may have decided on the pull request.
    pub fn is_before_people(&self) -> bool {
        self.proposes() && self.ended.is_none() && self.effects.is_some() && self.unmade().is_none()
    }

    /// What became of the change that the run proposed, in words.
    pub fn outcome(&self) -> Option<&'static str> {
        match (&self.ended, &self.monitored) {
            (Some(Ended::Closed), _) => Some("people closed it unmerged"),
            (Some(Ended::Merged { .. }), Some((_, Seen::Confirmed))) => {
                Some("it was merged, and the fault was not seen again")
            }
            (Some(Ended::Merged { .. }), Some((_, Seen::NotConfirmed))) => {
                Some("it was merged, and nobody could confirm that the fault is gone")
            }
            (Some(Ended::Merged { .. }), Some((_, Seen::Regressed))) => {
                Some("it was merged, and the fault was seen again")
            }
            _ => None,
        }
    }

    /// How far it is.
    pub fn phase(&self) -> Phase {
        if let Some((phase, _)) = &self.rested {
            return *phase;
        }
        if self.snapshot.is_none() {
            Phase::Intake
        } else if self.inventory.is_none() {
            Phase::Inventory
        } else if self.memory.is_none() {
            Phase::Route
        } else if self.awaits_coordinator() || self.unanswered().is_some() {
            Phase::Investigate
        } else if self.decided.is_none() {
            Phase::Decide
        } else if self.proposes() {
            self.delivering()
        } else if self.handoff.is_none() || self.learning.is_none() {
            Phase::Learn
        } else {
            Phase::Deliver
        }
    }

    fn delivering(&self) -> Phase {
        match &self.ended {
            None if self.is_before_people() => Phase::AwaitMerge,
            None => Phase::Deliver,
            Some(Ended::Merged { .. }) if self.monitored.is_none() => Phase::Monitor,
            Some(_) => Phase::Learn,
        }
    }

    /// Before anybody is asked, and whenever all were.
    fn awaits_coordinator(&self) -> bool {
        self.coordinator
            && !self.settled
            && self.decided.is_none()
            && (self.rounds == 0 || self.unanswered().is_none())
    }

    fn unanswered(&self) -> Option<&Question> {
        self.questions.iter().find(|it| !self.answers.contains_key(&it.name))
    }

    /// True where a limit ended a question.
    pub fn is_spent(&self) -> bool {
        self.answers.values().any(|came| matches!(came, Came::Nothing(_, _, true)))
    }

    /// What comes next; depends on nothing but the events and the time.
    pub fn next(&self, now: Timestamp) -> Action {
        if let Some((phase, _)) = &self.rested {
            return self.wakes(*phase, now);
        }
        match self.phase() {
            Phase::Intake => Action::Snapshot,
            Phase::Inventory => Action::Inventory,
            Phase::Route => Action::Route,
            Phase::Investigate if self.awaits_coordinator() => Action::Coordinate,
            Phase::Investigate => match self.unanswered() {
                Some(question) => match self.stops(question, now) {
                    Some(stop) => Action::Skip(question.clone(), stop),
                    None => Action::Ask(question.clone()),
                },
                None => Action::Decide,
            },
            Phase::Decide => Action::Decide,
            Phase::Monitor if self.is_watched(now) => Action::Monitor,
            Phase::AwaitMerge | Phase::Monitor => Action::Rest(self.rests().0),
            _ if self.is_changing() => self.changes(),
            _ if self.handoff.is_none() => Action::HandOver,
            Phase::Learn if self.learning.is_none() => Action::Learn,
            _ if self.effects.is_none() => Action::Plan,
            _ => match self.unmade() {
                Some(effect) => Action::Make(effect.clone()),
                None => Action::Rest(self.rests().0),
            },
        }
    }

    /// What a run that rests goes on with.
    fn wakes(&self, phase: Phase, now: Timestamp) -> Action {
        // What a person approved in the meantime.
        if let Some(effect) = self.unmade().filter(|_| !phase.is_over()) {
            return Action::Make(effect.clone());
        }
        match phase {
            Phase::AwaitMerge => Action::Look,
            Phase::Monitor if self.is_watched(now) => Action::Monitor,
            Phase::Waiting if self.is_changing() => self.changes(),
            Phase::Waiting if self.is_approved() => Action::Rest(self.rests().0),
            _ => Action::Nothing,
        }
    }

    fn changes(&self) -> Action {
        match &self.work {
            None => Action::Prepare,
            Some(work) if work.is_exhausted() => Action::TurnBack,
            Some(work) if work.made.is_none() => Action::Change,
            Some(work) if work.verified.is_none() => Action::Verify,
            Some(_) => Action::Review,
        }
    }

    fn is_watched(&self, now: Timestamp) -> bool {
        self.watched_until.is_some_and(|until| now >= until)
    }

    /// Where it rests once nothing more is to be done, and why: a reason's code,
    /// `approved` where everything that it waited for was, or what became of the
    /// change that it proposed.
    pub fn rests(&self) -> (Phase, &'static str) {
        let Some(decided) = &self.decided else { return (Phase::Failed, "") };
        let why = decided.reasons.first().map_or("", |it| it.code());
        match decided.decision {
            _ if self.proposes() => self.proposal_rests(),
            _ if self.waits() > 0 && self.is_approved() => (Phase::Closed, "approved"),
            _ if self.ends().is_some() => (Phase::Waiting, Reason::ApprovalWaiting.code()),
            _ if decided.reasons.contains(&Reason::ApprovalWaiting) => (Phase::Waiting, why),
            Decision::Stop => (Phase::Stopped, why),
            Decision::Handoff => (Phase::HandedOff, why),
            Decision::Pr => (Phase::Closed, why),
        }
    }

    fn proposal_rests(&self) -> (Phase, &'static str) {
        if self.is_changing() {
            return (Phase::Waiting, "change-by-hand");
        }
        match (&self.ended, &self.monitored) {
            (None, _) => (Phase::AwaitMerge, "pull-request-open"),
            (Some(Ended::Merged { .. }), None) => (Phase::Monitor, "merged"),
            _ if !self.is_approved() => (Phase::Waiting, Reason::ApprovalWaiting.code()),
            (Some(Ended::Closed), _) => (Phase::Closed, "pull-request-closed"),
            (_, Some((_, seen))) => (Phase::Closed, seen.name()),
        }
    }
}
