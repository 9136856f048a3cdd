//! What Git's hooks need: where they live, and what is about to be committed.

use std::path::{Path, PathBuf};

use super::Repository;
use super::blob::raw;
use super::error::GitError;
use crate::ids::TreeId;

impl Repository {
    /// The folder in which Git looks for hooks: `core.hooksPath`, counted from
    /// the work tree, else `hooks` in the folder that work trees share.
    pub fn hooks_folder(&self) -> PathBuf {
        let config = self.git.config().and_then(|mut config| config.snapshot());
        let named = config.and_then(|config| config.get_path("core.hooksPath")).ok();
        let base = self.workdir().unwrap_or_else(|| self.git_dir());
        named.map_or_else(|| self.common_dir().join("hooks"), |path| base.join(path))
    }

    /// The tree that a commit would have now, from the index in `file` (a
    /// partial commit has one of its own), else the usual one. The tree's
    /// objects are written, as `git write-tree` does; the commit needs them.
    pub fn staged_tree(&self, file: Option<&Path>) -> Result<TreeId, GitError> {
        let failed = GitError::library("read what is staged");
        let file = file.map_or_else(|| self.git_dir().join("index"), Path::to_owned);
        let mut index = git2::Index::open(&file).map_err(&failed)?;
        let tree = index.write_tree_to(&self.git).map_err(&failed)?;
        Ok(TreeId(raw(tree)))
    }
}
