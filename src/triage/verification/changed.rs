//! Holds what events say of a change to what is kept of it.

use super::{Check, Fault, Kept, fault};
use crate::triage::delivery::{Change, Monitor, Review, Verification};
use crate::triage::event::{Event, Line};
use crate::triage::rebuild::{self, Unbuildable};
use crate::triage::state::{Decided, State};

/// The attempt that events are about.
#[derive(Debug, Default)]
struct Attempt {
    commit: String,
    is_too_far: bool,
}

/// Every attempt, in the order of the events.
pub(super) fn changed(kept: &Kept, lines: &[Line], faults: &mut Vec<Fault>) {
    let mut attempt = Attempt::default();
    for line in lines {
        match held(kept, &line.event, &mut attempt) {
            Ok(None) => {}
            Ok(Some(what)) => faults.push(fault(Check::Change, what)),
            Err(error) => faults.push(fault(Check::Change, error.to_string())),
        }
    }
}

/// What does not hold of one event. A change that goes too far is kept, and nothing
/// follows from it.
fn held(kept: &Kept, event: &Event, attempt: &mut Attempt) -> Result<Option<String>, Unbuildable> {
    let all = &kept.artifacts;
    let commit = attempt.commit.clone();
    Ok(match event {
        Event::Changed { commit, artifact } => {
            *attempt = Attempt { commit: commit.clone(), is_too_far: false };
            let change: Change = rebuild::document(all, "change", artifact)?;
            attempt.is_too_far = !change.crossings.is_empty();
            (change.commit != *commit)
                .then(|| format!("the change {commit} is not what is kept of it"))
        }
        Event::Verified { .. } if attempt.is_too_far => {
            Some(format!("the change {commit} goes too far, and was verified"))
        }
        Event::Verified { artifact, passed } => {
            let it: Verification = rebuild::document(all, "verification", artifact)?;
            let holds = it.passed() == *passed && it.commit == commit;
            (!holds).then(|| format!("the verification of {commit} says something else"))
        }
        Event::Reviewed { artifact, accepted } => {
            let it: Review = rebuild::document(all, "review", artifact)?;
            (it.is_accepted() != *accepted)
                .then(|| format!("the review of {commit} says something else"))
        }
        Event::Monitored { artifact, seen } => {
            let it: Monitor = rebuild::document(all, "monitor", artifact)?;
            (it.seen() != *seen).then(|| "what was watched comes to something else".to_owned())
        }
        _ => None,
    })
}

/// The decision that opened the gate, before the change was turned back.
pub(super) fn earlier(kept: &Kept, state: &State, said: &Decided, faults: &mut Vec<Fault>) {
    let before = State { turned_back: None, ..state.clone() };
    match rebuild::bundle(&before, &kept.artifacts) {
        Ok(bundle) => {
            let bytes = bundle.bytes().unwrap_or_default();
            let is_same = crate::canonical::digest(&bytes) == said.bundle
                && bundle.decision == said.decision
                && bundle.classification == said.classification
                && bundle.reasons == said.reasons
                && bundle.confidence.value == said.confidence;
            if !is_same {
                faults.push(fault(Check::Bundle, "what opened the gate is another bundle"));
            }
        }
        Err(error) => faults.push(fault(Check::Bundle, error.to_string())),
    }
}
