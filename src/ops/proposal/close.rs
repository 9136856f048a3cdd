//! `proposal close`: the branch goes, and the learning is rejected.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::build::repository;
use super::found::{self, reference};
use super::pull::{asked_for, on_record};
use super::pushing::push;
use crate::allowance::NOWHERE;
use crate::git::Target;
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::ops::inbox::reject;
use crate::ops::inbox_branch::Branch;
use crate::ops::redact::{self, screen};
use crate::workspace::Workspace;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Closed {
    /// `prode.proposal_close/v1`.
    pub schema: String,
    /// The learning, which is rejected.
    pub id: String,
    /// The commit that the branch had; it can be had back by it for a while.
    pub was: String,
    /// The remote that the branch was taken from; null where there is none.
    pub remote: Option<String>,
    /// The pull request that was closed with it; null where there is none.
    pub pull: Option<String>,
}

/// Rejects the learning with the reason, then removes the branch.
pub fn close(workspace: &Workspace, id: &LearningId, why: &str) -> Result<Closed, OpError> {
    let found = found::one(workspace, id)?;
    reject(workspace, id, why)?;
    let pull = close_pull(workspace, id, why)?;
    if found.local {
        let writer = Branch::of(workspace)?.writer()?;
        writer.delete_ref(Target::Ref(&reference(id)), found.tip)?;
    }
    let remote = push(repository(workspace)?, id, None)?;
    let schema = "prode.proposal_close/v1".to_owned();
    Ok(Closed { schema, id: id.to_string(), was: found.tip.to_string(), remote, pull })
}

/// Closes what is open there, with the reason.
fn close_pull(
    workspace: &Workspace,
    id: &LearningId,
    why: &str,
) -> Result<Option<String>, OpError> {
    let Some(forge) = workspace.forge()? else { return Ok(None) };
    let contents = Branch::of(workspace)?.contents()?;
    let Some(pull) = asked_for(&forge, id, on_record(contents.get(id)?))? else { return Ok(None) };
    let word =
        redact::run(&screen(workspace)?, NOWHERE, &format!("Rejected: {}", why.trim()))?.text;
    forge.close(pull.number, &word)?;
    Ok(Some(forge.place().name_of(pull.number)))
}
