//! `triage run`: a ticket, from its text to where its run rests.

use std::collections::BTreeMap;

use super::aws::Amazon;
use super::begin::now;
use super::captured::Capturing;
use super::change::Workshop;
use super::crew::{Crew, Recorded, Together};
use super::deliver::Outside;
use super::drive::{Driver, Tell};
use super::history::History;
use super::journal::{Journal, Now, Taking};
use super::limits::Limits;
use super::overseer::Overseer;
use super::postgres::Replica;
use super::programs::Programs;
use super::reproduce::Reproduce;
use super::sentry::Errors;
use super::servers::Servers;
use super::shipped::{GitHub, GitLab, Shipped};
use super::support::Reports;
use super::vendor::Statuses;
use super::written::Written;
use crate::clock::Clock;
use crate::ops::OpError;
use crate::ops::redact::Screen;
use crate::redaction::RULESET;
use crate::run_id::RunId;
use crate::specialist::Program;
use crate::store::Store;
use crate::tracker::{TicketName, Tracker};
use crate::triage::event::Event;
use crate::triage::evidence::How;
use crate::triage::mode::Mode;
use crate::triage::output::{BadOutput, Output};
use crate::triage::snapshot::{BadTicket, Snapshot};
use crate::workspace::Workspace;

/// A ticket, as it was typed.
#[derive(Debug, Clone)]
pub enum Given {
    /// Its text.
    Text {
        /// As it was handed in.
        text: String,
        /// Where it was read: `file`, `stdin`.
        source: String,
    },
    /// Its name on the tracker that is set up.
    Named(TicketName),
}

/// What is to be worked on.
#[derive(Debug, Clone)]
pub struct Options {
    /// The ticket.
    pub ticket: Given,
    /// What the run may do outside.
    pub mode: Option<String>,
    /// Answers that somebody hands in, by the question's name; they are attested.
    pub answers: BTreeMap<String, String>,
    /// Ask nobody else: no specialist, no program, no coordinator.
    pub only_answers: bool,
    /// Keep what is said for an hour.
    pub capture: bool,
}

/// What the runs that were opened today leave of the day's calls. One that cannot
/// be read counts as one that asked nobody: `triage verify` says what is wrong.
pub(super) fn left_today(
    store: &dyn Store,
    most: u32,
    now: jiff::Timestamp,
) -> Result<u32, OpError> {
    let day = |time: jiff::Timestamp| Clock::at(time).today();
    let rows = store.runs()?;
    let today = rows.iter().filter(|row| day(row.opened) == day(now));
    let read = today.filter_map(|row| super::read(store, &row.run).ok());
    Ok(read.fold(most, |left, run| left.saturating_sub(run.state.ledger.calls())))
}

/// The ticket that was typed, where it is one of a tracker.
///
/// # Errors
/// It begins as a name or an address and is none, or is of another tracker.
pub fn named(workspace: &Workspace, typed: &str) -> Result<Option<Given>, OpError> {
    let place = workspace.tracker_place()?;
    Ok(TicketName::parse(typed, place.as_ref())?.map(Given::Named))
}

/// A ticket's text, where it is from, and the way back to it.
pub(super) type Ticket = (String, String, Option<(Tracker, TicketName)>);

pub(super) fn read(workspace: &Workspace, given: &Given) -> Result<Ticket, OpError> {
    match given {
        Given::Text { text, source } => Ok((text.clone(), source.clone(), None)),
        Given::Named(name) => {
            let tracker = workspace.tracker()?.ok_or_else(|| no_tracker(name))?;
            let text = tracker.read(name)?;
            Ok((text, name.to_string(), Some((tracker, name.clone()))))
        }
    }
}

/// The way back to the ticket of a run that goes on.
pub(super) fn back_to(
    workspace: &Workspace,
    source: &str,
) -> Result<Option<(Tracker, TicketName)>, OpError> {
    let place = workspace.tracker_place()?;
    let Ok(Some(name)) = TicketName::parse(source, place.as_ref()) else { return Ok(None) };
    Ok(workspace.tracker()?.map(|tracker| (tracker, name)))
}

