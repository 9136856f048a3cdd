//! The door through which files of the work tree change.

use super::place::{Place, cache_of};
use super::{Workspace, WorkspaceError};
use crate::edits::{Edits, Turn};
use crate::git::GitError;

impl Workspace {
    /// The work tree's files, ready to be changed. The journal lies in the
    /// work tree's own Git folder; outside Git, in the user's cache folder, or
    /// in `.prode` below the top where there is none.
    ///
    /// # Errors
    /// For a bare repository, which has no files.
    pub fn edits(&self) -> Result<Edits, WorkspaceError> {
        match (&self.place, self.folder()) {
            (Place::Git(repository), Some(top)) => {
                let journal = repository.git_dir().join("prode").join("edits");
                Ok(Edits::new(top.to_owned(), journal))
            }
            (Place::Git(repository), None) => {
                Err(GitError::NoWorkTree(repository.git_dir().to_owned()).into())
            }
            (Place::Folder(folder), _) => {
                let journal = cache_of(folder, &self.environment);
                let journal = journal.unwrap_or_else(|| folder.join(".prode"));
                Ok(Edits::new(folder.clone(), journal.join("edits")))
            }
        }
    }

    /// The turn to give out a number: one process at a time, in all work
    /// trees of the repository. What it numbers must be on disk before the
    /// turn ends, for the next one to see.
    pub fn numbering_turn(&self) -> Result<Turn, WorkspaceError> {
        let folder = match &self.place {
            Place::Git(repository) => repository.common_dir().join("prode"),
            Place::Folder(folder) => folder.join(".prode"),
        };
        Ok(Turn::wait(&folder.join("numbers.lock"))?)
    }
}
