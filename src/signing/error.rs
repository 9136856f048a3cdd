//! Why nothing was signed or checked.

use std::io;
use std::path::PathBuf;

use crate::hint::{ErrorKind, Helpful};

/// Why a signature was not made, or could not be looked at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// The program is not there.
    #[error("the ssh-keygen program does not start: {0}")]
    NoProgram(io::Error),
    /// A key's file cannot be read.
    #[error("cannot read the key '{}': {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// It is no public key, and there is none beside it.
    #[error("'{}' has no public key beside it", .0.display())]
    NoPublicKey(PathBuf),
    /// Not the text of a key.
    #[error("the signing key is no SSH public key")]
    NotAKey,
    /// `ssh-keygen` made no signature; it said why on the terminal.
    #[error("ssh-keygen did not sign")]
    NotSigned,
    /// A file for `ssh-keygen` could not be written.
    #[error("cannot write a temporary file: {0}")]
    Temporary(#[from] io::Error),
}

impl Helpful for SigningError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoProgram(_) | Self::Temporary(_) => ErrorKind::Io,
            Self::Unreadable { .. } => ErrorKind::NotFound,
            Self::NoPublicKey(_) | Self::NotAKey => ErrorKind::Invalid,
            Self::NotSigned => ErrorKind::Waiting,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoProgram(_) => vec!["install OpenSSH 8.9 or later".to_owned()],
            Self::Unreadable { .. } | Self::NotAKey => vec![
                "name the key: git config user.signingkey ~/.ssh/id_ed25519.pub, or --key FILE"
                    .to_owned(),
            ],
            Self::NoPublicKey(path) => {
                let path = path.display();
                vec![format!("make it: ssh-keygen -y -f '{path}' > '{path}.pub'")]
            }
            Self::NotSigned => vec!["see which keys are there: ssh-add -l".to_owned()],
            Self::Temporary(_) => Vec::new(),
        }
    }
}
