//! A run of a procedure as it is stored: read, replayed, shown.

use super::log::broken;
use super::page::Pinned;
use super::{CAPTURE, PREFIX};
use crate::chain::{self, Chain};
use crate::ops::OpError;
use crate::ops::triage::begin::now;
use crate::run_id::RunId;
use crate::sop::Procedure;
use crate::sop::event::{Event, Line};
use crate::sop::record;
use crate::sop::run::{SopRun, Told};
use crate::sop::state::State;
use crate::store::Store;
use crate::workspace::Workspace;

/// A run as its events tell it.
pub fn show(workspace: &Workspace, run: &RunId) -> Result<SopRun, OpError> {
    shown(workspace, &*crate::ops::triage::store_with_runs(workspace)?, run)
}

/// A run's page and its state.
pub(super) struct Walked {
    pub(super) procedure: Procedure,
    pub(super) state: State,
}

/// The page that a run pins, and how far the run is.
pub(super) fn walked(
    workspace: &Workspace,
    run: &RunId,
    lines: &[Line],
) -> Result<Walked, OpError> {
    let pinned = pinned(run, lines)?;
    let procedure = pinned.procedure(workspace)?;
    let state = State::replay(&procedure, lines).map_err(|it| broken(run, &it))?;
    Ok(Walked { procedure, state })
}

fn pinned(run: &RunId, lines: &[Line]) -> Result<Pinned, OpError> {
    let pinned = lines.first().and_then(|it| match &it.event {
        Event::SopOpened { sop, commit, .. } => Pinned::of(sop, commit),
        _ => None,
    });
    pinned.ok_or_else(|| OpError::Invalid {
        message: format!("run '{run}' walks no procedure yet"),
        hint: "start it: prode triage sop start PAGE".to_owned(),
    })
}

/// A run of a ticket is another thing, and a capture too.
pub(super) fn is_walked(store: &dyn Store, run: &RunId) -> Result<(), OpError> {
    let ticket = store.run(run)?.ticket;
    if ticket.starts_with(PREFIX) {
        return Ok(());
    }
    let hint = match ticket.strip_prefix(CAPTURE) {
        Some(_) => "it keeps answers: prode triage sop capture --title …".to_owned(),
        None => format!("see it: prode triage show {run}"),
    };
    Err(OpError::Invalid {
        message: format!("run '{run}' is of '{ticket}', and walks no procedure"),
        hint,
    })
}

/// The events of a run.
pub(super) struct Stored {
    /// As they are stored.
    pub(super) lines: Vec<Vec<u8>>,
    /// As they are read.
    pub(super) read: Vec<Line>,
    /// Where they end.
    pub(super) chain: Chain,
}

impl Stored {
    pub(super) fn of(store: &dyn Store, run: &RunId) -> Result<Self, OpError> {
        is_walked(store, run)?;
        let lines = store.events(run)?;
        let (read, chain) = chain::read(&lines).map_err(|it| broken(run, &it))?;
        Ok(Self { lines, read, chain })
    }
}

/// A run as its events tell it.
pub(super) fn shown(
    workspace: &Workspace,
    store: &dyn Store,
    run: &RunId,
) -> Result<SopRun, OpError> {
    let Stored { lines, read, chain } = Stored::of(store, run)?;
    let Walked { procedure, state } = walked(workspace, run, &read)?;
    let record = record::write(&procedure, &lines);
    let excerpt = |digest: &str| {
        let bytes = store.artifact(digest).ok().flatten().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let told = Told {
        run: run.as_str(),
        outdated: !pinned(run, &read)?.is_current(workspace)?,
        events_digest: chain.head().to_owned(),
        record: record.map_err(|it| broken(run, &it))?,
        now: now(),
        excerpt: &excerpt,
    };
    Ok(SopRun::of(&procedure, &state, told))
}
