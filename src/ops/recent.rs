//! `recent`: the pages that changed last.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::past::Commit;
use crate::corpus::Names as _;
use crate::workspace::{Memory, Workspace};

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
