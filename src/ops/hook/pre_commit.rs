//! Before a commit: what is staged, not what lies on disk, against HEAD.

use super::brought::Brought;
use super::introduced::introduced;
use super::{Call, Report};
use crate::git::Repository;
use crate::ids::TreeId;
use crate::ops::OpError;
use crate::workspace::{Asked, Workspace};

pub(super) fn run(workspace: &Workspace, _: &Call) -> Result<Report, OpError> {
    let is_first = workspace.repository().is_none_or(Repository::is_unborn);
    let lint = introduced(workspace, (!is_first).then_some("HEAD"), &Asked::Staged)?;
    let Some(mut brought) = Brought::to(workspace)? else { return Ok(lint.into()) };
    let staged = workspace.revision(&Asked::Staged)?.tree;
    if let (Some(git), Some(staged)) = (workspace.repository(), staged) {
        brought.tree(&parents(git)?, staged)?;
    }
    Ok(brought.report(lint))
}

/// The trees that the commit will have as parents: of a merge both.
fn parents(git: &Repository) -> Result<Vec<TreeId>, OpError> {
    let names = ["HEAD", "MERGE_HEAD"].into_iter().filter_map(|name| git.resolve(name).ok());
    names.map(|commit| Ok(git.commit(commit)?.tree)).collect()
}
