//! What one process keeps open from one ticket to the next.
//!
//! The store, the memory and the screen are opened with the first ticket. What
//! they were made of is read again for each: a trunk that moved, or a setting or
//! an allowance that changed, counts from the next ticket on.

use std::collections::BTreeMap;

use super::begin::{fresh_run, now, worker};
use super::captured::Capturing;
use super::drive::Tell;
use super::granted::{Granted, grant};
use super::journal::{Journal, Kept};
use super::limits::Limits;
use super::overseer::{Nobody, Overseer};
use super::requests::document;
use super::run::{Options, Work, back_to, crew, handed_in, left_today, mode, read, workshop};
use super::{deliver::Outside, programs};
use crate::clock::Clock;
use crate::ops::OpError;
use crate::ops::redact::{Screen, screen as new_screen};
use crate::run_id::RunId;
use crate::store::Store;
use crate::triage::bundle::names;
use crate::triage::event::Event;
use crate::triage::phase::Phase;
use crate::triage::rebuild;
use crate::triage::run::Run;
use crate::workspace::{Asked, Memory, Workspace};

/// A place to work on tickets, one after the other.
pub struct Desk<'a> {
    workspace: &'a Workspace,
    worker: String,
    once: bool,
    overseer: &'a dyn Overseer,
    capture: bool,
    open: Option<Open>,
}

/// What is open.
struct Open {
    memory: Memory,
    screen: Screen,
    store: Box<dyn Store>,
}

impl<'a> Desk<'a> {
    /// Nothing is opened yet.
    pub fn at(workspace: &'a Workspace) -> Self {
        Self {
            workspace,
            worker: worker(),
            once: false,
            overseer: &Nobody,
            capture: false,
            open: None,
        }
    }

    /// The same before the eyes of `overseer`.
    #[must_use]
    pub fn before(self, overseer: &'a dyn Overseer) -> Self {
        Self { overseer, ..self }
    }

    /// The same, keeping for an hour what is said in runs that go on.
    #[must_use]
    pub fn capturing(self, capture: bool) -> Self {
        Self { capture, ..self }
    }

    /// The same for a worker of a queue: `place` tells it from others of the process, a
    /// ticket that was worked on is left alone, and `overseer` looks on.
    #[must_use]
    pub fn of_queue(self, place: usize, overseer: &'a dyn Overseer) -> Self {
        Self { worker: format!("{}-{place}", self.worker), once: true, overseer, ..self }
    }

    /// Works on a ticket until its run rests, and tells of it.
    ///
    /// # Errors
    /// The ticket cannot be read, somebody else works on it, or something outside
    /// did not answer; what was done until then is kept, and the same ticket goes
    /// on from there.
    pub fn run(&mut self, options: &Options, tell: Tell<'_>) -> Result<(), OpError> {
        let workspace = self.workspace;
        let mode = mode(workspace, options.mode.as_deref(), &options.ticket)?;
        let Open { memory, screen, store } = opened(workspace, &mut self.open, None)?;
        let mut limits = Limits::of(&memory.settings);
        let mut crew = if options.only_answers {
            handed_in(&options.answers)?
        } else {
            crew(workspace, &options.answers, &limits, now())
        };
        limits.budgets.day_calls =
            limits.budgets.day_calls.map(|most| left_today(&**store, most, now())).transpose()?;
        let (text, source, ticket) = read(workspace, &options.ticket)?;
        let work = Work {
            workspace,
            memory,
            limits: &limits,
            screen,
            now: &now,
            coordinator: programs::coordinator(workspace).filter(|_| !options.only_answers),
            workshop: workshop(workspace, mode)?,
            outside: Outside::of(workspace, ticket)?,
            worker: self.worker.clone(),
            fresh: fresh_run(now())?,
            once: self.once,
            overseer: self.overseer,
            capturing: options.capture.then(|| Capturing::of(workspace)).transpose()?,
        };
        work.on(&mut **store, &mut crew, (&text, &source, mode), tell)
    }

