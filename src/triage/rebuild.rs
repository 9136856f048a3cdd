//! From what a run kept back to its bundle: the way that made it, and the way
//! in which anybody checks it.

use serde::de::DeserializeOwned;

use super::bundle::Bundle;
use super::coordinator::Reply;
use super::evidence::{Answer, Answered, Evidence, Gap, Hypothesis, MemoryUse};
use super::gate::{Bar, Verdict, evaluate};
use super::inventory::Inventory;
use super::output::Absence;
use super::output::Output;
use super::snapshot::Snapshot;
use super::state::{Came, State};
use crate::canonical::from_bytes;

/// What a run kept, by digest.
pub trait Artifacts {
    /// The bytes of that digest.
    fn artifact(&self, digest: &str) -> Option<Vec<u8>>;
}

impl Artifacts for std::collections::BTreeMap<String, Vec<u8>> {
    fn artifact(&self, digest: &str) -> Option<Vec<u8>> {
        self.get(digest).cloned()
    }
}

/// A bundle that cannot be made again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unbuildable {
    /// Something that the events name is not there.
    #[error("the {what} {digest} is not kept")]
    Missing {
        /// What it is.
        what: &'static str,
        /// Its name.
        digest: String,
    },
    /// Something is not of its form.
    #[error("the {what} {digest} cannot be read: {why}")]
    Malformed {
        /// What it is.
        what: &'static str,
        /// Its name.
        digest: String,
        /// What is wrong.
        why: String,
    },
    /// Events have not come so far.
    #[error("the run has no {0} yet")]
    TooEarly(&'static str),
}

/// The snapshot of a run.
pub fn snapshot(state: &State, kept: &dyn Artifacts) -> Result<Snapshot, Unbuildable> {
    let digest = state.snapshot.as_deref().ok_or(Unbuildable::TooEarly("snapshot"))?;
    document(kept, "snapshot", digest)
}

/// The evidence of a run, from what was answered.
pub fn evidence(state: &State, kept: &dyn Artifacts) -> Result<Evidence, Unbuildable> {
    let snapshot = snapshot(state, kept)?;
    let memory = state.memory.as_deref().ok_or(Unbuildable::TooEarly("routed memory"))?;
    let memory: Vec<MemoryUse> = document(kept, "routed memory", memory)?;
    let hypotheses = hypotheses(state, kept)?;
    let answered = state
        .questions
        .iter()
        .filter(|it| state.answers.contains_key(&it.name))
        .map(|question| {
            let came = state.answers.get(&question.name);
            let answer = match came.ok_or(Unbuildable::TooEarly("answer of everybody"))? {
                Came::Answer(digest, how) => {
                    Answer::Given(document::<Output>(kept, "answer", digest)?, *how)
                }
                Came::Nothing(absence, why, _) => {
                    Answer::Missing { absence: *absence, why: why.clone() }
                }
            };
            let (specialist, required) = (question.name.clone(), question.required);
            Ok(Answered { specialist, required, answer })
        })
        .collect::<Result<_, Unbuildable>>()?;
    let mut evidence = Evidence::of(snapshot.window, memory, hypotheses, answered);
    evidence.gaps.extend(state.uncoordinated.iter().map(|why| Gap {
        specialist: "coordinator".to_owned(),
        what: why.clone(),
        absence: Absence::Error,
        required: false,
    }));
    evidence.gaps.extend(state.turned_back.iter().map(|(_, why)| Gap {
        specialist: "change".to_owned(),
        what: why.clone(),
        absence: Absence::Error,
        required: false,
    }));
    evidence.gaps.sort();
    Ok(evidence)
}

/// What the coordinator said last; nothing where it could not be followed.
fn reply(state: &State, kept: &dyn Artifacts) -> Result<Option<Reply>, Unbuildable> {
    let digest = state.reply.as_deref().filter(|_| state.uncoordinated.is_none());
    digest.map(|digest| document(kept, "reply of the coordinator", digest)).transpose()
}

/// The usual explanations, and those that the coordinator added.
fn hypotheses(state: &State, kept: &dyn Artifacts) -> Result<Vec<Hypothesis>, Unbuildable> {
    let mut all = Hypothesis::usual();
    all.extend(reply(state, kept)?.into_iter().flat_map(|reply| reply.hypotheses));
    Ok(all)
}

/// The bundle of a run, and the verdict in it.
pub fn bundle(state: &State, kept: &dyn Artifacts) -> Result<Bundle, Unbuildable> {
    let snapshot = snapshot(state, kept)?;
    let inventory = state.inventory.as_deref().ok_or(Unbuildable::TooEarly("inventory"))?;
    let tools = document::<Inventory>(kept, "inventory", inventory)?.tools;
    let evidence = evidence(state, kept)?;
    let verdict = verdict(state, &evidence, reply(state, kept)?);
    Bundle::of(&snapshot, &tools, evidence, verdict).map_err(|error| Unbuildable::Malformed {
        what: "bundle",
        digest: String::new(),
        why: error.to_string(),
    })
}

/// What the gate says of a run's evidence.
fn verdict(state: &State, evidence: &Evidence, reply: Option<Reply>) -> Verdict {
    let chosen = reply.and_then(|reply| reply.classification);
    let bar = Bar {
        confidence: state.bar,
        budget_spent: state.is_spent(),
        turned_back: state.turned_back.as_ref().map(|(reason, _)| *reason),
        chosen,
        ..Bar::default()
    };
    evaluate(evidence, &bar)
}

/// A kept document of a form.
pub fn document<T: DeserializeOwned>(
    kept: &dyn Artifacts,
    what: &'static str,
    digest: &str,
) -> Result<T, Unbuildable> {
    let missing = || Unbuildable::Missing { what, digest: digest.to_owned() };
    let bytes = kept.artifact(digest).ok_or_else(missing)?;
    from_bytes(&bytes).map_err(|error| Unbuildable::Malformed {
        what,
        digest: digest.to_owned(),
        why: error.to_string(),
    })
}
