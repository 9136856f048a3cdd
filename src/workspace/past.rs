//! What every commit changed, kept beside the index.

use super::{Workspace, WorkspaceError};
use crate::git::{GitError, History};
use crate::ids::CommitId;

impl Workspace {
    /// The history of `tip`. `told` hears how many of how many commits were
    /// looked at; those of an earlier question are not read again.
    pub fn history(
        &self,
        tip: CommitId,
        told: &dyn Fn(usize, usize),
    ) -> Result<History, WorkspaceError> {
        let Some(repository) = self.repository() else {
            let folder = self.folder().unwrap_or(std::path::Path::new("."));
            return Err(GitError::NoRepository(folder.to_owned()).into());
        };
        let folder = self.place.index_folder(&self.environment);
        Ok(repository.history(tip, folder.as_deref(), told)?)
    }
}
