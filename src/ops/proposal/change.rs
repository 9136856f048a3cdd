//! What would become of a learning, or is proposed already: both texts, for whoever
//! decides by looking at them.

use super::build::{built, repository, text_at, unsigned};
use super::checks::{Checks, checks};
use super::found;
use super::list::Row;
use super::promote::open;
use super::show;
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::ops::inbox_branch::Branch;
use crate::workspace::{Asked, Workspace};

/// How one file changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The proposal that is open; `None` where this is what one would be.
    pub proposal: Option<Row>,
    /// The file.
    pub path: String,
    /// What it says on the trunk; `None` where it is not there.
    pub before: Option<String>,
    /// What it says then; the same as `before` where the page says it already.
    pub after: String,
    /// The same as a unified diff; empty where nothing changes.
    pub diff: String,
    /// What lint and the route tests say; `None` where nothing changes.
    pub checks: Option<Checks>,
    /// What is left for the owner to write, one line each.
    pub left: Vec<String>,
}

/// The change of the proposal's branch, else the one that `promote` would make. Nothing
/// is written but objects that nothing leads to.
///
/// # Errors
/// Where the learning was decided already, does not fit, or holds what may not leave.
pub fn change(workspace: &Workspace, id: &LearningId) -> Result<Change, OpError> {
    let branch = Branch::of(workspace)?;
    let contents = branch.contents()?;
    let entry = contents.get(id)?;
    open(entry)?;
    if found::all(workspace)?.iter().any(|it| it.id == *id) {
        return proposed(workspace, id);
    }
    let learning = entry.edited();
    let memory = workspace.memory(&Asked::Trunk)?;
    let path = learning.target.path.text().into_owned();
    let Some(proposal) = built(workspace, &memory, (id, &learning))? else {
        let base = memory.revision.commit;
        let text = base.map(|base| text_at(workspace, base, &learning.target.path)).transpose()?;
        let before = text.flatten();
        let after = before.clone().unwrap_or_default();
        let (diff, left) = (String::new(), Vec::new());
        return Ok(Change { proposal: None, path, before, after, diff, checks: None, left });
    };
    let sketch = branch.writer()?.sketch(Some(proposal.base), &unsigned(workspace, &proposal)?)?;
    Ok(Change {
        proposal: None,
        path,
        diff: proposal.diff(),
        checks: Some(checks(workspace, proposal.base, sketch)?),
        before: proposal.before,
        after: proposal.after,
        left: proposal.left,
    })
}

/// What the branch changes; of several files, the learning's own stands first.
fn proposed(workspace: &Workspace, id: &LearningId) -> Result<Change, OpError> {
    let shown = show::show(workspace, id, false)?;
    let reviewed = workspace.reviewed()?;
    let tip = found::one(workspace, id)?.tip;
    let git = repository(workspace)?;
    let base = git.merge_base(reviewed.commit, tip)?.unwrap_or(reviewed.commit);
    let changes = git.exact_changes(Some(git.commit(base)?.tree), Some(git.commit(tip)?.tree))?;
    let contents = Branch::of(workspace)?.contents()?;
    let target = contents.get(id)?.target().path.clone();
    let path = changes.into_iter().map(|it| it.path);
    let path = path.min_by_key(|path| *path != target).unwrap_or(target);
    let before = text_at(workspace, base, &path)?;
    let after = text_at(workspace, tip, &path)?.unwrap_or_default();
    Ok(Change {
        proposal: Some(shown.row),
        path: path.text().into_owned(),
        before,
        after,
        diff: shown.diff,
        checks: Some(shown.checks),
        left: Vec::new(),
    })
}
