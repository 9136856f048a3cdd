//! Where runs are kept: beside the index, for their owner alone, or in a
//! database that the user names.

use serde_json::Value;

use super::{Workspace, WorkspaceError};
use crate::config::Secret;
use crate::database::Transport;
use crate::store::{PLACE, PgAddress, PgStore, ServerError, SqliteStore, Store, StoreError};

impl Workspace {
    /// The store of runs, made where there is none; in memory for a folder that
    /// is no repository. `seed` is for a new one.
    pub fn run_store(&self, seed: [u8; 32]) -> Result<Box<dyn Store>, WorkspaceError> {
        Ok(match (self.run_database()?, self.repository()) {
            (Some(address), _) => {
                let store = PgStore::open(&address, seed)?;
                if self.is_anybodys(&address, &store)? {
                    self.claim_database(&store)?;
                }
                Box::new(store)
            }
            (None, Some(repository)) => {
                Box::new(SqliteStore::open(&repository.common_dir().join(PLACE), seed)?)
            }
            (None, None) => Box::new(SqliteStore::in_memory(seed)?),
        })
    }

    /// The store of runs, where there is one.
    pub fn existing_run_store(&self) -> Result<Option<Box<dyn Store>>, WorkspaceError> {
        if let Some(address) = self.run_database()? {
            let store = PgStore::existing(&address)?;
            if let Some(store) = &store {
                self.is_anybodys(&address, store)?;
            }
            return Ok(store.map(|store| Box::new(store) as Box<dyn Store>));
        }
        let Some(repository) = self.repository() else { return Ok(None) };
        let store = SqliteStore::existing(&repository.common_dir().join(PLACE))?;
        Ok(store.map(|store| Box::new(store) as Box<dyn Store>))
    }

    /// True where a store does not say yet whose runs it keeps.
    ///
    /// # Errors
    /// It keeps those of another repository.
    fn is_anybodys(&self, address: &PgAddress, store: &PgStore) -> Result<bool, WorkspaceError> {
        let Some(repository) = self.repository() else { return Ok(false) };
        let Some(first) = store.repository()? else { return Ok(true) };
        let is_other = first.parse().is_ok_and(|first| !repository.may_have(first));
        if is_other {
            let (store, first) = (address.shown().to_owned(), first[..12].to_owned());
            return Err(StoreError::from(ServerError::Other { store, first }).into());
        }
        Ok(false)
    }

    /// Where the history does not reach so far, or there is none, the next one may know.
    fn claim_database(&self, store: &PgStore) -> Result<(), WorkspaceError> {
        let (Some(repository), Some(trunk)) = (self.repository(), self.trunk()?) else {
            return Ok(());
        };
        let first = trunk.commit.and_then(|tip| repository.first_of(tip).ok());
        first.map_or(Ok(()), |first| Ok(store.keep_repository(&first.to_string())?))
    }

    /// The database that keeps runs, where the user's side names one. Nothing
    /// is asked of it.
    ///
    /// # Errors
    /// It is none, or not one that may be spoken to.
    pub fn run_database(&self) -> Result<Option<PgAddress>, WorkspaceError> {
        let settings = self.own_settings();
        let set = |key| settings.secret(key).map(Secret::reveal).filter(|it| !it.is_empty());
        let Some(url) = set("store.url") else { return Ok(None) };
        let section = settings.section("store").merged();
        let transport = self.transport("store", &section);
        let address = PgAddress::new(url, set("store.password"), &transport);
        Ok(Some(address.map_err(StoreError::from)?))
    }

    /// How the user's side wants a database to be spoken to, by a part of its settings.
    pub fn transport(&self, name: &'static str, section: &Value) -> Transport {
        let path = |key: &str| {
            let path = section[key].as_str().filter(|it| !it.is_empty());
            path.map(|it| self.below_home(it))
        };
        Transport {
            section: name,
            unencrypted: section["unencrypted"] == true,
            ca: path("ca"),
            certificate: path("certificate"),
            key: path("key"),
        }
    }

    /// Whether there is a store at that address. Nothing is made or changed.
    ///
    /// # Errors
    /// It does not answer, or is something else.
    pub fn run_database_answers(&self, address: &PgAddress) -> Result<bool, WorkspaceError> {
        Ok(PgStore::is_there(address)?)
    }
}
