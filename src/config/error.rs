//! Why settings could not be read at all.

use std::path::PathBuf;

use crate::hint::{ErrorKind, Helpful};

/// What stops prode before it begins. Whatever a file merely holds is a
/// [`super::Problem`] and stops nothing.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// `PRODE_CONFIG` names a file that is not there.
    #[error("the settings file '{}' does not exist", .0.display())]
    NoFile(PathBuf),
    /// The user's file is there and cannot be read.
    #[error("the settings file '{}' cannot be read: {reason}", .path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// `--config` without `=`.
    #[error("'{0}' is not KEY=VALUE")]
    NoEquals(String),
    /// `--config` with a key that is not known.
    #[error("{message}")]
    UnknownKey {
        /// Which key, and the nearest known one.
        message: String,
    },
    /// `--config` with a value of another type.
    #[error("{0}")]
    WrongType(String),
}

impl Helpful for ConfigError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoFile(_) => ErrorKind::NotFound,
            Self::Unreadable { .. } => ErrorKind::Io,
            Self::NoEquals(_) | Self::UnknownKey { .. } | Self::WrongType(_) => ErrorKind::Usage,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoFile(_) => vec!["unset PRODE_CONFIG, or create the file".to_owned()],
            Self::Unreadable { .. } => Vec::new(),
            Self::NoEquals(_) => vec!["write it so: --config routing.budget=2000".to_owned()],
            Self::UnknownKey { .. } | Self::WrongType(_) => {
                vec!["see every key: prode config list".to_owned()]
            }
        }
    }
}
