//! Work trees of prode's own, in which a change is made: apart from the user's,
//! with no branch checked out.
//!
//! Git itself makes and fills them, so that line ends, filters and links come
//! out as in any other. No hook of the repository runs on the way.

use std::path::Path;
use std::time::Duration;

use super::Repository;
use super::checked_out::said;
use super::program::{git, of_folder};
use crate::ids::{CommitId, TreeId};

/// What Git may take to write the files of one work tree.
const LIMIT: Duration = Duration::from_mins(5);

/// Hooks are looked for where none can be.
const NO_HOOKS: &str = "core.hooksPath=/dev/null";

impl Repository {
    /// Makes a work tree at a commit; whatever lay there goes.
    ///
    /// # Errors
    /// What Git said.
    pub fn prepare(&self, folder: &Path, at: CommitId) -> Result<(), String> {
        self.put_away(folder)?;
        let above = folder.parent().unwrap_or(folder);
        std::fs::create_dir_all(above).map_err(|error| error.to_string())?;
        let run = git(self, ["-c", NO_HOOKS, "worktree", "add", "--quiet", "--force", "--detach"]);
        said(run.with([folder.as_os_str(), at.to_string().as_ref()]).apart(LIMIT)).map(drop)
    }

    /// Takes a work tree away, with everything in it; none is as good.
    ///
    /// # Errors
    /// What lies there cannot be removed.
    pub fn put_away(&self, folder: &Path) -> Result<(), String> {
        if folder.exists() {
            std::fs::remove_dir_all(folder)
                .map_err(|error| format!("cannot remove {}: {error}", folder.display()))?;
        }
        said(git(self, ["worktree", "prune"]).apart(LIMIT)).map(drop)
    }

    /// The tree of everything that lies in a work tree, but for what is ignored.
    ///
    /// # Errors
    /// What Git said.
    pub fn written_in(&self, folder: &Path) -> Result<TreeId, String> {
        said(of_folder(folder, ["add", "--all"]).apart(LIMIT))?;
        let tree = said(of_folder(folder, ["write-tree"]).apart(LIMIT))?;
        tree.trim().parse().map_err(|_| format!("git called the tree '{}'", tree.trim()))
    }
}

/// Brings a work tree to a commit. What is ignored stays, such as what was built.
///
/// # Errors
/// What Git said.
pub fn put_at(folder: &Path, at: CommitId) -> Result<(), String> {
    let checkout =
        of_folder(folder, ["-c", NO_HOOKS, "checkout", "--quiet", "--force", "--detach"]);
    said(checkout.with([at.to_string()]).apart(LIMIT))?;
    said(of_folder(folder, ["clean", "--quiet", "--force", "-d"]).apart(LIMIT)).map(drop)
}
