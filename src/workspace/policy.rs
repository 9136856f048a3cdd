//! Files that policy is read from: the trunk's, and those on disk.

use super::place::{CommitTree, DiskTree};
use super::{Workspace, WorkspaceError};
use crate::corpus::TreeLook as _;
use crate::repo_path::RepoPath;

impl Workspace {
    /// A file as the trunk holds it; `None` where it holds none.
    pub fn trunk_file(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceError> {
        let Some(repository) = self.repository() else { return Ok(None) };
        let Some(commit) = self.trunk()?.and_then(|trunk| trunk.commit) else { return Ok(None) };
        let tree = Some(repository.commit(commit)?.tree);
        Ok(CommitTree { repository, tree }.read(&RepoPath::from_git(path)))
    }

    /// A file as it lies on disk; `None` where none does.
    pub fn disk_file(&self, path: &str) -> Option<Vec<u8>> {
        DiskTree(self.folder()?).read(&RepoPath::from_git(path))
    }
}
