//! `triage verify`: whether a kept run is what happened.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::export;
use super::kept::kept;
use crate::allowance::NOWHERE;
use crate::ops::OpError;
use crate::ops::redact::{Screen, screen};
use crate::redaction::{Redactor, Settings};
use crate::run_id::RunId;
use crate::triage::verification::{Check, Fault, Kept, verify as faults};
use crate::workspace::Workspace;

/// What was held against what, and what does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// `prode.triage_verify/v1`.
    pub schema: String,
    /// The run.
    pub run: String,
    /// True if everything holds.
    pub sound: bool,
    /// What was checked.
    pub checks: Vec<Check>,
    /// What does not hold.
    pub faults: Vec<Fault>,
    /// How many events it has.
    pub events: usize,
    /// How many artifacts it keeps.
    pub artifacts: usize,
}

/// Verifies a run of the store.
pub fn run(workspace: &Workspace, run: &RunId) -> Result<Verified, OpError> {
    let store = super::store_with_runs(workspace)?;
    let mut kept = kept(&*store, run)?;
    let row = store.runs()?.into_iter().find(|it| it.run == *run);
    kept.closed = row.map(|it| it.closed);
    Ok(verified(&kept, &screen(workspace)?))
}

/// Verifies an exported run. It needs no repository: without one, redaction
/// looks by its own rules alone.
pub fn folder(workspace: Option<&Workspace>, folder: &Path) -> Result<Verified, OpError> {
    let kept = export::read(folder)?;
    let screen = match workspace {
        Some(workspace) => screen(workspace)?,
        None => Screen::strict(Redactor::new(&Settings::default())?),
    };
    Ok(verified(&kept, &screen))
}

pub(super) fn verified(kept: &Kept, screen: &Screen) -> Verified {
    let hides = |text: &str| match screen.redact(NOWHERE, text) {
        Ok(screened) => screened.findings.first().map(|it| it.rule.to_string()),
        Err(error) => Some(error.to_string()),
    };
    let faults = faults(kept, &hides);
    Verified {
        schema: "prode.triage_verify/v1".to_owned(),
        run: kept.run.clone(),
        sound: faults.is_empty(),
        checks: Check::ALL.to_vec(),
        faults,
        events: kept.lines.len(),
        artifacts: kept.artifacts.len(),
    }
}
