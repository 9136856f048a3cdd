//! A run's state: the replay of its events, and what comes next.
//!
//! State is never stored. Replay is strict: a list of events that no run could
//! have written is refused, and so the order of the phases is proven by
//! reading it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::class::{Classification, Decision};
use super::coordinator::ROUNDS;
use super::effect::{Effect, Mode};
use super::event::{BrokenChain, Event, Line};
use super::evidence::{Absence, How};
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
    /// When it began.
    pub opened: Timestamp,
    /// How often it was claimed.
    pub attempts: u32,
    /// Digest of the ticket's snapshot.
    pub snapshot: Option<String>,
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
    /// Digests of what was asked, by specialist.
    pub asked: BTreeMap<String, String>,
    /// What came of the questions, by specialist.
    pub answers: BTreeMap<String, Came>,
    /// What was decided.
    pub decided: Option<Decided>,
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
}

/// How far an effect is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub effect: Effect,
    /// How far.
    pub stage: Stage,
}

impl Step {
    fn of(effect: &Effect, mode: Mode) -> Self {
        let stage = if mode.allows(effect.sort) { Stage::Planned } else { Stage::Would };
        Self { effect: effect.clone(), stage }
    }
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
    /// Leave this out, for its time is over.
    Skip(Question),
    /// Let the gate decide.
    Decide,
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
    /// Replays lines that hang together.
    ///
    /// # Errors
    /// The first line that no run could have written there.
    pub fn replay(lines: &[Line]) -> Result<Self, BrokenChain> {
        let broken = |number: usize, why: &str| BrokenChain { number, why: why.to_owned() };
        let first = lines.first().ok_or_else(|| broken(0, "there is none"))?;
        let Event::Opened { ticket, mode, bar, deadline, coordinator, .. } = &first.event else {
            return Err(broken(0, "it does not open a run"));
        };
        let mut state = Self {
            ticket: ticket.clone(),
            mode: *mode,
            bar: *bar,
            deadline: *deadline,
            opened: first.at,
            attempts: 0,
            snapshot: None,
            inventory: None,
            memory: None,
            coordinator: *coordinator,
            rounds: 0,
            settled: false,
            reply: None,
            uncoordinated: None,
            questions: Vec::new(),
            asked: BTreeMap::new(),
            answers: BTreeMap::new(),
            decided: None,
            sources: Vec::new(),
            handoff: None,
            learning: None,
            effects: None,
            notes: Vec::new(),
            rested: None,
        };
        for (number, line) in lines.iter().enumerate().skip(1) {
            state.apply(&line.event).map_err(|why| broken(number, why))?;
        }
        Ok(state)
    }

