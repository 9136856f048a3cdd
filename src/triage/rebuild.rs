//! From what a run kept back to its bundle: the way that made it, and the way
//! in which anybody checks it.

use serde::de::DeserializeOwned;

use super::bundle::Bundle;
use super::evidence::{Answer, Answered, Evidence, Hypothesis, MemoryUse};
use super::gate::{Bar, Verdict, evaluate};
use super::inventory::Inventory;
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
    let answered = state
        .questions
        .iter()
        .map(|question| {
            let came = state.answers.get(&question.specialist);
            let answer = match came.ok_or(Unbuildable::TooEarly("answer of everybody"))? {
                Came::Answer(digest, how) => {
                    Answer::Given(document::<Output>(kept, "answer", digest)?, *how)
                }
                Came::Nothing(absence, why, _) => {
                    Answer::Missing { absence: *absence, why: why.clone() }
                }
            };
            let (specialist, required) = (question.specialist.clone(), question.required);
            Ok(Answered { specialist, required, answer })
        })
        .collect::<Result<_, Unbuildable>>()?;
    Ok(Evidence::of(snapshot.window, memory, Hypothesis::usual(), answered))
}

/// The bundle of a run, and the verdict in it.
pub fn bundle(state: &State, kept: &dyn Artifacts) -> Result<Bundle, Unbuildable> {
    let snapshot = snapshot(state, kept)?;
    let inventory = state.inventory.as_deref().ok_or(Unbuildable::TooEarly("inventory"))?;
    let tools = document::<Inventory>(kept, "inventory", inventory)?.tools;
    let evidence = evidence(state, kept)?;
    let verdict = verdict(state, &evidence);
    Bundle::of(&snapshot, &tools, evidence, verdict).map_err(|error| Unbuildable::Malformed {
        what: "bundle",
        digest: String::new(),
        why: error.to_string(),
    })
}

/// What the gate says of a run's evidence.
pub fn verdict(state: &State, evidence: &Evidence) -> Verdict {
    let bar = Bar { confidence: state.bar, budget_spent: state.is_spent(), ..Bar::default() };
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
