//! A page that was there once: who removed or renamed it, and how to ask of it.

use super::Commit;
use crate::corpus::{Named, Reference};
use crate::git::Repository;
use crate::ids::CommitId;
use crate::ops::error::OpError;
use crate::ops::located::Located;
use crate::ops::renamed::came_as;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

/// Finds what `typed` names. Where it names nothing and once did, the error
/// says what became of it.
pub(in crate::ops) fn located(
    workspace: &Workspace,
    typed: &str,
    asked: &Asked,
) -> Result<Located, OpError> {
    let error = match Located::find(workspace, typed, asked) {
        Ok(located) => return Ok(located),
        Err(error) => error,
    };
    if !matches!(error, OpError::Lookup(_) | OpError::NotFound { .. }) {
        return Err(error);
    }
    let Ok(Reference { what: Named::Path(path), commit, .. }) = Reference::parse(typed) else {
        return Err(error);
    };
    let asked = match (commit, asked) {
        (Some(rev), Asked::Trunk) => &Asked::Rev(rev),
        _ => asked,
    };
    Err(removed(workspace, &path, asked).unwrap_or(error))
}

/// What became of a page that is not there any more.
fn removed(workspace: &Workspace, path: &RepoPath, asked: &Asked) -> Option<OpError> {
    let repository = workspace.repository()?;
    let commit = workspace.revision(asked).ok()?.commit?;
    let history = workspace.history(commit, &|_, _| {}).ok()?;
    let with_md = RepoPath::from_git([path.as_bytes(), b".md"].concat());
    let (path, id) =
        [path, &with_md].into_iter().find_map(|it| Some((it, history.path_id(it)?)))?;
    let at = *history.touching(id).first()?;
    let step = &history.steps[at];
    if history.change(at, id)?.new.is_some() || !path.is_markdown() {
        return None;
    }
    let parent = &history.steps[*step.parents.first()?];
    let new = came_as(repository, [parent.tree, step.tree], path).ok()?;
    told(repository, path, step.id, new.as_ref())
}

fn told(
    repository: &Repository,
    path: &RepoPath,
    id: CommitId,
    new: Option<&RepoPath>,
) -> Option<OpError> {
    let commit = Commit::of(repository, id).ok()?;
    let (short, day, subject) = (id.short(10), commit.day(), &commit.subject);
    let old = path.cite_text();
    Some(match new {
        Some(new) => OpError::NotFound {
            message: format!("'{old}' does not exist: {short} renamed it on {day} ({subject})"),
            hint: format!("it is '{}' now; ask for that", new.cite_text()),
        },
        None => OpError::NotFound {
            message: format!("'{old}' does not exist: {short} removed it on {day} ({subject})"),
            hint: format!("ask for it as it was before, with the option --rev {short}~1"),
        },
    })
}
