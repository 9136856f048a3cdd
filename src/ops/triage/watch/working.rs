//! A worker: one ticket after the other, as `triage run` and `triage resume` do it.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::Watch;
use super::line::Task;
use super::told::Happened;
use crate::clock::Clock;
use crate::hint::{ErrorKind, Helpful};
use crate::ops::OpError;
use crate::ops::random;
use crate::ops::triage::desk::Desk;
use crate::ops::triage::overseer::{Held, Overseer, Step};
use crate::ops::triage::run::{Given, Options};

/// Tickets that are worked on at one desk before another is opened, which knows what day
/// it is and holds nothing of those before.
const AT_ONE_DESK: usize = 50;

/// Who looks on for a watch.
struct Foreman<'a>(&'a Watch);

impl Overseer for Foreman<'_> {
    fn stops(&self) -> bool {
        self.0.control.is_leaving()
    }

    fn done(&self, step: &Step<'_>) {
        self.0.watcher.done(step);
    }

    fn traces(&self) -> bool {
        self.0.watcher.traces()
    }

    fn left(&self, held: &Held<'_>) {
        self.0.watcher.left(held);
    }
}

/// Works until the line is closed and empty.
pub(super) fn work(watch: &Watch, place: usize) {
    let mut next = watch.control.line.next();
    while let Some(task) = next {
        next = sit(watch, place, task);
    }
}

/// Works at one desk; the task that is next at another one.
fn sit(watch: &Watch, place: usize, first: Task) -> Option<Task> {
    let mut workspace = match watch.pool.lend() {
        Ok(workspace) => workspace,
        Err(error) => {
            failed(watch, &first.ticket(), &error.into());
            return watch.control.line.next();
        }
    };
    workspace.set_clock(Clock::system());
    let foreman = Foreman(watch);
    let mut desk = Desk::at(&workspace).of_queue(place, &foreman);
    let mut task = first;
    for _ in 0..AT_ONE_DESK {
        let ticket = task.ticket();
        match catch_unwind(AssertUnwindSafe(|| worked(watch, &mut desk, &task))) {
            Ok(Ok(happened)) => {
                watch.watcher.happened(&happened);
                watch.control.line.done(&ticket);
            }
            Ok(Err(error)) => failed(watch, &ticket, &error),
            Err(_) => {
                drop(desk);
                workspace.discard();
                failed(watch, &ticket, &crashed());
                return watch.control.line.next();
            }
        }
        task = watch.control.line.next()?;
    }
    Some(task)
}

fn worked(watch: &Watch, desk: &mut Desk<'_>, task: &Task) -> Result<Happened, OpError> {
    let mut rested = None;
    let done = match task {
        Task::Ticket(name) => {
            let (ticket, mode) = (Given::Named(name.clone()), watch.plan.mode);
            let mode = Some(mode.name().to_owned());
            let (answers, only_answers, capture) = (BTreeMap::new(), false, false);
            let options = Options { ticket, mode, answers, only_answers, capture };
            desk.run(&options, &mut |run| {
                rested = Some(Happened::rested(run, run.decision.is_some()));
                true
            })
        }
        Task::Run { run, decided, .. } => desk.resume(run, &BTreeMap::new(), &mut |run| {
            rested = Some(Happened::rested(run, run.decision.is_some() && !decided));
            true
        }),
    };
    match done {
        Ok(()) => Ok(rested.unwrap_or(Happened::Left { ticket: task.ticket() })),
        // Whoever has it, or had it, did it.
        Err(error) if error.kind() == ErrorKind::Conflict => {
            Ok(Happened::Taken { ticket: task.ticket(), why: error.to_string() })
        }
        Err(error) => Err(error),
    }
}

fn failed(watch: &Watch, ticket: &str, error: &OpError) {
    // Without a random number all wait alike.
    let chance = random::bytes::<1>().map_or(1.0, |[byte]| f64::from(byte) / 255.0);
    let again = watch.control.line.failed(ticket, chance);
    watch.watcher.happened(&Happened::failed(ticket, error, again));
}

fn crashed() -> OpError {
    OpError::Conflict {
        message: "the program crashed while it worked on the ticket, which is a defect of it"
            .to_owned(),
        hint: "what was done is kept; report it with what standard error says".to_owned(),
    }
}
