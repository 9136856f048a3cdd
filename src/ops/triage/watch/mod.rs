//! `triage watch`: a queue of tickets, worked on as they come.
//!
//! The tracker says which tickets wait, the store which were worked on: nothing is kept
//! between the two, so that any number of watches, on any number of machines, may
//! work through one queue, and one that was killed is missed by nobody. A ticket that
//! had a run is not taken once more; a run that rests is gone on with once it can be, and
//! one whose worker was lost once its lease is over.

mod control;
mod line;
mod looking;
mod plan;
mod told;
mod waking;
mod working;

use std::sync::Arc;
use std::thread;
use std::time::Duration;

pub use control::Control;
pub use line::Counts;
pub use plan::{Options, Plan};
pub use told::{Event, Happened, Watcher};

use crate::clock::Clock;
use crate::hint::{ErrorKind, Helpful};
use crate::ops::OpError;
use crate::workspace::Pool;
use looking::Looking;

/// The queue is looked at no more often than this, however often that is asked for.
const PACE: Duration = Duration::from_secs(5);

/// How long a step may still take once its run is to be given back.
const LAST_STEP: Duration = Duration::from_secs(15);

/// One watch, as its threads share it.
struct Watch {
    pool: Arc<Pool>,
    plan: Plan,
    control: Arc<Control>,
    watcher: Arc<dyn Watcher>,
}

/// Works through the queue until `control` stops it, or with `once` in the plan until
/// everything that waits was worked on. `watcher` hears of everything. A stop lets runs
/// end for as long as the settings say, then has them given back after the step that is
/// going on; a step that takes longer than 15 seconds more goes on for as long as the
/// process does.
///
/// # Errors
/// The first look tells that the settings are wrong.
/// What fails later is told and tried again.
pub fn watch(
    pool: Arc<Pool>,
    plan: Plan,
    control: Arc<Control>,
    watcher: Arc<dyn Watcher>,
) -> Result<(), OpError> {
    let (parallel, once) = (plan.parallel, plan.once);
    let watch = Arc::new(Watch { pool, plan, control, watcher });
    let mut workers = Vec::new();
    for place in 1..=parallel {
        let watch = Arc::clone(&watch);
        let named = thread::Builder::new().name(format!("worker-{place}"));
        let worker = named.spawn(move || working::work(&watch, place));
        workers.push(worker.map_err(|error| OpError::File {
            path: format!("thread {place} of {parallel}"),
            reason: error.to_string(),
        })?);
    }
    let looked = watch.looks(once);
    if watch.ends(once && looked.is_ok()) {
        for worker in workers {
            let _ = worker.join();
        }
    }
    looked
}

impl Watch {
    fn looks(&self, once: bool) -> Result<(), OpError> {
        let (mut looking, mut is_first) = (Looking::default(), true);
        while !self.control.is_stopping() {
            match self.look(&mut looking) {
                Ok(happened) => self.watcher.happened(&happened),
                Err(error) if once || (is_first && !passes(&error)) => return Err(error),
                Err(error) => {
                    // What was open may be what is broken.
                    looking = Looking::default();
                    self.watcher.happened(&Happened::not_looked(&error));
                }
            }
            if once {
                break;
            }
            is_first = false;
            self.control.wait(PACE, self.plan.every);
        }
        Ok(())
    }

    fn look(&self, looking: &mut Looking) -> Result<Happened, OpError> {
        let mut workspace = self.pool.lend()?;
        workspace.set_clock(Clock::system());
        looking.look(&workspace, &self.plan, &self.control.line)
    }

    /// Lets what was begun end; with `all` what waits too. False where somebody still works.
    fn ends(&self, all: bool) -> bool {
        let Self { control, watcher, plan, .. } = self;
        let line = &control.line;
        if all {
            line.close(false);
            if line.settled(Duration::MAX, || control.is_stopping()) {
                return true;
            }
        }
        line.close(true);
        let working = line.counts().working;
        watcher.happened(&Happened::Stopping { working, grace: plan.grace.as_secs() });
        line.settled(plan.grace, || control.is_leaving()) || {
            control.leave();
            line.settled(LAST_STEP, || false)
        }
    }
}

/// True for what may be otherwise the next time, without anybody's doing.
fn passes(error: &OpError) -> bool {
    !matches!(error.kind(), ErrorKind::Usage | ErrorKind::Invalid | ErrorKind::NotFound)
}
