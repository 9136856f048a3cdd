//! Writes that survive a crash of the machine.
//!
//! The library syncs nothing by default and looks neither at `core.fsync` nor
//! at Git's own default. Its one switch that needs no unsafe code is the old
//! setting `core.fsyncObjectFiles`, which it takes for objects and refs alike;
//! so that setting is laid over the repository's own, from a file beside it.

use std::io::Write;

use git2::ConfigLevel;
use tempfile::NamedTempFile;

use super::error::GitError;

/// Keeps the laid-over setting alive.
pub(super) struct Durable {
    _file: NamedTempFile,
}

impl Durable {
    /// Must come before the repository's objects are first touched, which is
    /// when the library looks at its settings.
    pub(super) fn set(git: &git2::Repository) -> Result<Self, GitError> {
        let path = std::path::Path::new("the settings for durable writes");
        let mut file = NamedTempFile::new().map_err(GitError::read(path))?;
        file.write_all(b"[core]\n\tfsyncObjectFiles = true\n").map_err(GitError::read(path))?;
        let failed = GitError::library("ask for durable writes");
        let mut config = git.config().map_err(&failed)?;
        config.add_file(file.path(), ConfigLevel::App, true).map_err(&failed)?;
        Ok(Self { _file: file })
    }
}
