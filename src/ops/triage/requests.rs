//! Actions that a run wants a person to approve, as what they sign.
//!
//! `R-…:data-correction:1` is the first correction that the run's bundle asks
//! for. What is signed names the bundle that it rests on, so that an approval
//! holds for exactly that evidence. `R-…:sop-gate:3` is the third gate of a
//! procedure that the run walks.

use std::collections::BTreeMap;

use super::journal::Kept;
use crate::approval::Request;
use crate::canonical::to_bytes;
use crate::ops::OpError;
use crate::run_id::RunId;
use crate::triage::bundle::{Waiting, names};
use crate::triage::run::Run;
use crate::workspace::Workspace;

/// What a run of a procedure asks for; its number is the gate's.
const SOP_GATE: &str = "sop-gate";

/// `R-…:action:1` in its parts.
pub fn parts(name: &str) -> Option<(RunId, &str, usize)> {
    let mut parts = name.splitn(3, ':');
    let run = parts.next()?.parse().ok()?;
    let (action, number) = (parts.next()?, parts.next()?.parse().ok()?);
    Some((run, action, number))
}

/// The request of that name, as canonical bytes.
///
/// # Errors
/// There is no such run, or it asks for no such thing.
pub fn document(workspace: &Workspace, name: &str) -> Result<Vec<u8>, OpError> {
    let missing = |message: String, hint: String| OpError::NotFound { message, hint };
    let (id, action, number) = parts(name).ok_or_else(|| {
        missing(
            format!("'{name}' names no request of a run"),
            "it is like R-20261126-3f9a1c:data-correction:1".to_owned(),
        )
    })?;
    if action == SOP_GATE {
        return super::sop::request(workspace, &id, number);
    }
    let run = show(workspace, &id)?;
    let wanted = run.waiting.iter().filter(|it| it.wanted.action == action);
    let wanted = number.checked_sub(1).and_then(|at| wanted.clone().nth(at));
    let Some(waiting) = wanted else {
        let names = names(&run.run, &run.waiting);
        let hint = match names.as_slice() {
            [] => format!("it waits for nothing; see prode triage show {id}"),
            names => format!("it asks for: {}", names.join(", ")),
        };
        return Err(missing(format!("run '{id}' does not ask for '{action}:{number}'"), hint));
    };
    of_run(&run, waiting)
}

/// Every request of a run by its name, as canonical bytes.
pub(super) fn documents(run: &Run) -> Result<Vec<(String, Vec<u8>)>, OpError> {
    let names = names(&run.run, &run.waiting);
    let all = names.into_iter().zip(&run.waiting);
    all.map(|(name, waiting)| Ok((name, of_run(run, waiting)?))).collect()
}

fn of_run(run: &Run, waiting: &Waiting) -> Result<Vec<u8>, OpError> {
    let bundle = run.bundle_digest.clone().unwrap_or_default();
    let mut preconditions = BTreeMap::from([("bundle".to_owned(), bundle)]);
    let of_ticket = run.effects.iter().find(|it| it.effect.target == waiting.digest);
    if let Some(step) = of_ticket.and_then(|it| it.effect.moves.as_ref()) {
        preconditions.insert("ticket".to_owned(), step.from.names.join(", "));
    }
    let request = Request {
        schema: "prode.request/v1".to_owned(),
        action: waiting.wanted.action.clone(),
        what: waiting.wanted.what.clone(),
        target: waiting.wanted.target.clone(),
        reason: waiting.wanted.reason.clone(),
        requester: format!("process:prode/{}", run.run),
        preconditions,
        run: Some(run.run.clone()),
    };
    Ok(to_bytes(&request)?)
}

fn show(workspace: &Workspace, id: &RunId) -> Result<Run, OpError> {
    let store = super::store_with_runs(workspace)?;
    let read = super::read(&*store, id)?;
    Ok(Run::of(id.as_str(), &read.state, &Kept(&*store))?)
}
