//! Files of one revision for many threads at once.
//!
//! A repository serves one thread; whoever reads from a commit takes turns
//! here. Files on disk are read by all at once.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::files::{is_behind_in, is_in, is_on_disk};
use super::{Memory, Workspace, WorkspaceError};
use crate::corpus::Page;
use crate::document::MAX_BYTES;
use crate::git::{Repository, plain_read};
use crate::ids::TreeId;
use crate::repo_path::RepoPath;

/// Files of one revision.
pub struct Reader(Place);

enum Place {
    Disk(PathBuf),
    Tree(Mutex<Repository>, Option<TreeId>),
}

impl Workspace {
    /// Reads the files of the revision that `memory` answers for.
    pub fn reader(&self, memory: &Memory) -> Result<Reader, WorkspaceError> {
        let revision = &memory.revision;
        let folder = self.folder().filter(|_| revision.on_disk).map(Path::to_owned);
        Ok(Reader(match (folder, self.repository()) {
            (Some(folder), _) => Place::Disk(folder),
            (None, Some(repository)) => {
                Place::Tree(Mutex::new(repository.address().open()?), revision.tree)
            }
            // A folder that is no repository is always read on disk.
            (None, None) => Place::Disk(PathBuf::new()),
        }))
    }
}

impl Reader {
    /// True if a file or a folder stands at `path`, or a symbolic link or a
    /// submodule stands in the way.
    pub fn may_exist(&self, path: &RepoPath) -> bool {
        match &self.0 {
            Place::Disk(folder) => is_on_disk(folder, path) || folder.join(&*path.text()).exists(),
            Place::Tree(repository, tree) => tree.is_some_and(|tree| {
                repository.lock().is_ok_and(|repository| {
                    is_in(&repository, tree, path) || is_behind_in(&repository, tree, path)
                })
            }),
        }
    }

    /// A page's bytes for somebody who may write them back: as they lie on
    /// disk where the revision is read there, line ends and all.
    pub fn own_bytes(&self, page: &Page) -> Option<Vec<u8>> {
        if page.size > MAX_BYTES {
            return None;
        }
        match &self.0 {
            Place::Disk(folder) => plain_read(folder, &page.path).ok(),
            Place::Tree(repository, _) => repository.lock().ok()?.blob(page.blob).ok(),
        }
    }
}
