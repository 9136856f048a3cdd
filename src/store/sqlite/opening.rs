//! How a store is opened and, where there is none, made.
//!
//! A store is made beside its place and put there whole, so that nobody ever
//! meets half of one; whoever is quicker wins, and the others open what is there.
//! What is there and is no store of runs is left as it is.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::SqliteStore;
use super::fault::Fault;
use super::migrations::{MIGRATIONS, migrate, newest, version};
use super::place::Place;
use crate::store::error::StoreError;

/// `prod` in ASCII: what the file is, in its header.
const APPLICATION: u32 = 0x7072_6f64;

/// How long a writer waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

impl SqliteStore {
    /// The store in the file `path`, made with its folder where it is missing.
    /// Only this user may read it. `seed` becomes the key of a store that is
    /// made: 32 bytes that nobody can guess.
    pub fn open(path: &Path, seed: [u8; 32]) -> Result<Self, StoreError> {
        if let Some(store) = Self::existing(path)? {
            return Ok(store);
        }
        Place::make(path, |file| make(file, &seed).map_err(|fault| fault.of(path)))?;
        let gone = || StoreError::Gone(path.to_owned());
        Self::existing(path)?.ok_or_else(gone)
    }

    /// The store in the file `path`; `None` where no file is, and none is made.
    pub fn existing(path: &Path) -> Result<Option<Self>, StoreError> {
        let Some(place) = Place::find(path)? else { return Ok(None) };
        let opened = connect(path).and_then(|mut connection| {
            recognise(&connection, path)?;
            migrate(&mut connection, MIGRATIONS)?;
            keep_a_log(&connection)?;
            let key = key(&connection)?;
            Ok((connection, key))
        });
        let (connection, key) = opened.map_err(|fault| fault.of(path))?;
        Ok(Some(Self { connection, place, key }))
    }

    /// A store that ends with this value.
    pub fn in_memory(seed: [u8; 32]) -> Result<Self, StoreError> {
        let made = || {
            let mut connection = Connection::open_in_memory()?;
            set(&connection)?;
            fill(&mut connection, &seed)?;
            Ok(connection)
        };
        let place = Place::memory();
        let connection = made().map_err(|fault: Fault| fault.of(place.path()))?;
        Ok(Self { connection, place, key: seed })
    }
}

fn make(path: &Path, seed: &[u8; 32]) -> Result<(), Fault> {
    let mut connection = connect(path)?;
    fill(&mut connection, seed)?;
    keep_a_log(&connection)?;
    connection.close().map_err(|(_, error)| error.into())
}

fn fill(connection: &mut Connection, seed: &[u8; 32]) -> Result<(), Fault> {
    connection.pragma_update(None, "application_id", APPLICATION)?;
    migrate(connection, MIGRATIONS)?;
    connection.execute("INSERT INTO store (one, key, token) VALUES (1, ?1, 0)", (seed,))?;
    Ok(())
}

/// A connection to a file that is there.
fn connect(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    set(&connection)?;
    Ok(connection)
}

/// What every connection must be told anew.
fn set(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Where a plain sync leaves bytes in the disk's own memory (macOS).
    connection.pragma_update(None, "fullfsync", true)?;
    Ok(())
}

/// Refuses what is no store, and a newer one.
fn recognise(connection: &Connection, path: &Path) -> Result<(), Fault> {
    let id: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != APPLICATION {
        let why = "it was not made by prode".to_owned();
        return Err(StoreError::NotAStore { path: path.to_owned(), why }.into());
    }
    is_known(connection)
}

/// Refuses a newer version. That is asked before every turn: a newer prode may
/// have taken its steps while this one had the file open.
pub(super) fn is_known(connection: &Connection) -> Result<(), Fault> {
    let (found, known) = (version(connection)?, newest(MIGRATIONS));
    if found > known { Err(Fault::Newer { found, known }) } else { Ok(()) }
}

/// The log is on, or the file is one that cannot have it.
fn keep_a_log(connection: &Connection) -> Result<(), Fault> {
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode == "wal" { Ok(()) } else { Err(Fault::NoLog(mode)) }
}

fn key(connection: &Connection) -> Result<[u8; 32], Fault> {
    Ok(connection.query_one("SELECT key FROM store", (), |row| row.get(0))?)
}
