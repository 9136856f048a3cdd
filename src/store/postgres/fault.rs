//! What the server says, in the store's words.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::database::{TlsFault, tls_fault, words};
use crate::store::error::StoreError;
use crate::store::server::ServerError;

/// Why something did not work: the server's word, which knows no address, or the store's own.
#[derive(Debug)]
pub(super) enum Fault {
    Database(Error),
    /// No answer for so long.
    Late(Duration),
    /// The system gave nothing to speak with.
    System(io::Error),
    Refused(StoreError),
    /// It has a version that is not known here.
    Newer {
        found: u32,
        known: u32,
    },
    /// Its schema holds something else.
    Foreign(String),
    /// A row holds what was never written so.
    Damaged(String),
    /// Others were faster each time.
    Outrun,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

/// Words by which a server ends a connection, or does not begin one yet.
const ENDS: &[SqlState] = &[
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    SqlState::IDLE_SESSION_TIMEOUT,
    SqlState::TOO_MANY_CONNECTIONS,
    SqlState::CONNECTION_EXCEPTION,
    SqlState::CONNECTION_DOES_NOT_EXIST,
    SqlState::CONNECTION_FAILURE,
];

/// Words by which it refuses who asks, or what is asked.
const DENIALS: &[SqlState] = &[
    SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
    SqlState::INVALID_PASSWORD,
    SqlState::INSUFFICIENT_PRIVILEGE,
    SqlState::INVALID_CATALOG_NAME,
];

impl Fault {
    /// Whether the connection is of no more use, and another one may be.
    pub(super) fn is_lost(&self) -> bool {
        match self {
            Self::Late(_) => true,
            Self::Database(error) => is_lost(error),
            _ => false,
        }
    }

    /// Whether it is there already, by another hand.
    pub(super) fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION))
    }

    /// The same for whoever asked, who wants to know which store it is about.
    pub(super) fn of(self, store: &str) -> StoreError {
        let place = || PathBuf::from(store);
        let store = || store.to_owned();
        match self {
            Self::Refused(error) => error,
            Self::Database(error) => told(&error, store()),
            Self::Newer { found, known } => StoreError::Newer { path: place(), found, known },
            Self::Foreign(why) => ServerError::Foreign { store: store(), why }.into(),
            Self::Damaged(why) => ServerError::Damaged { store: store(), why }.into(),
            Self::Outrun => StoreError::Busy(place()),
            lost @ (Self::Late(_) | Self::System(_)) => {
                ServerError::Unreachable { store: store(), why: lost.why() }.into()
            }
        }
    }

    /// The same, where it came instead of the word that a change was kept.
    pub(super) fn unsure(self, store: &str) -> StoreError {
        ServerError::Unsure { store: store.to_owned(), why: self.why() }.into()
    }

    fn why(&self) -> String {
        match self {
            Self::Database(error) => words(error),
            Self::Late(limit) => format!("no answer in {} s", limit.as_secs()),
            Self::System(error) => error.to_string(),
            _ => "it was refused".to_owned(),
        }
    }
}

/// Whether no answer came to an end, so that another connection may get one. So
/// may whoever asked a server that only reads: another one may write by now. A server that does
/// not prove who it is will not prove it to the next one either.
pub(super) fn is_lost(error: &Error) -> bool {
    if refused(error).is_some() {
        return false;
    }
    let is_end = |code| ENDS.contains(code) || *code == SqlState::READ_ONLY_SQL_TRANSACTION;
    error.code().is_none_or(is_end)
}

/// Why a server was not spoken to, where that will not pass.
fn refused(error: &Error) -> Option<TlsFault> {
    tls_fault(error).filter(TlsFault::is_final)
}

fn told(error: &Error, store: String) -> StoreError {
    if let Some(fault) = refused(error) {
        return ServerError::Untrusted { store, fault }.into();
    }
    let (place, why) = (PathBuf::from(&store), words(error));
    let Some(code) = error.code() else {
        return ServerError::Unreachable { store, why }.into();
    };
    match code {
        code if ENDS.contains(code) => ServerError::Unreachable { store, why }.into(),
        code if DENIALS.contains(code) => ServerError::Denied { store, why }.into(),
        &(SqlState::LOCK_NOT_AVAILABLE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::QUERY_CANCELED) => StoreError::Busy(place),
        &SqlState::READ_ONLY_SQL_TRANSACTION => ServerError::OnlyReads(store).into(),
        &SqlState::DISK_FULL => StoreError::Full(place),
        &(SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED) => {
            ServerError::Damaged { store, why }.into()
        }
        &(SqlState::UNDEFINED_TABLE
        | SqlState::UNDEFINED_COLUMN
        | SqlState::UNDEFINED_FUNCTION) => ServerError::Foreign { store, why }.into(),
        _ => StoreError::Failed { path: place, why },
    }
}
