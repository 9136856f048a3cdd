//! `triage show` and `triage resume`: a run as it is, and going on with it.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::drive::Tell;
use super::journal::Kept;
use super::overseer::Overseer;
use crate::ops::OpError;
use crate::run_id::RunId;
use crate::triage::run::Run;
use crate::workspace::Workspace;

/// A run as its events tell it.
pub fn show(workspace: &Workspace, run: &RunId) -> Result<Run, OpError> {
    let store = super::store_with_runs(workspace)?;
    let read = super::read(&*store, run)?;
    Ok(Run::of(run.as_str(), &read.state, &Kept(&*store))?)
}

/// Goes on with a run that rests or was left; one that is over stays as it is.
///
/// # Errors
/// As [`Desk::resume`].
pub fn resume(
    workspace: &Workspace,
    run: &RunId,
    (answers, capture): (&BTreeMap<String, String>, bool),
    overseer: &dyn Overseer,
    tell: Tell<'_>,
) -> Result<(), OpError> {
    Desk::at(workspace).before(overseer).capturing(capture).resume(run, answers, tell)
}
