//! The first-parent line of a branch: what landed, commit by commit.

use super::Repository;
use super::error::GitError;
use crate::ids::{CommitId, TreeId};

/// One commit of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landed {
    /// The commit.
    pub commit: CommitId,
    /// Its tree.
    pub tree: TreeId,
}

impl Repository {
    /// Commits on the first-parent line of `tip`, newest first, down to the
    /// first one or to where a shallow clone was cut.
    pub fn first_parents(&self, tip: CommitId) -> Result<Vec<Landed>, GitError> {
        let mut line = Vec::new();
        let mut next = Some(tip);
        while let Some(commit) = next {
            let info = self.commit(commit)?;
            line.push(Landed { commit, tree: info.tree });
            next = info.parents.first().copied();
        }
        Ok(line)
    }
}
