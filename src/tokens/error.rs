//! Why tokens cannot be used.

use crate::hint::{ErrorKind, Helpful};

/// The file of tokens cannot be used. Whoever asks over HTTP gets nothing then.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// What the system said.
    #[error("cannot use the tokens in '{path}': {reason}")]
    Io {
        /// Which file.
        path: String,
        /// Why.
        reason: String,
    },
    /// It is not of its form.
    #[error("the file of tokens '{path}' is damaged: {reason}")]
    Damaged {
        /// Which file.
        path: String,
        /// Where and why.
        reason: String,
    },
    /// Others than its owner may read or write it.
    #[error("others than its owner may use the file of tokens '{path}'")]
    Exposed {
        /// Which file.
        path: String,
    },
    /// Tokens belong to a repository.
    #[error("tokens are kept in a repository's Git folder, and there is none that may be written")]
    NoFolder,
}

impl Helpful for TokenError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Io { .. } => ErrorKind::Io,
            Self::Damaged { .. } | Self::Exposed { .. } => ErrorKind::Invalid,
            Self::NoFolder => ErrorKind::NotFound,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Io { .. } => Vec::new(),
            Self::Damaged { path, .. } => vec![format!(
                "delete '{path}' and make new tokens: prode serve token add NAME --scope TOOL"
            )],
            Self::Exposed { path } => vec![format!("run chmod 600 '{path}'")],
            Self::NoFolder => vec!["run git init, or name a repository with --repo".to_owned()],
        }
    }
}
