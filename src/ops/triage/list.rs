//! `triage list`: the runs that are in the store.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ops::OpError;
use crate::triage::class::{Classification, Decision};
use crate::triage::phase::Phase;
use crate::workspace::Workspace;

/// Every run, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.triage_list/v1`.
    pub schema: String,
    /// Each run.
    pub runs: Vec<Row>,
    /// Why nothing but reading is wanted; null where nothing is frozen.
    pub frozen: Option<String>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Its name.
    pub run: String,
    /// The ticket's name.
    pub ticket: String,
    /// When it was opened, RFC 3339.
    pub opened: String,
    /// How far it is; `failed` where its events cannot be read.
    pub phase: Phase,
    /// What was decided.
    pub decision: Option<Decision>,
    /// What the ticket is.
    pub classification: Option<Classification>,
    /// In per cent.
    pub confidence: Option<u8>,
    /// Approvals of people that it waits for.
    pub waiting: usize,
    /// Why it rests where it does, as a code; null while it goes on.
    pub outcome: Option<String>,
    /// Who works on it now, until when.
    pub holder: Option<String>,
    /// How many events it has.
    pub events: u64,
}

/// Lists.
pub fn list(workspace: &Workspace) -> Result<Listing, OpError> {
    let schema = "prode.triage_list/v1".to_owned();
    let Some(store) = super::existing_store(workspace)? else {
        return Ok(Listing { schema, runs: Vec::new(), frozen: None });
    };
    let now = workspace.clock().now();
    let mut runs = Vec::new();
    for row in super::runs_of_tickets(&*store)? {
        let state = super::read(&*store, &row.run).map(|read| read.state).ok();
        let decided = state.as_ref().and_then(|it| it.decided.as_ref());
        let holder = row.holder.filter(|it| it.until > now);
        runs.push(Row {
            run: row.run.to_string(),
            ticket: row.ticket,
            opened: row.opened.to_string(),
            phase: match &state {
                Some(state) => state.phase(),
                // It was taken, and nothing of it is written yet.
                None if row.events == 0 => Phase::Intake,
                None => Phase::Failed,
            },
            decision: decided.map(|it| it.decision),
            classification: decided.map(|it| it.classification),
            confidence: decided.map(|it| it.confidence),
            waiting: state.as_ref().map_or(0, crate::triage::state::State::outstanding),
            outcome: state.as_ref().and_then(|it| it.rested.as_ref()).map(|it| it.1.clone()),
            holder: holder.map(|it| format!("{} until {}", it.worker, it.until)),
            events: row.events,
        });
    }
    let frozen = store.frozen()?.map(|it| it.why);
    Ok(Listing { schema, runs, frozen })
}
