//! The Git gateway: what a repository holds, asked by commit or on disk.
//!
//! The only user of `git2`; its types stop here. Reading never writes: no
//! checkout, no refreshed index, no touched object. Writing has one door,
//! [`Writer`]: commits in memory, refs by compare-and-swap. The network is
//! left to the `git` program. Symbolic links and submodules are never
//! followed. A path is bytes as Git has them.
//!
//! What a tree of documents means, and which revision a command reads, is
//! left to `corpus` and `workspace`.

mod added;
mod blame;
mod blob;
mod checked_out;
mod divergence;
mod durable;
mod edit;
mod edited_tree;
mod error;
mod ever;
mod exact;
mod first;
mod folder;
mod folders;
mod globs;
mod history;
mod hooks;
mod hunks;
mod ignored;
mod index_file;
mod init;
mod introduced;
mod line;
mod locks;
mod loose;
mod merging;
mod network;
mod open;
mod pairs;
mod patience;
mod prepared;
mod program;
mod raw_tree;
mod refs;
mod remote;
mod revision;
mod signed_commit;
mod stat;
mod tracked;
mod tree;
mod trunk;
mod work_tree;
mod write_error;
mod writer;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use error::words;

pub use added::{added_lines, is_binary, line_counts};
pub use blob::{Within, hash_blob};
pub use checked_out::{could_follow, follow, has_followed};
pub use edit::{Draft, Edit, Identity, Message, Mode};
pub use error::GitError;
pub use exact::{ExactChange, Side};
pub use folder::{plain_files, plain_names_below, plain_read, plain_size};
pub use globs::Globs;
pub use history::{FileChange, History, PathId, Step};
pub use hunks::{Hunk, HunkLine, LineSide, hunk_lines, hunks};
pub use ignored::glob_names;
pub use line::Landed;
pub use locks::LockFile;
pub use merging::{Clash, Merged};
pub use network::{NetworkError, Outcome, Push, Refspec};
pub use open::Address;
pub use prepared::put_at;
pub use raw_tree::Change;
pub use revision::CommitInfo;
pub use tree::{Entry, TreeFile};
pub use trunk::{Trunk, TrunkSource};
pub use work_tree::{FileState, WorkTreeChange};
pub use write_error::WriteError;
pub use writer::{Target, Writer};

/// An opened repository. It may move to another thread; to read from several
/// threads, each opens its own with [`Repository::reopen`].
pub struct Repository {
    git: git2::Repository,
    /// Objects that were looked over and may be read.
    whole: Mutex<HashSet<git2::Oid>>,
    /// Another folder of objects, which a push brought.
    incoming: Option<PathBuf>,
}

/// What a `wanted` function is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A regular file: shall it be listed?
    File,
    /// A folder: shall it be entered?
    Folder,
}

/// Chooses what is listed and entered, by full path from the top without a
/// slash at its end. The top folder itself is always entered.
pub type Wanted<'a> = dyn FnMut(&[u8], EntryKind) -> bool + 'a;

impl Repository {
    /// The same repository with the objects in `folder` too: those of a push
    /// that no hook took yet (git-receive-pack, "quarantine environment").
    pub fn with_objects_in(mut self, folder: &Path) -> Result<Self, GitError> {
        let failed = |error: git2::Error| GitError::Library {
            doing: "read what the push brings",
            why: words(&error),
        };
        let path = folder.to_str().ok_or_else(|| GitError::PathMissing(folder.to_owned()))?;
        self.git.odb().and_then(|odb| odb.add_disk_alternate(path)).map_err(failed)?;
        self.incoming = Some(folder.to_owned());
        Ok(self)
    }

    /// This work tree's own Git folder (`.git`, or `.git/worktrees/NAME`).
    pub fn git_dir(&self) -> &Path {
        self.git.path()
    }

    /// The Git folder that all linked work trees share.
    pub fn common_dir(&self) -> &Path {
        self.git.commondir()
    }

    /// The top folder of the work tree; `None` in a bare repository.
    pub fn workdir(&self) -> Option<&Path> {
        self.git.workdir()
    }

    /// True where there is no work tree.
    pub fn is_bare(&self) -> bool {
        self.git.is_bare()
    }

    /// True in a work tree that `git worktree add` made.
    pub fn is_linked(&self) -> bool {
        self.git.is_worktree()
    }

    /// True where HEAD names a commit and no branch.
    pub fn is_detached(&self) -> bool {
        self.git.head_detached().unwrap_or(false)
    }

    /// True where HEAD's branch has no commit yet.
    pub fn is_unborn(&self) -> bool {
        self.git.head().is_err_and(|error| error.code() == git2::ErrorCode::UnbornBranch)
    }

    /// The name under which commits are made here, where one is set.
    pub fn user_name(&self) -> Option<String> {
        let config = self.git.config().ok()?.snapshot().ok()?;
        config.get_string("user.name").ok().filter(|name| !name.trim().is_empty())
    }

    /// True where history was cut off when it was fetched.
    pub fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }

    /// True where a remote keeps objects that are fetched only when needed.
    pub fn is_partial(&self) -> bool {
        let Ok(config) = self.git.config().and_then(|mut config| config.snapshot()) else {
            return false;
        };
        let promised = config.entries(Some(r"^remote\..*\.promisor$")).is_ok_and(|mut entries| {
            entries.next().is_some_and(|entry| entry.is_ok_and(git2::ConfigEntry::has_value))
        });
        promised || config.get_string("extensions.partialclone").is_ok()
    }
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Repository").field(&self.git_dir()).finish()
    }
}
