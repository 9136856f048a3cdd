//! What every commit changed, kept beside the index.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Workspace, WorkspaceError};
use crate::git::{GitError, History, Repository};
use crate::ids::{CommitId, hex};

impl Workspace {
    /// The history of `tip`. `told` hears how many of how many commits were
    /// looked at; those of an earlier question are not read again. In one process it is
    /// put together once, unless a part of it may still be fetched.
    pub fn history(
        &self,
        tip: CommitId,
        told: &dyn Fn(usize, usize),
    ) -> Result<Arc<History>, WorkspaceError> {
        let Some(repository) = self.repository() else {
            let folder = self.folder().unwrap_or(std::path::Path::new("."));
            return Err(GitError::NoRepository(folder.to_owned()).into());
        };
        let folder = self.place.index_folder(&self.environment);
        let read = || repository.history(tip, folder.as_deref(), told);
        if repository.is_shallow() || repository.is_partial() {
            return Ok(Arc::new(read()?));
        }
        Ok(self.kept.histories.or_else(tip.to_string(), read)?)
    }

    /// The history of `tip` in a clone of the repository called `name`. What is
    /// learnt is kept beside this repository's own: a clone is never written to.
    pub fn history_of(
        &self,
        clone: &Repository,
        name: &str,
        tip: CommitId,
    ) -> Result<History, WorkspaceError> {
        let folder = self.place.index_folder(&self.environment).and_then(|own| {
            let folder = own.join("elsewhere").join(hex(&Sha256::digest(name)[..8]));
            std::fs::create_dir_all(&folder).is_ok().then_some(folder)
        });
        Ok(clone.history(tip, folder.as_deref(), &|_, _| {})?)
    }
}
