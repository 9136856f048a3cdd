//! A new repository of prode's own, such as an example's.

use std::path::Path;

use super::Repository;
use super::edit::Identity;
use super::error::GitError;

impl Repository {
    /// An empty bare repository at `path`, whose commits are `who`'s and are
    /// not signed, whatever the user's own settings say.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn init_own(path: &Path, who: &Identity) -> Result<Self, GitError> {
        let failed = GitError::library("make a repository");
        let mut options = git2::RepositoryInitOptions::new();
        options.bare(true).no_reinit(true).initial_head("main").external_template(false);
        let git = git2::Repository::init_opts(path, &options).map_err(&failed)?;
        let mut config = git.config().map_err(&failed)?;
        config.set_str("user.name", &who.name).map_err(&failed)?;
        config.set_str("user.email", &who.email).map_err(&failed)?;
        config.set_bool("commit.gpgsign", false).map_err(&failed)?;
        drop(config);
        drop(git);
        Self::open(path)
    }
}
