//! How far a run of a procedure is: its events, replayed.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::event::{Decision, Event, How, Line};
use super::procedure::{Gate, Procedure};
use crate::chain::BrokenChain;

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The run's name.
    pub run: String,
    /// The page.
    pub sop: String,
    /// The commit of the trunk whose page is walked.
    pub commit: String,
    /// Digest of its gates.
    pub digest: String,
    /// What it is for.
    pub ticket: Option<String>,
    /// When it began.
    pub opened: Timestamp,
    /// As the procedure has them.
    pub gates: Vec<At>,
    /// What is said of what blocks.
    pub blocked: BTreeMap<String, bool>,
}

/// What happened at one gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct At {
    /// When the gate before was passed.
    pub reached: Option<Timestamp>,
    /// In their order.
    pub outputs: Vec<Output>,
    /// Stop conditions, by their numbers, as they were marked last.
    pub marks: BTreeMap<u32, Mark>,
    /// What was decided.
    pub decided: Option<Decided>,
}

/// What came out of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Which step.
    pub step: u32,
    /// Digest of the excerpt.
    pub artifact: String,
    /// The whole, by a name that only the store can make.
    pub raw: String,
    /// How many bytes the whole has.
    pub bytes: u64,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What was said of a stop condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// True if it is so.
    pub holds: bool,
    /// Why.
    pub why: String,
    /// Who says so.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// Why.
    pub why: String,
    /// Who.
    pub by: String,
    /// How that is known.
    pub how: How,
    /// Ids of the signed statements.
    pub statements: Vec<String>,
    /// When.
    pub at: Timestamp,
}

/// Where a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// At this gate, counted from 1.
    Gate(u32),
    /// Past the last one.
    Done,
    /// Ended at this gate.
    Stopped(u32),
}

/// Why a gate is not passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// One of its stop conditions is marked.
    Stop(u32),
    /// Its time is not over.
    Held(Timestamp),
    /// What blocks it is so.
    Blocked(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stop(number) => write!(f, "its stop condition {number} is marked"),
            Self::Held(until) => write!(f, "it is held until {until}"),
            Self::Blocked(what) => write!(f, "'{what}' blocks it"),
        }
    }
}

impl State {
    /// Replays lines that hang together.
    ///
    /// # Errors
    /// The first line that no run of this procedure could have written there.
    pub fn replay(procedure: &Procedure, lines: &[Line]) -> Result<Self, BrokenChain> {
        let broken = |number: usize, why: &str| BrokenChain { number, why: why.to_owned() };
        let first = lines.first().ok_or_else(|| broken(0, "there is none"))?;
        let Event::SopOpened { run, sop, commit, gates, ticket, .. } = &first.event else {
            return Err(broken(0, "it does not open a run of a procedure"));
        };
        if *gates != procedure.digest() {
            return Err(broken(0, "its gates are not those of the page"));
        }
        let mut state = Self {
            run: run.clone(),
            sop: sop.clone(),
            commit: commit.clone(),
            digest: gates.clone(),
            ticket: ticket.clone(),
            opened: first.at,
            gates: vec![At::default(); procedure.gates.len()],
            blocked: BTreeMap::new(),
        };
        if let Some(gate) = state.gates.first_mut() {
            gate.reached = Some(first.at);
        }
        for (number, line) in lines.iter().enumerate().skip(1) {
            let applied = state.apply(procedure, &line.event, line.at);
            applied.map_err(|why| broken(number, &why))?;
        }
        Ok(state)
    }

    /// Where it is.
    pub fn stands(&self) -> Stands {
        let number = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
        let open = self
            .gates
            .iter()
            .position(|it| it.decided.as_ref().is_none_or(|it| it.decision == Decision::Stop));
        match open {
            None => Stands::Done,
            Some(at) if self.gates[at].decided.is_some() => Stands::Stopped(number(at)),
            Some(at) => Stands::Gate(number(at)),
        }
    }

    /// True if nothing more is written.
    pub fn is_over(&self) -> bool {
        !matches!(self.stands(), Stands::Gate(_))
    }

