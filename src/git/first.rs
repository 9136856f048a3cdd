//! The commit with which a history begins, and by which a repository is known.

use git2::{Oid, Sort};

use super::Repository;
use super::blob::{oid, raw};
use super::error::GitError;
use crate::ids::CommitId;

impl Repository {
    /// The first commit of the first-parent line of `tip`.
    ///
    /// # Errors
    /// [`GitError::Shallow`], or the history cannot be read.
    pub fn first_of(&self, tip: CommitId) -> Result<CommitId, GitError> {
        if self.git.is_shallow() {
            return Err(GitError::Shallow);
        }
        let failed = GitError::library("walk the history");
        let mut walk = self.git.revwalk().map_err(&failed)?;
        walk.set_sorting(Sort::TOPOLOGICAL).map_err(&failed)?;
        walk.simplify_first_parent().map_err(&failed)?;
        walk.push(oid(tip.0)).map_err(&failed)?;
        let mut first = tip;
        for commit in walk {
            first = CommitId(raw(commit.map_err(&failed)?));
        }
        Ok(first)
    }

    /// False where it is known that no history here has that commit; a shallow clone
    /// does not know.
    pub fn may_have(&self, commit: CommitId) -> bool {
        let is_here = |id: Oid| self.git.odb().is_ok_and(|it| it.exists(id));
        self.git.is_shallow() || is_here(oid(commit.0))
    }
}
