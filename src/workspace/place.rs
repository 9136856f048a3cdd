//! Where the memory is: a repository, or a plain folder.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::WorkspaceError;
use crate::config::Environment;
use crate::corpus::TreeLook;
use crate::git::{Entry, GitError, Repository, plain_read};
use crate::ids::{TreeId, hex};
use crate::repo_path::RepoPath;

/// A repository, or a folder that is none.
pub(super) enum Place {
    /// A repository, bare or not.
    Git(Repository),
    /// Any other folder.
    Folder(PathBuf),
}

impl Place {
    /// The repository at or above `repo`, else above `current`; a folder
    /// outside any repository is taken as it is. `incoming` holds objects of
    /// a push to it that no hook took yet.
    pub(super) fn find(
        repo: Option<&Path>,
        current: &Path,
        incoming: Option<&Path>,
    ) -> Result<Self, WorkspaceError> {
        let start = repo.map_or_else(|| current.to_owned(), |repo| current.join(repo));
        match Repository::discover(&start) {
            Ok(repository) => match incoming.filter(|it| it.starts_with(repository.common_dir())) {
                Some(folder) => Ok(Self::Git(repository.with_objects_in(folder)?)),
                None => Ok(Self::Git(repository)),
            },
            Err(GitError::NoRepository(_)) if start.is_dir() => Ok(Self::Folder(start)),
            Err(error) => Err(error.into()),
        }
    }

    /// Where the index lives: the common Git folder where prode has written
    /// or may write, else the user's cache folder, else nowhere.
    pub(super) fn index_folder(&self, environment: &Environment) -> Option<PathBuf> {
        let Self::Git(repository) = self else { return None };
        let own = repository.common_dir().join("prode");
        if own.is_dir() || std::fs::create_dir(&own).is_ok() {
            return Some(own);
        }
        let cache = cache_of(repository.common_dir(), environment)?;
        std::fs::create_dir_all(&cache).is_ok().then_some(cache)
    }
}

/// The folder of the user's cache that belongs to `folder`.
pub(super) fn cache_of(folder: &Path, environment: &Environment) -> Option<PathBuf> {
    let name = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    Some(environment.cache_folder.as_ref()?.join(hex(&name[..8])))
}

/// `prode.yaml` of a tree.
pub(super) fn settings_file(repository: &Repository, tree: TreeId) -> Option<Vec<u8>> {
    CommitTree { repository, tree: Some(tree) }.read(&RepoPath::from_git("prode.yaml"))
}

/// A commit's tree, looked into for roots and owners.
pub(super) struct CommitTree<'a> {
    pub(super) repository: &'a Repository,
    pub(super) tree: Option<TreeId>,
}

impl TreeLook for CommitTree<'_> {
    fn is_folder(&self, path: &RepoPath) -> bool {
        let entry = self.tree.and_then(|tree| self.repository.entry(tree, path).ok().flatten());
        matches!(entry, Some(Entry::Folder(_)))
    }

    fn read(&self, path: &RepoPath) -> Option<Vec<u8>> {
        match self.repository.entry(self.tree?, path).ok()?? {
            Entry::File(blob) => self.repository.blob(blob).ok(),
            _ => None,
        }
    }
}

/// A folder on disk, looked into for roots and owners.
pub(super) struct DiskTree<'a>(pub(super) &'a Path);

impl TreeLook for DiskTree<'_> {
    fn is_folder(&self, path: &RepoPath) -> bool {
        let full = self.0.join(&*path.text());
        full.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
    }

    fn read(&self, path: &RepoPath) -> Option<Vec<u8>> {
        plain_read(self.0, path).ok()
    }
}
