//! `recent`: the pages that changed last, and the days on which one did.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::past::Commit;
use crate::corpus::Names as _;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// A page and its last change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Where it stands.
    pub path: String,
    /// Its title.
    pub title: String,
    /// `runbook`, `adr`, `guide`, …
    pub kind: String,
    /// The commit that changed it last.
    pub commit: Commit,
}

/// The pages of a revision that changed last, the newest first, at most `limit`. A
/// folder that is no repository has none.
pub(super) fn of(
    workspace: &Workspace,
    memory: &Memory,
    limit: usize,
) -> Result<Vec<Changed>, OpError> {
    let mut found = Vec::new();
    if let (Some(repository), Some(commit)) = (workspace.repository(), memory.revision.commit) {
        let history = workspace.history(commit, &|_, _| {})?;
        let (pages, mut seen) = (memory.lookups(), HashSet::new());
        'all: for (at, step) in history.steps.iter().enumerate() {
            for change in history.changes(at).iter().filter(|it| it.new.is_some()) {
                if found.len() == limit {
                    break 'all;
                }
                let path = history.path(change.path);
                if !path.is_markdown() || !seen.insert(change.path) {
                    continue;
                }
                let Some(page) = pages.page(path)? else { continue };
                found.push(Changed {
                    path: path.text().into_owned(),
                    title: page.title.clone(),
                    kind: memory.facts(&page).kind,
                    commit: Commit::of(repository, step.id)?,
                });
            }
        }
    }
    Ok(found)
}

/// The days (UTC) at whose end the trunk has another file at `path` than before, the
/// oldest first, and no more than the last `limit` of them.
pub fn days(workspace: &Workspace, path: &RepoPath, limit: usize) -> Result<Vec<String>, OpError> {
    let Some(commit) = workspace.revision(&Asked::Trunk)?.commit else { return Ok(Vec::new()) };
    let history = workspace.history(commit, &|_, _| {})?;
    let Some(path) = history.path_id(path) else { return Ok(Vec::new()) };
    let mut days = BTreeSet::new();
    for &at in history.touching(path) {
        if history.change(at, path).is_some_and(|it| it.new.is_some()) {
            days.insert(history.steps[at].time.strftime("%F").to_string());
        }
    }
    let over = days.len().saturating_sub(limit);
    Ok(days.into_iter().skip(over).collect())
}
