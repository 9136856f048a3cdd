//! What the user's side says of the way to a server, and what can be wrong with it.

use std::path::PathBuf;

/// What the user's side says of the way to a server.
#[derive(Debug, Clone, Default)]
pub struct Transport {
    /// What the settings' names begin with, such as `store`.
    pub section: &'static str,
    /// Another machine may be spoken to plainly.
    pub unencrypted: bool,
    /// A file in PEM with those who sign certificates of this server. It takes the place of
    /// those whom the machine trusts.
    pub ca: Option<PathBuf>,
    /// A file in PEM with the certificate that is shown to the server, and those above it.
    pub certificate: Option<PathBuf>,
    /// A file in PEM with its key.
    pub key: Option<PathBuf>,
}

/// Why nothing is said to a server, by what the settings say alone.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// What is said would be readable on its way.
    #[error("it is on another machine, and sslmode=disable would leave the way there unencrypted")]
    Plain,
    /// There is no such thing.
    #[error("a socket is never encrypted: leave sslmode=require out, or name a host")]
    Socket,
    /// A file that a setting names is of no use.
    #[error("'{setting}' cannot be used: '{}' {why}", .path.display())]
    File {
        /// Its whole name.
        setting: String,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// One of two settings that belong together.
    #[error("'{set}' is set without '{missing}'")]
    Half {
        /// The one that is there.
        set: String,
        /// The other one.
        missing: String,
    },
    /// The machine does not say whom it trusts.
    #[error("the certificates that this machine trusts cannot be read: {0}")]
    Roots(String),
}

impl Transport {
    /// The whole name of one of these settings.
    pub(super) fn setting(&self, name: &str) -> String {
        format!("{}.{name}", self.section)
    }

    /// Whether a file is named, which is of use for encryption alone.
    pub(super) fn names_files(&self) -> bool {
        self.ca.is_some() || self.certificate.is_some() || self.key.is_some()
    }
}
