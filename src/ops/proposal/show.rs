//! `proposal show` and `proposal diff`: what the owners decide on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::build::{repository, text_at};
use super::checks::{Checks, checks};
use super::found;
use super::list::{Row, row};
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::promotion::{side_by_side, unified};
use crate::workspace::Workspace;

/// One proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// `prode.proposal_show/v1`.
    pub schema: String,
    /// What a list shows of it.
    #[serde(flatten)]
    pub row: Row,
    /// What lint and the route tests say.
    pub checks: Checks,
    /// The change as a unified diff.
    pub diff: String,
}

/// How a proposal changes files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diff {
    /// `prode.proposal_diff/v1`.
    pub schema: String,
    /// The learning.
    pub id: String,
    /// Unified, or the two texts beside each other.
    pub diff: String,
}

/// Shows a proposal; `online` asks the forge how its pull request stands, and
/// counts its reviews.
pub fn show(workspace: &Workspace, id: &LearningId, online: bool) -> Result<Shown, OpError> {
    let reviewed = workspace.reviewed()?;
    let found = found::one(workspace, id)?;
    let git = repository(workspace)?;
    let base = git.merge_base(reviewed.commit, found.tip)?.unwrap_or(reviewed.commit);
    Ok(Shown {
        schema: "prode.proposal_show/v1".to_owned(),
        row: row(&Asking::new(workspace, online)?, &reviewed, &found)?,
        checks: checks(workspace, base, found.tip)?,
        diff: diff(workspace, id, None)?.diff,
    })
}

/// The change since the branch left the trunk; with a width in characters,
/// old and new side by side.
pub fn diff(
    workspace: &Workspace,
    id: &LearningId,
    side_by_side_in: Option<usize>,
) -> Result<Diff, OpError> {
    let reviewed = workspace.reviewed()?;
    let found = found::one(workspace, id)?;
    let git = repository(workspace)?;
    let base = git.merge_base(reviewed.commit, found.tip)?.unwrap_or(reviewed.commit);
    let trees = [git.commit(base)?.tree, git.commit(found.tip)?.tree];
    let mut diff = String::new();
    for change in git.exact_changes(Some(trees[0]), Some(trees[1]))? {
        let before = text_at(workspace, base, &change.path)?;
        let after = text_at(workspace, found.tip, &change.path)?.unwrap_or_default();
        let path = change.path.text();
        diff += &match side_by_side_in {
            None => unified(&path, before.as_deref(), &after),
            Some(width) => {
                let both = side_by_side(before.as_deref().unwrap_or_default(), &after, width);
                format!("{path}\n{both}")
            }
        };
    }
    Ok(Diff { schema: "prode.proposal_diff/v1".to_owned(), id: id.to_string(), diff })
}