    /// Goes on with a run that rests or was left; one that is over stays as it is.
    ///
    /// # Errors
    /// As [`run`](Self::run); or there is no such run.
    pub fn resume(
        &mut self,
        run: &RunId,
        answers: &BTreeMap<String, String>,
        tell: Tell<'_>,
    ) -> Result<(), OpError> {
        let workspace = self.workspace;
        let other = match &self.open {
            Some(_) => None,
            None => Some(super::store_with_runs(workspace)?),
        };
        let store = other.as_deref().or(self.open.as_ref().map(|it| &*it.store));
        if let Some(store) = store {
            let read = super::read(store, run)?;
            if read.state.rested.as_ref().is_some_and(|(phase, _)| phase.is_over()) {
                tell(&Run::of(run.as_str(), &read.state, &Kept(store))?);
                return Ok(());
            }
        }
        let Open { memory, screen, store } = opened(workspace, &mut self.open, other)?;
        let limits = Limits::of(&memory.settings);
        let mut journal =
            Journal::resume(&mut **store, screen, &now, run, &self.worker, limits.lease)?;
        approve(workspace, &mut journal)?;
        let mut crew = crew(workspace, answers, &limits, now());
        let mode = journal.state().mode;
        let source = rebuild::snapshot(journal.state(), &journal.kept())?.source;
        let work = Work {
            workspace,
            memory,
            limits: &limits,
            screen,
            now: &now,
            coordinator: programs::coordinator(workspace),
            workshop: workshop(workspace, mode)?,
            outside: Outside::of(workspace, back_to(workspace, &source)?)?,
            worker: self.worker.clone(),
            fresh: run.clone(),
            once: self.once,
            overseer: self.overseer,
            capturing: self.capture.then(|| Capturing::of(workspace)).transpose()?,
        };
        work.drive(&mut journal, &mut crew, tell)
    }
}

/// What is open, brought up to date; `store` where another one is none.
fn opened<'o>(
    workspace: &Workspace,
    slot: &'o mut Option<Open>,
    store: Option<Box<dyn Store>>,
) -> Result<&'o mut Open, OpError> {
    let (memory, screen, open) = match slot.take() {
        Some(Open { memory, screen, store }) => (Some(memory), Some(screen), Some(store)),
        None => (None, None, store),
    };
    let memory = current_memory(workspace, memory)?;
    let store = match open {
        Some(store) => store,
        None => super::store(workspace)?,
    };
    if let Some(captures) = workspace.captures() {
        captures.sweep(Clock::system().now());
    }
    if let Some(freeze) = store.frozen()? {
        return Err(super::freeze::refusal(&freeze));
    }
    let screen = match screen {
        Some(screen) => screen.current(workspace)?,
        None => new_screen(workspace)?,
    };
    Ok(slot.insert(Open { memory, screen, store }))
}

/// Works on a ticket until its run rests, and tells of it.
///
/// # Errors
/// The ticket cannot be read, somebody else works on it, or something outside
/// did not answer; what was done until then is kept, and the same command goes
/// on from there.
pub fn run(
    workspace: &Workspace,
    options: &Options,
    overseer: &dyn Overseer,
    tell: Tell<'_>,
) -> Result<(), OpError> {
    Desk::at(workspace).before(overseer).run(options, tell)
}

/// The memory of the trunk: what is open, if it is of the trunk as it is now.
fn current_memory(workspace: &Workspace, open: Option<Memory>) -> Result<Memory, OpError> {
    let revision = workspace.revision(&Asked::Trunk)?;
    match open.filter(|it| it.revision == revision && !revision.on_disk) {
        Some(memory) => Ok(memory),
        None => Ok(workspace.memory(&Asked::Trunk)?),
    }
}

/// What people approved in the meantime is used up and written down.
fn approve(workspace: &Workspace, journal: &mut Journal<'_>) -> Result<(), OpError> {
    let is_time =
        matches!(journal.state().phase(), Phase::Waiting | Phase::AwaitMerge | Phase::Monitor);
    if !is_time {
        return Ok(());
    }
    let run = journal.document(journal.state())?;
    for request in names(&run.run, &run.waiting) {
        if journal.state().approved.iter().any(|it| it.request == request) {
            continue;
        }
        if let Some(Granted { by, strength, .. }) =
            grant(workspace, &request, &document(workspace, &request)?)?
        {
            journal.record(&Event::Approved { request, by, strength }, None)?;
        }
    }
    Ok(())
}
