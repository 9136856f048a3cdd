//! `R-…:sop-gate:3`: what a person signs to let a run pass a gate.
//!
//! It names the page's version, the gate, and what came out of its steps so
//! far: a step that is done again after the signature needs another one.

use std::collections::BTreeMap;

use super::stored::{Stored, Walked, walked};
use crate::approval::Request;
use crate::canonical::{digest, to_bytes};
use crate::ops::OpError;
use crate::run_id::RunId;
use crate::sop::state::Stands;
use crate::workspace::Workspace;

/// The request for the gate `number`, as canonical bytes.
///
/// # Errors
/// The run is not at that gate.
pub(in crate::ops::triage) fn document(
    workspace: &Workspace,
    run: &RunId,
    number: usize,
) -> Result<Vec<u8>, OpError> {
    let store = crate::ops::triage::store_with_runs(workspace)?;
    let Stored { read, .. } = Stored::of(&*store, run)?;
    let Walked { procedure, state } = walked(workspace, run, &read)?;
    let Stands::Gate(at) = state.stands() else { return Err(not_there(run, "over")) };
    let found = state.gate(&procedure, at).filter(|_| at as usize == number);
    let (gate, so_far) = found.ok_or_else(|| not_there(run, &format!("at gate {at}")))?;
    let outputs: Vec<(u32, &str)> =
        so_far.outputs.iter().map(|it| (it.step, it.raw.as_str())).collect();
    let sop = format!("{}@{}", state.sop, state.commit);
    let preconditions = [
        ("sop", sop.clone()),
        ("gates", state.digest.clone()),
        ("gate", digest(&to_bytes(gate)?)),
        ("outputs", digest(&to_bytes(&outputs)?)),
    ];
    let request = Request {
        schema: "prode.request/v1".to_owned(),
        action: "sop-gate".to_owned(),
        what: format!(
            "pass gate {at} '{}' after {} outputs of its {} steps",
            gate.heading,
            outputs.len(),
            gate.steps.len()
        ),
        target: state.ticket.as_ref().map_or(sop.clone(), |it| format!("{sop} for {it}")),
        reason: if gate.decision.is_empty() { gate.heading.clone() } else { gate.decision.clone() },
        requester: format!("process:prode/{run}"),
        preconditions: preconditions
            .map(|(name, value)| (name.to_owned(), value))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
        run: Some(run.to_string()),
    };
    Ok(to_bytes(&request)?)
}

fn not_there(run: &RunId, is: &str) -> OpError {
    OpError::NotFound {
        message: format!("run '{run}' is {is}, and asks for nothing else"),
        hint: format!("see what it asks for: prode triage sop start --run {run}"),
    }
}
