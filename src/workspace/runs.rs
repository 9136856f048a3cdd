//! Where runs are kept: beside the index, for their owner alone.

use super::{Workspace, WorkspaceError};
use crate::store::{PLACE, SqliteStore, Store};

impl Workspace {
    /// The store of runs, made where there is none; in memory for a folder that
    /// is no repository. `seed` is for a new one.
    pub fn run_store(&self, seed: [u8; 32]) -> Result<Box<dyn Store>, WorkspaceError> {
        Ok(match self.repository() {
            Some(repository) => {
                Box::new(SqliteStore::open(&repository.common_dir().join(PLACE), seed)?)
            }
            None => Box::new(SqliteStore::in_memory(seed)?),
        })
    }

    /// The store of runs, where there is one.
    pub fn existing_run_store(&self) -> Result<Option<Box<dyn Store>>, WorkspaceError> {
        let Some(repository) = self.repository() else { return Ok(None) };
        let store = SqliteStore::existing(&repository.common_dir().join(PLACE))?;
        Ok(store.map(|store| Box::new(store) as Box<dyn Store>))
    }
}
