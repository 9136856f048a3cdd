//! Events replayed, one by one; what no run could have written is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::{Approved, Came, Decided, Stage, State, Step};
use crate::triage::budget::Ledger;
use crate::triage::class::Decision;
use crate::triage::coordinator::ROUNDS;
use crate::triage::delivery::{Ended, Failure, Made, Work};
use crate::triage::effect::Sort;
use crate::triage::event::{BrokenChain, Event, Line};
use crate::triage::output::Absence;
use crate::triage::phase::Phase;
use crate::triage::plan::Question;

impl State {
    /// Replays lines that hang together.
    ///
    /// # Errors
    /// The first line that no run could have written there.
    pub fn replay(lines: &[Line]) -> Result<Self, BrokenChain> {
        let broken = |number: usize, why: &str| BrokenChain { number, why: why.to_owned() };
        let first = lines.first().ok_or_else(|| broken(0, "there is none"))?;
        let Event::Opened { ticket, mode, bar, deadline, coordinator, budgets, .. } = &first.event
        else {
            return Err(broken(0, "it does not open a run"));
        };
        let mut state = Self {
            ticket: ticket.clone(),
            mode: *mode,
            bar: *bar,
            deadline: *deadline,
            budgets: *budgets,
            ledger: Ledger::default(),
            opened: first.at,
            attempts: 0,
            worker: None,
            snapshot: None,
            moves: None,
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
            before: None,
            turned_back: None,
            work: None,
            ended: None,
            watched_until: None,
            monitored: None,
            sources: Vec::new(),
            handoff: None,
            learning: None,
            effects: None,
            notes: Vec::new(),
            approved: Vec::new(),
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
            Event::Claimed { attempt, worker } => {
                holds(*attempt > self.attempts, "its attempts are not counted on")?;
                (self.attempts, self.worker) = (*attempt, Some(worker.clone()));
                Ok(())
            }
            Event::Noted { text, by } => {
                self.notes.push((by.clone(), text.clone()));
                Ok(())
            }
            Event::Snapshot { .. }
            | Event::Stood { .. }
            | Event::Inventory { .. }
            | Event::Routed { .. } => self.prepare(event),
            Event::Coordinated { .. } | Event::Uncoordinated { .. } => self.coordinate(event),
            Event::Asked { .. } | Event::Answered { .. } | Event::Unanswered { .. } => {
                self.investigate(event)
            }
            Event::Decided { artifact, classification, decision, reasons, confidence, waits } => {
                holds(self.phase() == Phase::Decide, "nothing is to be decided now")?;
                self.decided = Some(Decided {
                    bundle: artifact.clone(),
                    classification: *classification,
                    decision: *decision,
                    reasons: reasons.clone(),
                    confidence: *confidence,
                    waits: *waits,
                });
                Ok(())
            }
            Event::Prepared { .. }
            | Event::Changed { .. }
            | Event::Unchanged { .. }
            | Event::Verified { .. }
            | Event::Reviewed { .. }
            | Event::TurnedBack { .. } => self.change(event),
            Event::Merged { .. } | Event::Dropped { .. } | Event::Monitored { .. } => {
                self.follow(event)
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
            Event::Stood { moves } => {
                let is_time = self.phase() == Phase::Inventory && self.moves.is_none();
                holds(is_time, "this is not the time to say where the ticket stands")?;
                self.moves = Some(moves.clone());
            }
            Event::Inventory { artifact } => {
                holds(self.phase() == Phase::Inventory, "this is not the time of the inventory")?;
                self.inventory = Some(artifact.clone());
            }
            Event::Routed { artifact, questions } => {
                holds(self.phase() == Phase::Route, "this is not the time of routing")?;
                holds(are_named(questions), "two questions have one name")?;
                self.memory = Some(artifact.clone());
                self.questions.clone_from(questions);
            }
            _ => {}
        }
        Ok(())
    }

    fn coordinate(&mut self, event: &Event) -> Result<(), &'static str> {
        holds(self.memory.is_some() && self.decided.is_none(), "nothing is coordinated now")?;
        holds(self.awaits_coordinator(), "no coordinator has a say now")?;
        self.rounds += 1;
        match event {
            Event::Coordinated { artifact, questions, settled, repeated } => {
                let answered =
                    self.questions.iter().filter(|it| self.answers.contains_key(&it.name));
                let are_kept = answered.into_iter().all(|it| questions.contains(it));
                holds(are_kept, "a question that was answered is gone")?;
                holds(are_named(questions), "two questions have one name")?;
                self.questions.clone_from(questions);
                self.reply = Some(artifact.clone());
                for specialist in repeated {
                    self.ledger.repeated(specialist);
                }
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
        let (Event::Asked { question: name, .. }
        | Event::Answered { question: name, .. }
        | Event::Unanswered { question: name, .. }) = event
        else {
            return Ok(());
        };
        let is_time = self.phase() == Phase::Investigate && !self.awaits_coordinator();
        holds(is_time, "nobody is asked now")?;
        let question = self.questions.iter().find(|it| it.name == *name).cloned();
        let question = question.ok_or("nobody planned it")?;
        holds(!self.answers.contains_key(name), "it was answered before")?;
        match event {
            Event::Asked { artifact, .. } => {
                let stop = self.ledger.stops(&self.budgets, &question);
                holds(stop.is_none(), "what it may spend is used up")?;
                self.ledger.asked(&question);
                self.asked.insert(name.clone(), artifact.clone());
            }
            Event::Answered { artifact, how, spent, .. } => {
                holds(self.asked.contains_key(name), "it was not asked")?;
                let is_same =
                    |came: &Came| matches!(came, Came::Answer(other, _) if other == artifact);
                let is_new = !self.answers.values().any(is_same);
                self.ledger.answered(&question, spent, is_new, &self.budgets);
                self.answers.insert(name.clone(), Came::Answer(artifact.clone(), *how));
            }
            Event::Unanswered { absence, why, spent, .. } => {
                if *absence == Absence::Error {
                    self.ledger.failed(&question);
                }
                let came = Came::Nothing(*absence, why.clone(), *spent);
                self.answers.insert(name.clone(), came);
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
            Event::Approved { request, by, strength } => {
                holds(self.rested.is_some(), "the run waits for nothing")?;
                holds(self.approved.iter().all(|it| it.request != *request), "it was approved")?;
                let (request, by, strength) = (request.clone(), by.clone(), strength.clone());
                self.approved.push(Approved { request, by, strength });
            }
            Event::HandedOver { artifact } => {
                holds(!self.is_changing(), "the change is not one to be proposed")?;
                self.handoff = Some(artifact.clone());
            }
            Event::Learned { artifact, target } => {
                let is_early = self.proposes() && self.outcome().is_none();
                holds(!is_early, "nobody knows yet what became of the change")?;
                self.learning = Some((artifact.clone(), target.clone()));
            }
            Event::Planned { effects } => {
                holds(self.effects.is_none(), "the effects were planned before")?;
                holds(!self.is_changing(), "the change is not one to be proposed")?;
                self.effects = Some(effects.iter().map(|it| self.planned(it)).collect());
            }
            Event::Intended { .. } | Event::Done { .. } | Event::Left { .. } => {
                return self.make(event);
            }
            Event::Rested { phase, reason } => {
                holds(phase.rests(), "it is no phase to rest in")?;
                self.rested = Some((*phase, reason.clone()));
            }
            _ => return Err("it is not known here"),
        }
        Ok(())
    }

    /// An effect, from the intent to where it stands.
    fn make(&mut self, event: &Event) -> Result<(), &'static str> {
        let (Event::Intended { key } | Event::Done { key, .. } | Event::Left { key, .. }) = event
        else {
            return Ok(());
        };
        let effect = self.step(key)?.effect.clone();
        let is_locked = self.is_locked(&effect);
        let step = self.step(key)?;
        let is_intended = step.stage == Stage::Intended;
        step.stage = match event {
            Event::Done { reference, .. } => {
                holds(is_intended, "it was not about to be made")?;
                Stage::Done(reference.clone())
            }
            Event::Left { why, .. } => {
                holds(is_intended, "it was not about to be made")?;
                holds(effect.sort == Sort::Move, "it is nothing that may be left")?;
                Stage::Left(why.clone())
            }
            _ => {
                holds(is_intended || step.stage == Stage::Planned, "it is not to be made")?;
                holds(!is_locked, "no person approved it")?;
                Stage::Intended
            }
        };
        Ok(())
    }

    /// The change, from its beginning to the last look at it.
    fn change(&mut self, event: &Event) -> Result<(), &'static str> {
        holds(self.is_changing(), "no change is made now")?;
        holds(self.handoff.is_none(), "the change was proposed")?;
        if let Event::TurnedBack { reason, why } = event {
            holds(self.work.is_some(), "no change was begun")?;
            self.turned_back = Some((*reason, why.clone()));
            self.before = self.decided.take();
            self.rested = None;
            return Ok(());
        }
        if let Event::Prepared { base, artifact } = event {
            holds(self.work.is_none(), "the change was begun before")?;
            self.work = Some(Work::on(base.clone(), artifact.clone()));
            return Ok(());
        }
        let work = self.work.as_mut().ok_or("no change was begun")?;
        holds(!work.is_exhausted(), "no attempt is left")?;
        let (is_made, is_verified) = (work.made.is_some(), work.verified.is_some());
        match event {
            Event::Changed { commit, artifact } => {
                holds(!is_made, "the change was made before")?;
                work.made = Some(Made { commit: commit.clone(), artifact: artifact.clone() });
            }
            Event::Unchanged { why } => {
                holds(!is_made, "the change was made before")?;
                work.fail(Failure::Unchanged(why.clone()));
            }
            Event::Verified { artifact, passed } => {
                holds(is_made && !is_verified, "there is nothing to verify")?;
                match passed {
                    true => work.verified = Some(artifact.clone()),
                    false => work.fail(Failure::Verification(artifact.clone())),
                }
            }
            Event::Reviewed { artifact, accepted } => {
                holds(is_verified, "what was not verified is not reviewed")?;
                match accepted {
                    true => work.reviewed = Some(artifact.clone()),
                    false => work.fail(Failure::Review(artifact.clone())),
                }
            }
            _ => {}
        }
        self.rested = None;
        Ok(())
    }

    /// What people and time did with the pull request.
    fn follow(&mut self, event: &Event) -> Result<(), &'static str> {
        match event {
            Event::Monitored { artifact, seen } => {
                let is_merged = matches!(self.ended, Some(Ended::Merged { .. }));
                holds(is_merged && self.monitored.is_none(), "there is nothing to watch")?;
                self.monitored = Some((artifact.clone(), *seen));
            }
            Event::Merged { commit, at, until } => {
                holds(self.is_before_people(), "no pull request is before people")?;
                holds(at <= until, "it was watched before it was merged")?;
                self.ended = Some(Ended::Merged { commit: commit.clone(), at: *at });
                self.watched_until = Some(*until);
            }
            _ => {
                holds(self.is_before_people(), "no pull request is before people")?;
                self.ended = Some(Ended::Closed);
            }
        }
        self.rested = None;
        Ok(())
    }

    fn step(&mut self, key: &str) -> Result<&mut Step, &'static str> {
        let mut steps = self.effects.iter_mut().flatten();
        steps.find(|it| it.effect.key == key).ok_or("nobody planned it")
    }
}

/// True if each has a name of its own that says whose it is.
fn are_named(questions: &[Question]) -> bool {
    let is_whose = |it: &Question| Question::whose(&it.name) == it.specialist;
    let names: BTreeSet<&str> = questions.iter().map(|it| it.name.as_str()).collect();
    names.len() == questions.len() && questions.iter().all(is_whose)
}

fn holds(condition: bool, why: &'static str) -> Result<(), &'static str> {
    if condition { Ok(()) } else { Err(why) }
}