fn no_tracker(name: &TicketName) -> OpError {
    OpError::Usage {
        message: format!("no tracker is set up to read '{name}' from"),
        hint: "set tracker.kind, tracker.endpoint and tracker.token on your side; see prode doctor"
            .to_owned(),
    }
}

/// Everybody who can be asked here: the user's programs and servers first, then what
/// somebody hands in, then what is built in.
pub(super) fn crew<'a>(
    workspace: &'a Workspace,
    answers: &BTreeMap<String, String>,
    limits: &Limits,
    now: jiff::Timestamp,
) -> Together<'a> {
    let handed = Recorded { outputs: answers.clone(), how: How::Attested };
    let programs = Programs::of(workspace);
    let servers = Servers::of(workspace, limits);
    let history = History::of(workspace, now);
    let reproduce = Reproduce::of(workspace, self::now);
    let aws = Amazon::of(workspace, limits, self::now);
    let postgres = Replica::of(workspace, limits, self::now);
    let sentry = Errors::of(workspace, limits, self::now);
    let github = Shipped::<GitHub>::of(workspace, limits, self::now);
    let gitlab = Shipped::<GitLab>::of(workspace, limits, self::now);
    let vendor = Statuses::of(workspace, limits, self::now);
    let support = Reports::of(workspace, limits, self::now);
    Together(vec![
        Box::new(programs),
        Box::new(servers),
        Box::new(handed),
        Box::new(reproduce),
        Box::new(aws),
        Box::new(postgres),
        Box::new(sentry),
        Box::new(github),
        Box::new(gitlab),
        Box::new(vendor),
        Box::new(support),
        Box::new(history),
    ])
}

/// The built-in specialists that the user's settings set up, each with why nobody is asked
/// where that is so. Nobody is asked for it.
pub fn set_up(workspace: &Workspace) -> Vec<(&'static str, Result<(), String>)> {
    let limits = Limits::of(workspace.own_settings());
    let crew = crew(workspace, &BTreeMap::new(), &limits, now());
    crew.0.iter().filter_map(|it| it.set_up()).collect()
}

/// Nobody but what somebody handed in. Whoever rests on that alone is told at once
/// what of it cannot be read: there is nobody else whose answers would be kept.
pub(super) fn handed_in(answers: &BTreeMap<String, String>) -> Result<Together<'static>, OpError> {
    for (name, text) in answers {
        Output::parse(text).map_err(|BadOutput(why)| OpError::Invalid {
            message: format!("the answer '{name}' cannot be read: {why}"),
            hint: "write it as prode.specialist.output/v1: prode schema specialist_output"
                .to_owned(),
        })?;
    }
    Ok(Together(vec![Box::new(Recorded { outputs: answers.clone(), how: How::Attested })]))
}

/// What every run is worked on with.
pub(super) struct Work<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) memory: &'a crate::workspace::Memory,
    pub(super) limits: &'a Limits,
    pub(super) screen: &'a Screen,
    pub(super) now: Now<'a>,
    /// Who judges, where it is a program.
    pub(super) coordinator: Option<Program>,
    /// Where changes are made, for a run that may propose one.
    pub(super) workshop: Option<Workshop<'a>>,
    /// Where effects are made.
    pub(super) outside: Outside<'a>,
    /// Who works.
    pub(super) worker: String,
    /// The name for a new run.
    pub(super) fresh: RunId,
    /// Not where the ticket was worked on already.
    pub(super) once: bool,
    /// Who looks on.
    pub(super) overseer: &'a dyn Overseer,
    /// Where it is kept what is said, where somebody wants that.
    pub(super) capturing: Option<Capturing>,
}

