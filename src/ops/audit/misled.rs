//! Learnings that say that a page misled.
//!
//! A run that closed counts by the learnings that it left in the inbox, which
//! name it: they are commits, and every clone has them. Runs that only this
//! machine knows of do not count, since the same commits shall give the same
//! answer. Nor does a commit say who ran a page: a learning is written by a process.

use std::collections::BTreeMap;

use super::skip::{Skip, skip};
use crate::audit::Misled;
use crate::ids::CommitId;
use crate::inbox::{Action, State};
use crate::ops::error::OpError;
use crate::ops::inbox_branch::Branch;
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// Who was misled, by the page.
pub(super) type ByPage = BTreeMap<RepoPath, Vec<Misled>>;

/// By page, those that were neither rejected nor promoted yet.
pub(super) fn by_page(
    workspace: &Workspace,
    inbox: Option<CommitId>,
) -> Result<(ByPage, Vec<Skip>), OpError> {
    let mut found = ByPage::new();
    if inbox.is_none() {
        return Ok((found, Vec::new()));
    }
    let contents = Branch::of(workspace)?.contents_at(inbox)?;
    for entry in contents.entries.values() {
        let state = entry.standing.state;
        let is_open = matches!(state, State::New | State::Accepted);
        if entry.action() != Action::Contradict || !is_open {
            continue;
        }
        let misled = Misled {
            id: entry.id.to_string(),
            run: entry.learning.first.run.clone(),
            summary: entry.learning.summary(),
            is_accepted: state == State::Accepted,
        };
        found.entry(entry.target().path.clone()).or_default().push(misled);
    }
    for misled in found.values_mut() {
        misled.sort();
    }
    let notes = contents.problems.into_iter().map(|why| skip("prode/inbox", why)).collect();
    Ok((found, notes))
}
