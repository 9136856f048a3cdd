//! Who first committed a file.

use git2::Sort;

use super::Repository;
use super::blob::{oid, raw};
use super::edit::Identity;
use super::error::GitError;
use crate::ids::{CommitId, TreeId};
use crate::repo_path::RepoPath;

impl Repository {
    /// The author of the first commit that has a file at `path`, among those
    /// that `tip` reaches: of two that are of one age, the same in every clone.
    /// `None` where none has it.
    pub fn introduced_by(
        &self,
        tip: CommitId,
        path: &RepoPath,
    ) -> Result<Option<Identity>, GitError> {
        let failed = GitError::library("walk the history");
        let mut walk = self.git.revwalk().map_err(&failed)?;
        walk.set_sorting(Sort::TOPOLOGICAL | Sort::TIME | Sort::REVERSE).map_err(&failed)?;
        walk.push(oid(tip.0)).map_err(&failed)?;
        for id in walk {
            let id = id.map_err(&failed)?;
            let commit = self.whole_commit(id)?;
            if self.entry(TreeId(raw(commit.tree_id())), path)?.is_some() {
                let author = commit.author();
                let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
                let (name, email) = (text(author.name_bytes()), text(author.email_bytes()));
                return Ok(Some(Identity { name, email }));
            }
        }
        Ok(None)
    }
}
