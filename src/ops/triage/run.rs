//! `triage run`: a ticket, from its text to where its run rests.

use std::collections::BTreeMap;

use super::crew::{Crew, Recorded, Together};
use super::drive::Driver;
use super::history::History;
use super::journal::{Journal, Now, Taking};
use super::limits::Limits;
use super::programs::{self, Programs};
use super::written::Written;
use crate::clock::Clock;
use crate::ops::OpError;
use crate::ops::random;
use crate::ops::redact::{Screen, screen};
use crate::redaction::RULESET;
use crate::run_id::RunId;
use crate::specialist::Program;
use crate::store::Store;
use crate::triage::effect::Mode;
use crate::triage::event::Event;
use crate::triage::evidence::How;
use crate::triage::run::Run;
use crate::triage::snapshot::{BadTicket, Snapshot};
use crate::workspace::{Asked, Workspace};

/// What is to be worked on.
#[derive(Debug, Clone)]
pub struct Options {
    /// The ticket, as it was handed in.
    pub text: String,
    /// Where it was read: `file`, `stdin`.
    pub source: String,
    /// What the run may do outside.
    pub mode: Option<String>,
    /// Answers that somebody hands in, by specialist; they are attested.
    pub answers: BTreeMap<String, String>,
}

/// Works on a ticket until its run rests.
///
/// # Errors
/// The ticket cannot be read, somebody else works on it, or something outside
/// did not answer; what was done until then is kept, and the same command goes
/// on from there.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Run, OpError> {
    let mode = mode(workspace, options.mode.as_deref())?;
    let memory = workspace.memory(&Asked::Trunk)?;
    let limits = Limits::of(&memory.settings);
    let now = &now;
    let mut crew = crew(workspace, &options.answers, now());
    let mut store = super::store(workspace)?;
    if let Some(freeze) = store.frozen()? {
        return Err(super::freeze::refusal(&freeze));
    }
    let (worker, fresh) = (worker(), fresh_run(now())?);
    let coordinator = programs::coordinator(workspace);
    let work =
        Work { workspace, memory: &memory, limits: &limits, now, coordinator, worker, fresh };
    work.on(&mut *store, &mut crew, &options.text, &options.source, mode)
}

/// The time, in whole seconds: finer ones say nothing about an incident.
pub(super) fn now() -> jiff::Timestamp {
    let now = Clock::system().now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Everybody who can be asked here: the user's programs first, then what
/// somebody hands in, then what is built in.
pub(super) fn crew<'a>(
    workspace: &'a Workspace,
    answers: &BTreeMap<String, String>,
    now: jiff::Timestamp,
) -> Together<'a> {
    let handed = Recorded { outputs: answers.clone(), how: How::Attested };
    let programs = Programs::of(workspace);
    let history = History::of(workspace, now);
    Together(vec![Box::new(programs), Box::new(handed), Box::new(history)])
}

/// What every run is worked on with.
pub(super) struct Work<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) memory: &'a crate::workspace::Memory,
    pub(super) limits: &'a Limits,
    pub(super) now: Now<'a>,
    /// Who judges, where it is a program.
    pub(super) coordinator: Option<Program>,
    /// Who works.
    pub(super) worker: String,
    /// The name for a new run.
    pub(super) fresh: RunId,
}

/// The name of this process as a worker.
pub(super) fn worker() -> String {
    format!("prode-{}", std::process::id())
}

/// A name that no run has.
fn fresh_run(time: jiff::Timestamp) -> Result<RunId, OpError> {
    let day = Clock::at(time).today();
    Ok(RunId::new(day, random::bytes::<3>()?))
}

impl Work<'_> {
    /// Reads the ticket, claims its run, and drives it.
    pub(super) fn on(
        &self,
        store: &mut dyn Store,
        crew: &mut dyn Crew,
        text: &str,
        source: &str,
        mode: Mode,
    ) -> Result<Run, OpError> {
        let screen = screen(self.workspace)?;
        let time = (self.now)();
        let snapshot =
            Snapshot::read(text, source, self.limits.before, time).map_err(|it| bad(&it))?;
        let (snapshot, written) = Written::document(&screen, &snapshot)?;
        let taking = Taking {
            ticket: &snapshot.id,
            worker: &self.worker,
            lease: self.limits.lease,
            fresh: &self.fresh,
            opening: vec![
                (self.opened(&snapshot, mode, time), None),
                (Event::Snapshot { artifact: written.digest().to_owned() }, Some(written)),
            ],
        };
        let mut journal = Journal::take(store, &screen, self.now, taking)?;
        self.drive(&mut journal, crew)
    }

    /// Drives a run that is claimed.
    pub(super) fn drive(
        &self,
        journal: &mut Journal<'_>,
        crew: &mut dyn Crew,
    ) -> Result<Run, OpError> {
        let (workspace, memory, limits) = (self.workspace, self.memory, self.limits);
        let coordinator = self.coordinator.as_ref();
        Driver { workspace, memory, crew, limits, coordinator }.drive(journal)
    }

    fn opened(&self, snapshot: &Snapshot, mode: Mode, time: jiff::Timestamp) -> Event {
        Event::Opened {
            ticket: snapshot.id.clone(),
            mode,
            by: format!("prode/{}", env!("CARGO_PKG_VERSION")),
            ruleset: RULESET.to_owned(),
            bar: self.limits.confidence,
            coordinator: self.coordinator.is_some(),
            deadline: time.checked_add(self.limits.time).unwrap_or(jiff::Timestamp::MAX),
        }
    }
}

/// The screen of a run that is looked at again.
pub(super) fn screen_of(workspace: &Workspace) -> Result<Screen, OpError> {
    screen(workspace)
}

fn mode(workspace: &Workspace, typed: Option<&str>) -> Result<Mode, OpError> {
    let section = workspace.own_settings().section("mode");
    let set = section.layers().filter_map(|(_, value)| value.as_str()).last();
    let name = typed.or(set).unwrap_or(Mode::DryRun.name());
    match Mode::named(name) {
        Some(Mode::DryRun) => Ok(Mode::DryRun),
        Some(_) => Err(OpError::Usage {
            message: format!("mode '{name}' makes effects, and this prode makes none yet"),
            hint: "run it as a dry run; the hand-off and every effect are shown: --mode dry-run"
                .to_owned(),
        }),
        None => Err(OpError::Usage {
            message: format!("there is no mode '{name}'"),
            hint: "use one of: dry-run, comment, pr".to_owned(),
        }),
    }
}

fn bad(error: &BadTicket) -> OpError {
    let hint = match error {
        BadTicket::Large(_) => "leave out logs and other attachments, and name them instead",
        BadTicket::Binary | BadTicket::Empty => {
            "give a title or some text; what a ticket may be: prode triage run --help"
        }
        BadTicket::Window { .. } => "mend window.from and window.until in the ticket",
    };
    OpError::Invalid { message: error.to_string(), hint: hint.to_owned() }
}
