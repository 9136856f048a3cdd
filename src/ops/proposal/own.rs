//! Whether a branch holds what prode put there and nothing else.

use super::build::{built, repository};
use super::found::Found;
use crate::git::{Edit, Writer};
use crate::ids::CommitId;
use crate::inbox::Action;
use crate::ops::OpError;
use crate::ops::inbox_branch::Entry;
use crate::promotion::section_text;
use crate::workspace::{Asked, Workspace};

/// True if the branch is one commit ahead of the trunk, and that commit is
/// the learning as it is, or as it was before an edition.
pub(super) fn is_own(
    workspace: &Workspace,
    writer: &Writer,
    (found, trunk): (&Found, CommitId),
    entry: &Entry,
) -> Result<bool, OpError> {
    let git = repository(workspace)?;
    let tip = git.commit(found.tip)?;
    let [parent] = tip.parents[..] else { return Ok(false) };
    if git.merge_base(trunk, found.tip)? != Some(parent) {
        return Ok(false);
    }
    let edited = entry.standing.decisions.iter().rev().find(|it| it.edition.is_some());
    let edited: Option<jiff::Timestamp> = edited.and_then(|it| it.at.parse().ok());
    if edited.is_some_and(|at| at >= tip.time) {
        return Ok(true);
    }
    let memory = workspace.memory(&Asked::Rev(parent.to_string()))?;
    let Some(then) = built(workspace, &memory, (&entry.id, &entry.edited()))? else {
        return Ok(false);
    };
    let edits = [Edit::write(then.path, then.after)];
    Ok(writer.tree(Some(parent), &edits)? == tip.tree)
}

/// The section that would be replaced, where the trunk's words are others than
/// those that the proposal was made for.
pub(super) fn overtaken(
    workspace: &Workspace,
    (found, trunk): (&Found, CommitId),
    entry: &Entry,
) -> Result<Option<String>, OpError> {
    let learning = entry.edited();
    let base = repository(workspace)?.merge_base(trunk, found.tip)?;
    let (Action::Replace, Some(base)) = (learning.action, base) else { return Ok(None) };
    let path = &learning.target.path;
    let said = |commit| -> Result<Option<String>, OpError> {
        let page = super::build::text_at(workspace, commit, path)?;
        let anchor = learning.target.anchor.as_deref();
        Ok(page.and_then(|page| section_text(path, &page, anchor).map(str::to_owned)))
    };
    let now = said(trunk)?;
    Ok(if said(base)? == now { None } else { Some(now.unwrap_or_default()) })
}
