//! Refs: where they stand, and what the tree below one holds.

use super::blob::raw;
use super::error::GitError;
use super::{Entry, EntryKind, Repository};
use crate::ids::CommitId;
use crate::repo_path::RepoPath;

impl Repository {
    /// The commit that a ref names, by the ref's full name; `None` where the
    /// ref is not there.
    pub fn ref_commit(&self, name: &str) -> Result<Option<CommitId>, GitError> {
        Ok(self.tip(name)?.map(|id| CommitId(raw(id))))
    }

    /// Full names of the refs below `folder` (`refs/prode/audit/`) and where
    /// they stand, sorted by name.
    pub fn refs_below(&self, folder: &str) -> Result<Vec<(String, CommitId)>, GitError> {
        let failed = GitError::library("list refs");
        let mut references = self.git.references_glob(&format!("{folder}*")).map_err(&failed)?;
        let names: Vec<String> =
            references.names().filter_map(|name| name.ok().map(str::to_owned)).collect();
        let mut found = Vec::new();
        for name in names {
            if let Some(commit) = self.ref_commit(&name)? {
                found.push((name, commit));
            }
        }
        found.sort();
        Ok(found)
    }

    /// The content of the regular file at `path` of a commit; `None` where
    /// there is none, a link or a submodule among it.
    pub fn file_at(&self, commit: CommitId, path: &RepoPath) -> Result<Option<Vec<u8>>, GitError> {
        match self.entry(self.commit(commit)?.tree, path)? {
            Some(Entry::File(blob)) => self.blob(blob).map(Some),
            _ => Ok(None),
        }
    }

    /// Every regular file below `folder` of a commit with its bytes, by path.
    /// For the small trees of prode's own refs.
    pub fn files_at(
        &self,
        commit: CommitId,
        folder: &RepoPath,
    ) -> Result<Vec<(RepoPath, Vec<u8>)>, GitError> {
        let tree = self.commit(commit)?.tree;
        let Some(Entry::Folder(tree)) = self.entry(tree, folder)? else { return Ok(Vec::new()) };
        let files = self.files(tree, &mut |_: &[u8], _: EntryKind| true)?;
        let read = |file: super::TreeFile| {
            let whole = super::raw_tree::join(folder.as_bytes(), file.path.as_bytes());
            Ok((RepoPath::from_git(whole), self.blob(file.blob)?))
        };
        files.into_iter().map(read).collect()
    }
}
