//! Files that policy is read from: the trunk's, and those on disk.
//!
//! A file that is there and cannot be read is an error: what it says might be
//! stricter than what is said without it.

use std::io::ErrorKind as IoKind;

use super::{Workspace, WorkspaceError};
use crate::git::{Entry, GitError, TrunkSource, plain_read};
use crate::repo_path::RepoPath;

impl Workspace {
    /// A file as the trunk holds it; `None` where nothing stands there.
    pub fn trunk_file(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceError> {
        let Some(repository) = self.repository() else { return Ok(None) };
        let Some(commit) = self.trunk()?.and_then(|trunk| trunk.commit) else { return Ok(None) };
        let path = RepoPath::from_git(path);
        match repository.entry(repository.commit(commit)?.tree, &path)? {
            None => Ok(None),
            Some(Entry::File(blob)) => Ok(Some(repository.blob(blob)?)),
            Some(_) => Err(GitError::NotAFile(path).into()),
        }
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

    /// A file as it lies on disk; `None` where nothing does.
    pub fn disk_file(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceError> {
        let Some(folder) = self.folder() else { return Ok(None) };
        match folder.join(path).symlink_metadata() {
            Err(error) if matches!(error.kind(), IoKind::NotFound | IoKind::NotADirectory) => {
                Ok(None)
            }
            _ => Ok(Some(plain_read(folder, &RepoPath::from_git(path))?)),
        }
    }
}