impl Work<'_> {
    /// Reads the ticket, claims its run, and drives it.
    pub(super) fn on(
        &self,
        store: &mut dyn Store,
        crew: &mut dyn Crew,
        (text, source, mode): (&str, &str, Mode),
        tell: Tell<'_>,
    ) -> Result<(), OpError> {
        let (screen, time) = (self.screen, (self.now)());
        let snapshot =
            Snapshot::read(text, source, self.limits.before, time).map_err(|it| bad(&it))?;
        let (snapshot, written) = Written::document(screen, &snapshot)?;
        let artifact = written.digest().to_owned();
        let mut opening = vec![
            (self.opened(&snapshot, mode, time), None),
            (Event::Snapshot { artifact }, Some(written)),
        ];
        opening.extend(self.outside.stood()?.map(|event| (event, None)));
        let taking = Taking {
            ticket: &snapshot.id,
            worker: &self.worker,
            lease: self.limits.lease,
            fresh: &self.fresh,
            once: self.once,
            opening,
        };
        let mut journal = Journal::take(store, screen, self.now, taking)?;
        if journal.state().mode != mode {
            return Err(other_mode(&mut journal, mode));
        }
        self.drive(&mut journal, crew, tell)
    }

    /// Drives a run that is claimed.
    pub(super) fn drive(
        &self,
        journal: &mut Journal<'_>,
        crew: &mut dyn Crew,
        tell: Tell<'_>,
    ) -> Result<(), OpError> {
        let (workspace, memory, limits) = (self.workspace, self.memory, self.limits);
        let coordinator = self.coordinator.as_ref();
        let (workshop, outside, overseer) = (self.workshop.as_ref(), &self.outside, self.overseer);
        let capturing = self.capturing.as_ref();
        Driver {
            workspace,
            memory,
            crew,
            limits,
            coordinator,
            workshop,
            outside,
            overseer,
            capturing,
            tell,
        }
        .drive(journal)
    }

    fn opened(&self, snapshot: &Snapshot, mode: Mode, time: jiff::Timestamp) -> Event {
        Event::Opened {
            ticket: snapshot.id.clone(),
            mode,
            by: format!("prode/{}", env!("CARGO_PKG_VERSION")),
            ruleset: RULESET.to_owned(),
            bar: self.limits.confidence,
            coordinator: self.coordinator.is_some(),
            budgets: self.limits.budgets,
            deadline: time.checked_add(self.limits.time).unwrap_or(jiff::Timestamp::MAX),
        }
    }
}

/// A run that goes on does so in the mode in which it was opened: a dry run that was
/// typed must not comment since another run of the ticket may.
fn other_mode(journal: &mut Journal<'_>, wanted: Mode) -> OpError {
    let (run, mode) = (journal.run().clone(), journal.state().mode);
    if let Err(error) = journal.release() {
        return error;
    }
    OpError::Conflict {
        message: format!(
            "run '{run}' of this ticket goes on in mode '{}', and '{}' was asked for",
            mode.name(),
            wanted.name()
        ),
        hint: format!("go on with it: prode triage resume {run}; or look: prode triage show {run}"),
    }
}

/// What a run that may propose a change needs for it.
pub(super) fn workshop(workspace: &Workspace, mode: Mode) -> Result<Option<Workshop<'_>>, OpError> {
    if mode != Mode::Pr {
        return Ok(None);
    }
    let workshop = Workshop::of(workspace)?;
    if workshop.verifies() {
        return Ok(Some(workshop));
    }
    Err(OpError::Usage {
        message: "mode 'pr' has no command that verifies a change".to_owned(),
        hint: "name one on your side, such as triage.verify: [make test]; or allow the repository's: prode config allow"
            .to_owned(),
    })
}

pub(super) fn mode(
    workspace: &Workspace,
    typed: Option<&str>,
    given: &Given,
) -> Result<Mode, OpError> {
    let section = workspace.own_settings().section("mode");
    let set = section.layers().filter_map(|(_, value)| value.as_str()).last();
    let name = typed.or(set).unwrap_or(Mode::DryRun.name());
    let usage = |message: String, hint: &str| OpError::Usage { message, hint: hint.to_owned() };
    match Mode::named(name) {
        Some(mode) if mode > Mode::DryRun && matches!(given, Given::Text { .. }) => Err(usage(
            format!("mode '{}' has nothing to comment on: the ticket is a text", mode.name()),
            "name it by its tracker, such as linear:ENG-12, or use --mode dry-run",
        )),
        Some(Mode::Pr) if workspace.forge()?.is_none() => Err(usage(
            "mode 'pr' has nowhere to open a pull request: no forge is set up".to_owned(),
            "set forge.kind, forge.endpoint and forge.token on your side; see prode doctor",
        )),
        Some(mode) => Ok(mode),
        None => {
            Err(usage(format!("there is no mode '{name}'"), "use one of: dry-run, comment, pr"))
        }
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
