//! Why an operation could not be done.

use crate::corpus::{LookupError, RefError};
use crate::git::GitError;
use crate::hint::{ErrorKind, Helpful};
use crate::index::IndexError;
use crate::workspace::WorkspaceError;

/// A failure of an operation.
#[derive(Debug, thiserror::Error)]
pub enum OpError {
    /// The workspace could not be opened or asked.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// What was typed names nothing by its form.
    #[error(transparent)]
    Reference(#[from] RefError),
    /// What was named is not there, or is not one thing.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// A file could not be read or written.
    #[error("cannot use '{path}': {reason}")]
    File {
        /// Which.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The input was read and is wrong.
    #[error("{message}")]
    Invalid {
        /// What is wrong with which value.
        message: String,
        /// What to type next.
        hint: String,
    },
    /// What was named is not there, and a look-up's own words would mislead.
    #[error("{message}")]
    NotFound {
        /// What is missing.
        message: String,
        /// What to type next.
        hint: String,
    },
    /// The arguments do not fit together.
    #[error("{message}")]
    Usage {
        /// What does not fit.
        message: String,
        /// What to type instead.
        hint: String,
    },
}

impl From<IndexError> for OpError {
    fn from(error: IndexError) -> Self {
        Self::Workspace(error.into())
    }
}

impl From<GitError> for OpError {
    fn from(error: GitError) -> Self {
        Self::Workspace(error.into())
    }
}

impl Helpful for OpError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Workspace(error) => error.kind(),
            Self::Reference(error) => error.kind(),
            Self::Lookup(error) => error.kind(),
            Self::File { .. } => ErrorKind::Io,
            Self::Invalid { .. } => ErrorKind::Invalid,
            Self::NotFound { .. } => ErrorKind::NotFound,
            Self::Usage { .. } => ErrorKind::Usage,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Workspace(error) => error.hints(),
            Self::Reference(error) => error.hints(),
            Self::Lookup(error) => error.hints(),
            Self::File { .. } => Vec::new(),
            Self::Invalid { hint, .. } | Self::NotFound { hint, .. } | Self::Usage { hint, .. } => {
                vec![hint.clone()]
            }
        }
    }
}