    /// Goes on by one event.
    ///
    /// # Errors
    /// Why no run could have written it now.
    pub fn apply(&mut self, event: &Event) -> Result<(), &'static str> {
        if self.rested.as_ref().is_some_and(|(phase, _)| phase.is_over()) {
            return Err("the run is over");
        }
        match event {
            Event::Opened { .. } => Err("the run is open already"),
            Event::Claimed { attempt, .. } => {
                holds(*attempt > self.attempts, "its attempts are not counted on")?;
                self.attempts = *attempt;
                Ok(())
            }
            Event::Noted { text, by } => {
                self.notes.push((by.clone(), text.clone()));
                Ok(())
            }
            Event::Snapshot { .. } | Event::Inventory { .. } | Event::Routed { .. } => {
                self.prepare(event)
            }
            Event::Coordinated { .. } | Event::Uncoordinated { .. } => self.coordinate(event),
            Event::Asked { .. } | Event::Answered { .. } | Event::Unanswered { .. } => {
                self.investigate(event)
            }
            Event::Decided { artifact, classification, decision, reasons, confidence } => {
                holds(self.phase() == Phase::Decide, "nothing is to be decided now")?;
                self.decided = Some(Decided {
                    bundle: artifact.clone(),
                    classification: *classification,
                    decision: *decision,
                    reasons: reasons.clone(),
                    confidence: *confidence,
                });
                Ok(())
            }
            _ => self.deliver(event),
        }
    }

    fn prepare(&mut self, event: &Event) -> Result<(), &'static str> {
        match event {
            Event::Snapshot { artifact } => {
                holds(self.phase() == Phase::Intake, "the ticket was read before")?;
                self.snapshot = Some(artifact.clone());
            }
            Event::Inventory { artifact } => {
                holds(self.phase() == Phase::Inventory, "this is not the time of the inventory")?;
                self.inventory = Some(artifact.clone());
            }
            Event::Routed { artifact, questions } => {
                holds(self.phase() == Phase::Route, "this is not the time of routing")?;
                self.memory = Some(artifact.clone());
                self.questions.clone_from(questions);
            }
            _ => {}
        }
        Ok(())
    }

    fn coordinate(&mut self, event: &Event) -> Result<(), &'static str> {
        holds(self.memory.is_some() && self.decided.is_none(), "nothing is coordinated now")?;
        holds(self.coordinator && !self.settled, "no coordinator has a say now")?;
        self.rounds += 1;
        match event {
            Event::Coordinated { artifact, questions, settled } => {
                let is_kept = |it: &String| questions.iter().any(|new| new.specialist == *it);
                holds(self.answers.keys().all(is_kept), "a question that was answered is gone")?;
                self.questions.clone_from(questions);
                self.reply = Some(artifact.clone());
                self.settled = *settled || self.rounds >= ROUNDS;
            }
            Event::Uncoordinated { why } => {
                self.uncoordinated = Some(why.clone());
                self.settled = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn investigate(&mut self, event: &Event) -> Result<(), &'static str> {
        let (Event::Asked { specialist, .. }
        | Event::Answered { specialist, .. }
        | Event::Unanswered { specialist, .. }) = event
        else {
            return Ok(());
        };
        let is_time = self.phase() == Phase::Investigate && !self.awaits_coordinator();
        holds(is_time, "nobody is asked now")?;
        holds(self.questions.iter().any(|it| it.specialist == *specialist), "nobody planned it")?;
        holds(!self.answers.contains_key(specialist), "it was answered before")?;
        match event {
            Event::Asked { artifact, .. } => {
                self.asked.insert(specialist.clone(), artifact.clone());
            }
            Event::Answered { artifact, how, .. } => {
                holds(self.asked.contains_key(specialist), "it was not asked")?;
                self.answers.insert(specialist.clone(), Came::Answer(artifact.clone(), *how));
            }
            Event::Unanswered { absence, why, spent, .. } => {
                let came = Came::Nothing(*absence, why.clone(), *spent);
                self.answers.insert(specialist.clone(), came);
            }
            _ => {}
        }
        Ok(())
    }

    fn deliver(&mut self, event: &Event) -> Result<(), &'static str> {
        let decided = self.decided.as_ref().ok_or("nothing is decided yet")?;
        match event {
            Event::SourceRead { source } => {
                holds(decided.decision == Decision::Pr, "the gate did not open")?;
                self.sources.push(source.clone());
            }
            Event::HandedOver { artifact } => self.handoff = Some(artifact.clone()),
            Event::Learned { artifact, target } => {
                self.learning = Some((artifact.clone(), target.clone()));
            }
            Event::Planned { effects } => {
                holds(self.effects.is_none(), "the effects were planned before")?;
                self.effects = Some(effects.iter().map(|it| Step::of(it, self.mode)).collect());
            }
            Event::Intended { key } => {
                let step = self.step(key)?;
                let may = matches!(step.stage, Stage::Planned | Stage::Intended);
                holds(may, "it is not to be made")?;
                step.stage = Stage::Intended;
            }
            Event::Done { key, reference } => {
                let step = self.step(key)?;
                holds(step.stage == Stage::Intended, "it was not about to be made")?;
                step.stage = Stage::Done(reference.clone());
            }
            Event::Rested { phase, reason } => {
                holds(phase.rests(), "it is no phase to rest in")?;
                self.rested = Some((*phase, reason.clone()));
            }
            _ => return Err("it is not known here"),
        }
        Ok(())
    }

    fn step(&mut self, key: &str) -> Result<&mut Step, &'static str> {
        let mut steps = self.effects.iter_mut().flatten();
        steps.find(|it| it.effect.key == key).ok_or("nobody planned it")
    }

    /// The first effect that is still to be made.
    fn unmade(&self) -> Option<&Effect> {
        let open = |it: &&Step| matches!(it.stage, Stage::Planned | Stage::Intended);
        self.effects.iter().flatten().find(open).map(|it| &it.effect)
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
        } else if self.handoff.is_none() || self.learning.is_none() {
            Phase::Learn
        } else {
            Phase::Deliver
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
        self.questions.iter().find(|it| !self.answers.contains_key(&it.specialist))
    }

    /// True where a limit ended a question.
    pub fn is_spent(&self) -> bool {
        self.answers.values().any(|came| matches!(came, Came::Nothing(_, _, true)))
    }

    /// What comes next; depends on nothing but the events and the time.
    pub fn next(&self, now: Timestamp) -> Action {
        if self.rested.is_some() {
            return Action::Nothing;
        }
        match self.phase() {
            Phase::Intake => Action::Snapshot,
            Phase::Inventory => Action::Inventory,
            Phase::Route => Action::Route,
            Phase::Investigate if self.awaits_coordinator() => Action::Coordinate,
            Phase::Investigate => match self.unanswered() {
                Some(question) if now > self.deadline => Action::Skip(question.clone()),
                Some(question) => Action::Ask(question.clone()),
                None => Action::Decide,
            },
            Phase::Decide => Action::Decide,
            _ if self.handoff.is_none() => Action::HandOver,
            _ if self.learning.is_none() => Action::Learn,
            _ if self.effects.is_none() => Action::Plan,
            _ => match self.unmade() {
                Some(effect) => Action::Make(effect.clone()),
                None => Action::Rest(self.rest()),
            },
        }
    }

    /// Where a run with this decision rests.
    pub(super) fn rest(&self) -> Phase {
        let Some(decided) = &self.decided else { return Phase::Failed };
        match decided.decision {
            _ if decided.reasons.contains(&Reason::ApprovalWaiting) => Phase::Waiting,
            Decision::Stop => Phase::Stopped,
            Decision::Handoff => Phase::HandedOff,
            Decision::Pr => Phase::Closed,
        }
    }
}

fn holds(condition: bool, why: &'static str) -> Result<(), &'static str> {
    if condition { Ok(()) } else { Err(why) }
}
