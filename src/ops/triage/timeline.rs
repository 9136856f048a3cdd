//! `triage show --timeline`: a run's events in their order, and what exactly waits for a
//! person's signature.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::journal::{Kept, damaged};
use super::requests;
use crate::canonical::digest;
use crate::ops::OpError;
use crate::ops::ledger;
use crate::run_id::RunId;
use crate::triage::event::{Event, Line};
use crate::triage::phase::Phase;
use crate::triage::run::Run;
use crate::triage::state::State;
use crate::workspace::Workspace;

/// How a run went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    /// `prode.triage_timeline/v1`.
    pub schema: String,
    /// The run's name.
    pub run: String,
    /// The least confidence for anything but a stop, in per cent.
    pub bar: u8,
    /// When its time is over, RFC 3339.
    pub deadline: String,
    /// What happened, in its order.
    pub moments: Vec<Moment>,
    /// What it asks people to approve.
    pub asks: Vec<Ask>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moment {
    /// 0, 1, 2 …
    pub number: u64,
    /// When it was written down, RFC 3339.
    pub at: String,
    /// The phase in which it happened.
    pub phase: Phase,
    /// The event's name: `opened`, `answered`, `decided`, …
    pub what: String,
    /// What it says, redacted; empty where its name says all.
    pub about: String,
    /// The digest of what is kept of it.
    pub artifact: Option<String>,
}

/// Something that a person is asked to approve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ask {
    /// `R-…:data-correction:1`.
    pub request: String,
    /// The digest of `document`: the subject that an approval names.
    pub digest: String,
    /// `prode.request/v1` as canonical JSON, which a person reads before signing.
    pub document: String,
    /// True where an approval of it was used up by the run.
    pub used: bool,
    /// What is missing by the trunk's word as it is now; empty where it is approved, null
    /// where the trunk cannot say.
    pub missing: Option<Vec<String>>,
}

/// How a run went, with what waits for a signature now.
pub fn timeline(workspace: &Workspace, run: &RunId) -> Result<Timeline, OpError> {
    let store = super::store_with_runs(workspace)?;
    let read = super::read(&*store, run)?;
    let document = Run::of(run.as_str(), &read.state, &Kept(&*store))?;
    let asks = requests::documents(&document)?;
    let asks = asks.into_iter().map(|(name, bytes)| ask(workspace, &document, name, &bytes));
    Ok(Timeline {
        schema: "prode.triage_timeline/v1".to_owned(),
        run: run.to_string(),
        bar: read.state.bar,
        deadline: read.state.deadline.to_string(),
        moments: moments(run, &read.lines)?,
        asks: asks.collect(),
    })
}

fn moments(run: &RunId, lines: &[Line]) -> Result<Vec<Moment>, OpError> {
    let Some((first, rest)) = lines.split_first() else { return Ok(Vec::new()) };
    let planned: Vec<_> = lines.iter().filter_map(planned).flatten().cloned().collect();
    let mut state =
        State::replay(std::slice::from_ref(first)).map_err(|error| damaged(run, &error))?;
    let moment = |line: &Line, phase: Phase| Moment {
        number: line.number,
        at: line.at.to_string(),
        phase,
        what: line.event.name(),
        about: line.event.about(&planned),
        artifact: line.event.artifact().map(str::to_owned),
    };
    let mut moments = vec![moment(first, state.phase())];
    for line in rest {
        let before = state.phase();
        // All of them were replayed when they were read.
        let _ = state.apply(&line.event);
        let is_end = matches!(line.event, Event::Rested { .. });
        moments.push(moment(line, if is_end { state.phase() } else { before }));
    }
    Ok(moments)
}

fn planned(line: &Line) -> Option<&[crate::triage::effect::Effect]> {
    match &line.event {
        Event::Planned { effects } => Some(effects),
        _ => None,
    }
}

fn ask(workspace: &Workspace, run: &Run, request: String, bytes: &[u8]) -> Ask {
    let asked = ledger::request(&request, bytes, None);
    let decided = asked.and_then(|asked| ledger::decided(workspace, &asked)).ok();
    let missing = decided.map(|it| it.decision.missing);
    Ask {
        digest: digest(bytes),
        document: String::from_utf8_lossy(bytes).into_owned(),
        used: run.approvals.iter().any(|it| it.request == request),
        missing: missing.map(|it| it.iter().map(ToString::to_string).collect()),
        request,
    }
}
