//! Files that policy is read from: the trunk's, and those on disk.

use super::place::{CommitTree, DiskTree};
use super::{Workspace, WorkspaceError};
use crate::corpus::TreeLook as _;
use crate::git::TrunkSource;
use crate::repo_path::RepoPath;

impl Workspace {
    /// A file as the trunk holds it; `None` where it holds none.
    pub fn trunk_file(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceError> {
        let Some(repository) = self.repository() else { return Ok(None) };
        let Some(commit) = self.trunk()?.and_then(|trunk| trunk.commit) else { return Ok(None) };
        let tree = Some(repository.commit(commit)?.tree);
        Ok(CommitTree { repository, tree }.read(&RepoPath::from_git(path)))
    }

    /// The files of a folder on the trunk as the repository alone names it:
    /// what loosens a rule must not depend on whoever runs the program. None
    /// where only HEAD could be the trunk, and where there is no trunk.
    pub fn reviewed_files(&self, folder: &str) -> Result<Vec<(RepoPath, Vec<u8>)>, WorkspaceError> {
        let Some(repository) = self.repository() else { return Ok(Vec::new()) };
        let trunk = self.trunk_by_itself(repository)?;
        match trunk.commit.filter(|_| trunk.source != TrunkSource::Head) {
            Some(commit) => Ok(repository.files_at(commit, &RepoPath::from_git(folder))?),
            None => Ok(Vec::new()),
        }
    }

    /// A file as it lies on disk; `None` where none does.
    pub fn disk_file(&self, path: &str) -> Option<Vec<u8>> {
        DiskTree(self.folder()?).read(&RepoPath::from_git(path))
    }
}
