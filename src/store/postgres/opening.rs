//! How a store is opened and, where there is none, made.

use std::cell::RefCell;
use std::time::Duration;

use tokio_postgres::types::Type;

use super::PgStore;
use super::address::PgAddress;
use super::fault::Fault;
use super::migrations::{Found, MIGRATIONS, look, migrate};
use super::session::{Session, get};
use crate::store::error::StoreError;

impl PgStore {
    /// The store at `address`, made where there is none. `seed` becomes the key
    /// of a store that is made: 32 bytes that nobody can guess.
    ///
    /// # Errors
    /// [`StoreError::Newer`], and what [`ServerError`](crate::store::ServerError)
    /// tells of.
    pub fn open(address: &PgAddress, seed: [u8; 32]) -> Result<Self, StoreError> {
        let opened = Self::with(address, |session| {
            migrate(session, MIGRATIONS, &seed)?;
            key(session).map(Some)
        });
        let gone = || Fault::Damaged("it was taken away while it was made".to_owned());
        opened.and_then(|it| it.ok_or_else(gone)).map_err(|fault| fault.of(address.shown()))
    }

    /// The store at `address`; `None` where there is none, and none is made.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn existing(address: &PgAddress) -> Result<Option<Self>, StoreError> {
        let opened = Self::with(address, |session| match look(session)? {
            Found::Nothing => Ok(None),
            Found::Version(_) => {
                // Only a store that is made takes its key from the seed.
                migrate(session, MIGRATIONS, &[0; 32])?;
                key(session).map(Some)
            }
        });
        opened.map_err(|fault| fault.of(address.shown()))
    }

    /// The first commit of the repository whose runs are kept here, once that is known.
    ///
    /// # Errors
    /// What [`ServerError`](crate::store::ServerError) tells of.
    pub fn repository(&self) -> Result<Option<String>, StoreError> {
        self.read(|session| {
            let row = session.row("SELECT repository FROM prode.store", &[])?;
            let kept: Option<Option<String>> =
                row.map(|row| get(&row, "repository")).transpose()?;
            Ok(kept.flatten())
        })
    }

    /// Says so, unless somebody did before.
    ///
    /// # Errors
    /// What [`ServerError`](crate::store::ServerError) tells of.
    pub fn keep_repository(&self, first: &str) -> Result<(), StoreError> {
        self.write_again(|session| {
            let sql = "UPDATE prode.store SET repository = $1 WHERE repository IS NULL";
            session.execute(sql, &[(&first, Type::TEXT)]).map(|_| ())
        })
    }

    /// Whether there is a store at `address`. Nothing is made or changed.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn is_there(address: &PgAddress) -> Result<bool, StoreError> {
        let looked = Session::open(address, Duration::ZERO).and_then(|session| {
            let found = look(&session);
            session.end();
            found
        });
        let found = looked.map_err(|fault| fault.of(address.shown()))?;
        Ok(found != Found::Nothing)
    }

    /// Connects, and keeps the connection where `work` finds the store's key.
    fn with(
        address: &PgAddress,
        work: impl FnOnce(&Session) -> Result<Option<[u8; 32]>, Fault>,
    ) -> Result<Option<Self>, Fault> {
        let session = Session::open(address, Duration::ZERO)?;
        match work(&session) {
            Ok(Some(key)) => {
                let session = RefCell::new(Some(session));
                Ok(Some(Self { address: address.clone(), session, key }))
            }
            other => {
                session.end();
                other.map(|_| None)
            }
        }
    }
}

fn key(session: &Session) -> Result<[u8; 32], Fault> {
    let row = session.row("SELECT key FROM prode.store", &[])?;
    let key: Option<Vec<u8>> = row.map(|row| get(&row, "key")).transpose()?;
    let key = key.and_then(|key| key.try_into().ok());
    key.ok_or_else(|| Fault::Damaged("its key is missing".to_owned()))
}