    /// Why the gate is not passed now, whatever is decided.
    pub fn refusals(&self, procedure: &Procedure, number: u32, now: Timestamp) -> Vec<Refusal> {
        let Some((gate, at)) = self.gate(procedure, number) else { return Vec::new() };
        let marked = at.marks.iter().filter(|(_, it)| it.holds);
        let marked = marked.map(|(number, _)| Refusal::Stop(*number));
        let held = held_until(gate, at).filter(|until| *until > now).map(Refusal::Held);
        let is_so = |what: &&String| self.blocked.get(*what).copied().unwrap_or_default();
        let blocked = gate.blocked_while.iter().filter(is_so).cloned().map(Refusal::Blocked);
        marked.chain(held).chain(blocked).collect()
    }

    /// Goes on by one event.
    ///
    /// # Errors
    /// Why no run could have written it now.
    pub fn apply(
        &mut self,
        procedure: &Procedure,
        event: &Event,
        now: Timestamp,
    ) -> Result<(), String> {
        let Stands::Gate(current) = self.stands() else {
            return Err("the run is over".to_owned());
        };
        match event {
            Event::SopOpened { .. } => Err("the run is open already".to_owned()),
            Event::Blocked { what_blocks, on, .. } => {
                self.blocked.insert(what_blocks.clone(), *on);
                Ok(())
            }
            Event::Output { gate, .. }
            | Event::Marked { gate, .. }
            | Event::Decided { gate, .. }
                if *gate != current =>
            {
                Err(format!("gate {gate} is not the one that the run is at, {current}"))
            }
            Event::Decided { decision: Decision::Go, .. }
                if !self.refusals(procedure, current, now).is_empty() =>
            {
                let why = self.refusals(procedure, current, now);
                let why: Vec<String> = why.iter().map(ToString::to_string).collect();
                Err(format!("gate {current} is not passed: {}", why.join("; ")))
            }
            _ => self.at_gate(procedure, current, event, now),
        }
    }

    fn at_gate(
        &mut self,
        procedure: &Procedure,
        current: u32,
        event: &Event,
        now: Timestamp,
    ) -> Result<(), String> {
        let index = current as usize - 1;
        let (gate, at) = (&procedure.gates[index], &mut self.gates[index]);
        match event {
            Event::Output { step, artifact, raw, bytes, by, .. } => {
                counted(*step, gate.steps.len(), "step")?;
                let (artifact, raw, by) = (artifact.clone(), raw.clone(), by.clone());
                at.outputs.push(Output { step: *step, artifact, raw, bytes: *bytes, by, at: now });
            }
            Event::Marked { condition, holds, why, by, .. } => {
                counted(*condition, gate.stops.len(), "stop condition")?;
                let mark = Mark { holds: *holds, why: why.clone(), by: by.clone(), at: now };
                at.marks.insert(*condition, mark);
            }
            Event::Decided { decision, why, by, how, statements, .. } => {
                let (why, by, statements) = (why.clone(), by.clone(), statements.clone());
                let (decision, how) = (*decision, *how);
                at.decided = Some(Decided { decision, why, by, how, statements, at: now });
                if let Some(next) = self.gates.get_mut(index + 1) {
                    next.reached = Some(now).filter(|_| decision == Decision::Go);
                }
            }
            Event::SopOpened { .. } | Event::Blocked { .. } => {}
        }
        Ok(())
    }

    /// A gate, counted from 1, and what happened there.
    pub fn gate<'a>(&'a self, procedure: &'a Procedure, number: u32) -> Option<(&'a Gate, &'a At)> {
        let index = (number as usize).checked_sub(1)?;
        Some((procedure.gates.get(index)?, self.gates.get(index)?))
    }
}

fn counted(number: u32, known: usize, what: &str) -> Result<(), String> {
    if (1..=known).contains(&(number as usize)) {
        return Ok(());
    }
    Err(format!("the gate has no {what} {number}: it has {known}"))
}

/// When a gate's time is over: counted from its last step, else from when it was reached.
pub fn held_until(gate: &Gate, at: &At) -> Option<Timestamp> {
    if gate.hold_for == 0 {
        return None;
    }
    let from = at.outputs.last().map(|it| it.at).or(at.reached)?;
    let seconds = i64::try_from(gate.hold_for).unwrap_or(i64::MAX);
    Some(from.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests;
