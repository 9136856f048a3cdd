//! What can go wrong with the index, and what to do about it.

use std::path::PathBuf;

use crate::hint::{ErrorKind, Helpful};

/// A failure that an answer cannot work around.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The repository could not be read.
    #[error("{0}")]
    Source(Box<dyn Helpful + Send + Sync>),
    /// tantivy failed on documents in memory, or on files that were just checked.
    #[error("the index cannot be read: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
    /// A stored page does not decode.
    #[error("shard {shard} of the index is damaged: {reason}")]
    Damaged {
        /// Its name.
        shard: String,
        /// What was seen.
        reason: String,
    },
    /// A file of the index could not be read or written.
    #[error("cannot use '{path}': {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl IndexError {
    /// Wraps what the system said about `path`.
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

impl From<std::io::Error> for IndexError {
    fn from(error: std::io::Error) -> Self {
        Self::Tantivy(error.into())
    }
}

impl Helpful for IndexError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Source(error) => error.kind(),
            Self::Tantivy(_) | Self::Damaged { .. } | Self::Io { .. } => ErrorKind::Io,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Source(error) => error.hints(),
            Self::Tantivy(_) | Self::Damaged { .. } => {
                vec!["rebuild it from Git: prode index --rebuild".to_owned()]
            }
            Self::Io { .. } => vec!["see where the index lives: prode doctor".to_owned()],
        }
    }
}
