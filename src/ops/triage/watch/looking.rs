//! One look: which tickets wait, and which runs can go on.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::line::{Line, Task};
use super::plan::Plan;
use super::told::Happened;
use super::waking::wakes;
use crate::ops::OpError;
use crate::ops::triage::begin::now;
use crate::ops::triage::journal::Kept;
use crate::ops::triage::{read, runs_of_tickets};
use crate::run_id::RunId;
use crate::store::{RunRow, Store};
use crate::tracker::TicketName;
use crate::triage::phase::Phase;
use crate::triage::rebuild;
use crate::workspace::Workspace;

/// A run that neither rests nor is worked on so long after its opening is stuck.
const STUCK: SignedDuration = SignedDuration::from_hours(1);

/// What is remembered from one look to the next.
#[derive(Default)]
pub(super) struct Looking {
    store: Option<Box<dyn Store>>,
    /// What was read of a run, as long as it has so many events.
    runs: HashMap<RunId, (u64, Known)>,
}

/// What a look needs to know of a run.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// It is of this queue, and of this mode.
    ours: bool,
    /// Where it rests.
    rests: Option<Phase>,
    decided: bool,
}

impl Looking {
    /// Puts into the line what waits and is not there yet.
    pub(super) fn look(
        &mut self,
        workspace: &Workspace,
        plan: &Plan,
        line: &Line,
    ) -> Result<Happened, OpError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => crate::ops::triage::store(workspace)?,
        };
        if let Some(freeze) = store.frozen()? {
            self.store = Some(store);
            return Err(crate::ops::triage::freeze::refusal(&freeze));
        }
        let queued = queued(workspace, plan)?;
        let rows = runs_of_tickets(&*store)?;
        let time = now();
        let (mut added, mut waiting, mut stuck) = (0, 0, 0);
        let open: Vec<&RunRow> = rows.iter().filter(|it| !it.closed).collect();
        self.runs.retain(|run, _| open.iter().any(|it| it.run == *run));
        for row in &open {
            let known = self.known(workspace, &*store, row, plan);
            waiting += usize::from(known.ours && known.rests == Some(Phase::Waiting));
            if is_held(row, time) {
                continue;
            }
            stuck += usize::from(known.rests.is_none() && time.duration_since(row.opened) > STUCK);
            // What cannot be asked is told by whoever goes on with it.
            let is_asleep = || {
                known.rests.is_some() && matches!(wakes(workspace, &*store, &row.run), Ok(false))
            };
            if known.ours && !is_asleep() {
                let (run, ticket) = (row.run.clone(), row.ticket.clone());
                added += usize::from(line.add(Task::Run { run, ticket, decided: known.decided }));
            }
        }
        // Of a run whose worker was lost before its first line there is nothing but its name:
        // whoever takes the ticket goes on with it.
        let begun = rows.iter().filter(|it| it.events > 0 || is_held(it, time));
        let worked: HashSet<&str> = begun.map(|it| it.ticket.as_str()).collect();
        for name in &queued {
            if !worked.contains(name.id().as_str()) {
                added += usize::from(line.add(Task::Ticket(name.clone())));
            }
        }
        let ids: HashSet<String> = queued.iter().map(TicketName::id).collect();
        line.forget(|ticket| ids.contains(ticket) || open.iter().any(|it| it.ticket == ticket));
        self.store = Some(store);
        Ok(Happened::Looked { tickets: queued.len(), added, waiting, stuck })
    }

    /// A run that cannot be read is nobody's: `triage verify` says what is wrong with it.
    fn known(
        &mut self,
        workspace: &Workspace,
        store: &dyn Store,
        row: &RunRow,
        plan: &Plan,
    ) -> Known {
        match self.runs.get(&row.run) {
            Some((events, known)) if *events == row.events => return *known,
            _ => {}
        }
        let nobody = Known { ours: false, rests: None, decided: false };
        let known = known(workspace, store, &row.run, plan).unwrap_or(nobody);
        self.runs.insert(row.run.clone(), (row.events, known));
        known
    }
}

fn queued(workspace: &Workspace, plan: &Plan) -> Result<Vec<TicketName>, OpError> {
    let tracker = workspace.tracker()?.ok_or_else(|| OpError::Usage {
        message: "no token is set to read the tracker's tickets with".to_owned(),
        hint: "set tracker.token on your side; see prode doctor".to_owned(),
    })?;
    Ok(tracker.queued(&plan.queue)?)
}

fn known(
    workspace: &Workspace,
    store: &dyn Store,
    run: &RunId,
    plan: &Plan,
) -> Result<Known, OpError> {
    let read = read(store, run)?;
    let source = rebuild::snapshot(&read.state, &Kept(store))?.source;
    let place = workspace.tracker_place()?;
    let name = TicketName::parse(&source, place.as_ref()).ok().flatten();
    Ok(Known {
        ours: name.is_some_and(|it| plan.is_of(&it, read.state.mode)),
        rests: read.state.rested.as_ref().map(|(phase, _)| *phase),
        decided: read.state.decided.is_some(),
    })
}

fn is_held(row: &RunRow, time: Timestamp) -> bool {
    row.holder.as_ref().is_some_and(|it| it.until > time)
}
