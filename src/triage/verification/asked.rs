//! Whether what was asked is what the ticket calls for.
//!
//! The bundle is made of answers; what they answered is held against the plan
//! here, since an answer to another question or about another time says nothing.

use super::{Check, Fault, Kept, fault};
use crate::triage::event::{Event, Line};
use crate::triage::evidence::Hypothesis;
use crate::triage::output::{Output, Request};
use crate::triage::plan::{Named, Question, plan};
use crate::triage::rebuild::{document, snapshot};
use crate::triage::snapshot::Snapshot;
use crate::triage::state::State;

pub(super) fn asked(kept: &Kept, state: &State, faults: &mut Vec<Fault>) {
    // What is missing or malformed is said elsewhere.
    let Ok(ticket) = snapshot(state, &kept.artifacts) else { return };
    if ticket.id != state.ticket {
        let what = format!("it is a run of {}, and its ticket is {}", state.ticket, ticket.id);
        faults.push(fault(Check::Requests, what));
    }
    if state.memory.is_some() {
        faults.extend(unplanned(&ticket, state));
    }
    for (name, digest) in &state.asked {
        let Ok(request) = document::<Request>(&kept.artifacts, "request", digest) else {
            faults.push(fault(Check::Requests, format!("{digest} is no request")));
            continue;
        };
        if !is_planned(&request, name, &ticket, state) {
            let what = format!("{name} was asked something else than was planned");
            faults.push(fault(Check::Requests, what));
        }
    }
}

/// What is counted of an answer is in it; how long it was as it came, and how
/// long it took, is the worker's own word.
pub(super) fn spent(kept: &Kept, lines: &[Line], faults: &mut Vec<Fault>) {
    for line in lines {
        let Event::Answered { question, artifact, spent, .. } = &line.event else { continue };
        let Ok(output) = document::<Output>(&kept.artifacts, "answer", artifact) else { continue };
        let bytes = usize::try_from(spent.bytes).unwrap_or(usize::MAX);
        if output.spent(bytes, spent.seconds) != *spent {
            let what = format!("what {question} took is not what its answer says");
            faults.push(fault(Check::Requests, what));
        }
    }
}

/// Questions that the ticket's own signals make necessary, and the plan does not.
fn unplanned(ticket: &Snapshot, state: &State) -> Vec<Fault> {
    let is_needed =
        |name: &str| state.questions.iter().any(|it| it.specialist == name && it.required);
    let called_for = plan(ticket, &Named::default(), &[]).into_iter();
    let left_out = called_for.filter(|it| it.required && !is_needed(&it.specialist));
    let what = |it: &str| format!("the ticket calls for {it}, and the plan does not");
    left_out.map(|it| fault(Check::Requests, what(&it.specialist))).collect()
}

/// True for the question of the plan, about this ticket and its time; how much
/// it might take is the worker's own.
fn is_planned(request: &Request, name: &str, ticket: &Snapshot, state: &State) -> bool {
    let is_asked = |it: &Question| {
        it.name == name
            && it.name == request.name
            && it.specialist == request.specialist
            && it.text == request.question
    };
    let usual = Hypothesis::usual();
    request.schema == Request::SCHEMA
        && state.questions.iter().any(is_asked)
        && request.window == ticket.window
        && request.ticket == *ticket
        && request.hypotheses.len() == usual.len()
        && usual.iter().all(|it| request.hypotheses.get(&it.id) == Some(&it.text))
}
