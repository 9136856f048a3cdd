//! `triage show` and `triage resume`: a run as it is, and going on with it.

use std::collections::BTreeMap;

use super::begin::{now, worker};
use super::deliver::Outside;
use super::drive::Tell;
use super::granted::{Granted, grant};
use super::journal::{Journal, Kept};
use super::limits::Limits;
use super::programs::coordinator;
use super::requests::document;
use super::run::{Work, back_to, crew, workshop};
use crate::ops::OpError;
use crate::ops::redact::screen;
use crate::run_id::RunId;
use crate::triage::bundle::names;
use crate::triage::event::Event;
use crate::triage::phase::Phase;
use crate::triage::rebuild;
use crate::triage::run::Run;
use crate::workspace::{Asked, Workspace};

/// A run as its events tell it.
pub fn show(workspace: &Workspace, run: &RunId) -> Result<Run, OpError> {
    let store = super::store_with_runs(workspace)?;
    let read = super::read(&*store, run)?;
    Ok(Run::of(run.as_str(), &read.state, &Kept(&*store))?)
}

/// Goes on with a run that rests or was left; one that is over stays as it is.
pub fn resume(
    workspace: &Workspace,
    run: &RunId,
    answers: &BTreeMap<String, String>,
    tell: Tell<'_>,
) -> Result<(), OpError> {
    let mut store = super::store_with_runs(workspace)?;
    let read = super::read(&*store, run)?;
    if read.state.rested.as_ref().is_some_and(|(phase, _)| phase.is_over()) {
        tell(&Run::of(run.as_str(), &read.state, &Kept(&*store))?);
        return Ok(());
    }
    if let Some(freeze) = store.frozen()? {
        return Err(super::freeze::refusal(&freeze));
    }
    let memory = workspace.memory(&Asked::Trunk)?;
    let limits = Limits::of(&memory.settings);
    let screen = screen(workspace)?;
    let now = &now;
    let (worker, fresh) = (worker(), run.clone());
    let mut journal = Journal::resume(&mut *store, &screen, now, run, &worker, limits.lease)?;
    approve(workspace, &mut journal)?;
    let mut crew = crew(workspace, answers, &limits, now());
    let mode = journal.state().mode;
    let source = rebuild::snapshot(journal.state(), &journal.kept())?.source;
    let work = Work {
        workspace,
        memory: &memory,
        limits: &limits,
        screen: &screen,
        now,
        coordinator: coordinator(workspace),
        workshop: workshop(workspace, mode)?,
        outside: Outside::of(workspace, back_to(workspace, &source)?)?,
        worker,
        fresh,
    };
    work.drive(&mut journal, &mut crew, tell)
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
