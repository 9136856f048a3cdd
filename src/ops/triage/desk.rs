//! What one process keeps open from one ticket to the next.
//!
//! The store, the memory and the screen are opened with the first ticket. What
//! they were made of is read again for each: a trunk that moved, or a setting or
//! an allowance that changed, counts from the next ticket on.

use super::begin::{fresh_run, now, worker};
use super::drive::Tell;
use super::limits::Limits;
use super::run::{Options, Work, crew, handed_in, left_today, mode, read, workshop};
use super::{deliver::Outside, programs};
use crate::ops::OpError;
use crate::ops::redact::{Screen, screen};
use crate::store::Store;
use crate::workspace::{Asked, Memory, Workspace};

/// A place to work on tickets, one after the other.
pub struct Desk<'a> {
    workspace: &'a Workspace,
    memory: Option<Memory>,
    screen: Option<Screen>,
    store: Option<Box<dyn Store>>,
}

impl<'a> Desk<'a> {
    /// Nothing is opened yet.
    pub fn at(workspace: &'a Workspace) -> Self {
        Self { workspace, memory: None, screen: None, store: None }
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
        let memory = current_memory(workspace, self.memory.take())?;
        let memory = self.memory.insert(memory);
        let mut limits = Limits::of(&memory.settings);
        let mut crew = if options.only_answers {
            handed_in(&options.answers)?
        } else {
            crew(workspace, &options.answers, &limits, now())
        };
        let store = match &mut self.store {
            Some(store) => store,
            none => none.insert(super::store(workspace)?),
        };
        if let Some(freeze) = store.frozen()? {
            return Err(super::freeze::refusal(&freeze));
        }
        limits.budgets.day_calls =
            limits.budgets.day_calls.map(|most| left_today(&**store, most, now())).transpose()?;
        let (text, source, ticket) = read(workspace, &options.ticket)?;
        let screen = match self.screen.take() {
            Some(screen) => screen.current(workspace)?,
            None => screen(workspace)?,
        };
        let work = Work {
            workspace,
            memory,
            limits: &limits,
            screen: self.screen.insert(screen),
            now: &now,
            coordinator: programs::coordinator(workspace).filter(|_| !options.only_answers),
            workshop: workshop(workspace, mode)?,
            outside: Outside::of(workspace, ticket)?,
            worker: worker(),
            fresh: fresh_run(now())?,
        };
        work.on(&mut **store, &mut crew, (&text, &source, mode), tell)
    }
}

/// Works on a ticket until its run rests, and tells of it.
///
/// # Errors
/// The ticket cannot be read, somebody else works on it, or something outside
/// did not answer; what was done until then is kept, and the same command goes
/// on from there.
pub fn run(workspace: &Workspace, options: &Options, tell: Tell<'_>) -> Result<(), OpError> {
    Desk::at(workspace).run(options, tell)
}

/// The memory of the trunk: what is open, if it is of the trunk as it is now.
fn current_memory(workspace: &Workspace, open: Option<Memory>) -> Result<Memory, OpError> {
    let revision = workspace.revision(&Asked::Trunk)?;
    match open.filter(|it| it.revision == revision && !revision.on_disk) {
        Some(memory) => Ok(memory),
        None => Ok(workspace.memory(&Asked::Trunk)?),
    }
}
