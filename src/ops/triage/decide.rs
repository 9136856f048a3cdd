//! `triage decide`: the gate once more, over what a run kept.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::journal::Kept;
use crate::canonical::digest;
use crate::ops::OpError;
use crate::run_id::RunId;
use crate::triage::bundle::Bundle;
use crate::triage::rebuild;
use crate::workspace::Workspace;

/// What the gate says now, beside what was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// `prode.triage_decide/v1`.
    pub schema: String,
    /// The run.
    pub run: String,
    /// The bundle that its answers make.
    pub bundle: Bundle,
    /// SHA-256 of its canonical bytes.
    pub bundle_digest: String,
    /// What the run wrote down; null before it decided.
    pub recorded_digest: Option<String>,
    /// True if both are the same.
    pub same: bool,
}

/// Decides again; nothing is written.
pub fn decide(workspace: &Workspace, run: &RunId) -> Result<Decided, OpError> {
    let store = super::store_with_runs(workspace)?;
    let read = super::read(&*store, run)?;
    let bundle = rebuild::bundle(&read.state, &Kept(&*store))?;
    let bundle_digest = digest(&bundle.bytes()?);
    let recorded_digest = read.state.decided.map(|it| it.bundle);
    Ok(Decided {
        schema: "prode.triage_decide/v1".to_owned(),
        run: run.to_string(),
        same: recorded_digest.as_ref() == Some(&bundle_digest),
        bundle,
        bundle_digest,
        recorded_digest,
    })
}
