//! `triage`: runs, from a ticket to a decision that can be worked out again.

mod aws;
mod begin;
mod captured;
mod change;
mod connector;
mod coordinate;
mod crew;
mod decide;
mod decided;
mod deliver;
mod desk;
mod drive;
pub mod examples;
mod export;
pub mod freeze;
mod granted;
mod history;
mod journal;
mod kept;
mod keyed;
mod limits;
mod list;
mod monitor;
mod moving;
mod overseer;
mod postgres;
mod programs;
pub mod prompt;
mod reproduce;
pub mod requests;
mod run;
mod sentry;
mod servers;
mod shipped;
mod show;
pub mod sop;
mod stats;
mod submit;
mod support;
mod timeline;
mod tracing;
mod vendor;
pub mod verify;
pub mod watch;
mod written;

pub use captured::{Captured, Exchange, captured};
pub use change::work_tree;
pub use decide::{Decided, decide};
pub use desk::{Desk, run};
pub use drive::Tell;
pub use export::{Exported, run as export};
pub use list::{Listing, Row, list};
pub use overseer::{Held, Nobody, Overseer, Step};
pub(super) use postgres::is_encrypted as standby_is_encrypted;
pub use run::{Given, Options, named, set_up};
pub use show::{resume, show};
pub use stats::{Stats, stats};
pub use submit::submit;
pub use timeline::{Ask, Moment, Timeline, timeline};
pub use tracing::Tracing;

use journal::damaged;
pub(super) use keyed::keyed;

use super::OpError;
use super::random;
use crate::canonical::CanonicalError;
use crate::run_id::RunId;
use crate::store::{RunRow, Store};
use crate::triage::event::{self, Line};
use crate::triage::rebuild::Unbuildable;
use crate::triage::state::State;
use crate::workspace::Workspace;

/// The store, made where there is none.
fn store(workspace: &Workspace) -> Result<Box<dyn Store>, OpError> {
    Ok(workspace.run_store(random::bytes::<32>()?)?)
}

/// The store, where there is one.
fn existing_store(workspace: &Workspace) -> Result<Option<Box<dyn Store>>, OpError> {
    Ok(workspace.existing_run_store()?)
}

/// The store, which must hold runs.
fn store_with_runs(workspace: &Workspace) -> Result<Box<dyn Store>, OpError> {
    existing_store(workspace)?.ok_or_else(|| OpError::NotFound {
        message: "no run was ever opened here".to_owned(),
        hint: "open one: prode triage run ticket.json; or see one: prode triage examples run backend-500".to_owned(),
    })
}

/// Every run of a ticket, the newest first.
fn runs_of_tickets(store: &dyn Store) -> Result<Vec<RunRow>, OpError> {
    let mut runs = store.runs()?;
    runs.retain(|it| !sop::is_one(&it.ticket));
    Ok(runs)
}

/// A run of a procedure is another thing, and is told so.
fn of_ticket(store: &dyn Store, run: &RunId) -> Result<(), OpError> {
    if !sop::is_one(&store.run(run)?.ticket) {
        return Ok(());
    }
    Err(OpError::Invalid {
        message: format!("run '{run}' is of a procedure, not of a ticket"),
        hint: format!("see it: prode triage sop start --run {run}"),
    })
}

/// A run's lines and what they replay to.
struct Read {
    lines: Vec<Line>,
    state: State,
}

fn read(store: &dyn Store, run: &RunId) -> Result<Read, OpError> {
    of_ticket(store, run)?;
    let lines = store.events(run)?;
    if lines.is_empty() {
        return Err(OpError::NotFound {
            message: format!("run '{run}' was taken, and nothing of it is written yet"),
            hint:
                "its worker is about to, or was lost: work on the ticket once more, and it goes on"
                    .to_owned(),
        });
    }
    let (lines, _) = event::read(&lines).map_err(|it| damaged(run, &it))?;
    let state = State::replay(&lines).map_err(|it| damaged(run, &it))?;
    Ok(Read { lines, state })
}

impl From<Unbuildable> for OpError {
    fn from(error: Unbuildable) -> Self {
        Self::Invalid {
            message: error.to_string(),
            hint: "see everything that does not hold: prode triage verify R-…".to_owned(),
        }
    }
}

impl From<CanonicalError> for OpError {
    fn from(error: CanonicalError) -> Self {
        Self::Invalid {
            message: format!("it has no canonical form: {error}"),
            hint: "numbers are whole, from -(2^53-1) to 2^53-1".to_owned(),
        }
    }
}
