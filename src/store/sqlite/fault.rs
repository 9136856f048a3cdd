//! What the database says, in the store's words.

use std::path::Path;

use rusqlite::{Error, ErrorCode, ffi};

use crate::store::error::StoreError;

/// Why something inside a transaction did not work: the database's word, which
/// knows no path, or the store's own.
#[derive(Debug)]
pub(super) enum Fault {
    Database(Error),
    Refused(StoreError),
    /// It has a version that is not known here.
    Newer {
        found: u32,
        known: u32,
    },
    /// It keeps another journal than the one it was told to.
    NoLog(String),
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

impl Fault {
    /// The same for whoever asked, who wants to know which file it is about.
    pub(super) fn of(self, path: &Path) -> StoreError {
        match self {
            Self::Refused(error) => error,
            Self::Database(error) => told(&error, path),
            Self::Newer { found, known } => {
                StoreError::Newer { path: path.to_owned(), found, known }
            }
            Self::NoLog(mode) => {
                let why = format!("its file system keeps no write-ahead log, but '{mode}'");
                StoreError::Failed { path: path.to_owned(), why }
            }
        }
    }
}

fn told(error: &Error, path: &Path) -> StoreError {
    let (path, why) = (path.to_owned(), error.to_string());
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed,
        ) => StoreError::Busy(path),
        Some(ErrorCode::DiskFull) => StoreError::Full(path),
        // The file was there a moment ago, so it is not what is missing.
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            StoreError::ReadOnly(path)
        }
        Some(ErrorCode::NotADatabase) => StoreError::NotAStore { path, why },
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, why },
        _ if is_cut_short(error) => {
            StoreError::Damaged { path, why: "its end is missing".to_owned() }
        }
        _ if is_content(error) => StoreError::Damaged { path, why },
        _ => StoreError::Failed { path, why },
    }
}

/// Whether the file ends within a page.
fn is_cut_short(error: &Error) -> bool {
    error.sqlite_extended_error_code() == Some(ffi::SQLITE_IOERR_SHORT_READ)
}

/// Whether a row holds what was never written so.
fn is_content(error: &Error) -> bool {
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::QueryReturnedNoRows
            | Error::Utf8Error(..)
    )
}
