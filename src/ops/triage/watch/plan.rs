//! What a watch is told by the user's side.

use std::time::Duration;

use serde_json::Value;

use crate::ops::OpError;
use crate::ops::triage::run::{self, Given};
use crate::tracker::{Queue, TicketName};
use crate::triage::mode::Mode;
use crate::workspace::Workspace;

/// What a watch is told on the command line.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What its runs may do outside.
    pub mode: Option<String>,
    /// How many tickets are worked on at the same time.
    pub parallel: Option<usize>,
    /// Ends once everything that waits was worked on.
    pub once: bool,
}

/// What is watched, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(super) once: bool,
    pub(super) queue: Queue,
    pub(super) mode: Mode,
    pub(super) parallel: usize,
    pub(super) every: Duration,
    pub(super) grace: Duration,
}

impl Plan {
    /// As the user's settings and the command line say.
    ///
    /// # Errors
    /// No tracker is set up, nothing says which tickets wait, or the mode cannot be had.
    pub fn of(workspace: &Workspace, options: &Options) -> Result<Self, OpError> {
        if workspace.repository().is_none() && workspace.run_database()?.is_none() {
            return Err(OpError::Invalid {
                message: "nothing is kept outside of a repository, so every look would begin all tickets anew"
                    .to_owned(),
                hint: "name the repository: prode --repo /path/to/it triage watch".to_owned(),
            });
        }
        let section = workspace.own_settings().section("watch").merged();
        let place = workspace.tracker_place()?.ok_or_else(|| OpError::Usage {
            message: "no tracker is set up whose tickets could be watched".to_owned(),
            hint: "set tracker.kind, tracker.endpoint and tracker.token on your side; see prode doctor"
                .to_owned(),
        })?;
        let text = |name: &str| section.get(name).and_then(|it| it.as_str());
        let project = text("project").ok_or_else(|| OpError::Usage {
            message: "nothing says which tickets are watched: watch.project is not set".to_owned(),
            hint: format!(
                "set it on your side to what stands before the number in {}, and watch.label or watch.state",
                place.kind().example()
            ),
        })?;
        let queue = Queue::new(&place, project, text("label"), text("state"))?;
        let number =
            |name: &str, usual: u64| section.get(name).and_then(Value::as_u64).unwrap_or(usual);
        let parallel = usize::try_from(number("max_parallel", 2)).unwrap_or(2);
        let first = Given::Named(queue.first(&place));
        Ok(Self {
            once: options.once,
            mode: run::mode(workspace, options.mode.as_deref(), &first)?,
            queue,
            parallel: options.parallel.unwrap_or(parallel).max(1),
            every: Duration::from_secs(number("every", 60)),
            grace: Duration::from_secs(number("grace", 60)),
        })
    }

    /// What its runs may do outside.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// How many tickets are worked on at the same time.
    pub fn parallel(&self) -> usize {
        self.parallel
    }

    /// The time between two looks.
    pub fn every(&self) -> Duration {
        self.every
    }

    /// Which tickets wait, for people.
    pub fn queue(&self) -> String {
        self.queue.to_string()
    }

    /// True for a run that this watch goes on with.
    pub(super) fn is_of(&self, name: &TicketName, mode: Mode) -> bool {
        self.queue.is_of(name) && self.mode == mode
    }
}
