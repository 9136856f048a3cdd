//! Why a server that keeps runs did not do what was asked.
//!
//! A store is called by its address without user and password.

use crate::database::{TlsFault, TransportError};
use crate::hint::{ErrorKind, Helpful};

/// Why nothing was kept or read, or why that is not known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// The setting is no address. It may hold a password, so it is not shown.
    #[error("'store.url' is no address of a database: {0}")]
    BadAddress(String),
    /// What is kept would be readable on its way.
    #[error(
        "the store '{0}' is on another machine, and its address says sslmode=disable: anybody could read along"
    )]
    Unencrypted(String),
    /// A setting about encryption is of no use.
    #[error(transparent)]
    Transport(TransportError),
    /// It does not encrypt, or does not prove who it is. It heard nothing but the wish to.
    #[error("the store '{store}' is not spoken to: {fault}")]
    Untrusted {
        /// The store.
        store: String,
        /// What is wrong with it.
        fault: TlsFault,
    },
    /// No answer, or the connection broke before anything was kept.
    #[error("the store '{store}' cannot be reached: {why}")]
    Unreachable {
        /// The store.
        store: String,
        /// What was tried, or what the server said.
        why: String,
    },
    /// The connection broke while a change was being kept.
    #[error("the store '{store}' did not say whether the change was kept: {why}")]
    Unsure {
        /// The store.
        store: String,
        /// How the connection ended.
        why: String,
    },
    /// The server does not know the role, or does not let it.
    #[error("the store '{store}' does not let this user in, or not do this: {why}")]
    Denied {
        /// The store.
        store: String,
        /// What the server said.
        why: String,
    },
    /// A standby, or a server that was told to take no writes.
    #[error("the store '{0}' takes no writes: its server only reads")]
    OnlyReads(String),
    /// Its schema belongs to something else.
    #[error("the store '{store}' has a schema 'prode' that is none of runs: {why}")]
    Foreign {
        /// The store.
        store: String,
        /// What is there instead.
        why: String,
    },
    /// It keeps the runs of another repository.
    #[error("the store '{store}' keeps runs of another repository, whose first commit is {first}")]
    Other {
        /// The store.
        store: String,
        /// Its first commit, short.
        first: String,
    },
    /// A row holds what was never written so.
    #[error("the store '{store}' is damaged: {why}")]
    Damaged {
        /// The store.
        store: String,
        /// What is wrong with it.
        why: String,
    },
}

impl Helpful for ServerError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::BadAddress(_) | Self::Unencrypted(_) | Self::Transport(_) => ErrorKind::Usage,
            Self::Unreachable { .. } | Self::Unsure { .. } | Self::OnlyReads(_) => {
                ErrorKind::Unavailable
            }
            Self::Denied { .. } => ErrorKind::Io,
            Self::Untrusted { .. }
            | Self::Foreign { .. }
            | Self::Other { .. }
            | Self::Damaged { .. } => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::BadAddress(_) => {
                "write it so: PRODE_STORE__URL=postgresql://user@host:5432/database"
            }
            Self::Unencrypted(_) => {
                "leave sslmode=disable out; or, on a network that nobody else reads, say so: PRODE_STORE__UNENCRYPTED=true"
            }
            Self::Transport(error) => of_settings(error),
            Self::Untrusted { fault, .. } => of_fault(fault),
            Self::Unreachable { .. } => {
                "nothing was written; look whether the server runs, then run it again"
            }
            Self::Unsure { .. } => {
                "nothing is there twice; run it again, which first reads what was kept"
            }
            Self::Denied { .. } => {
                "nothing was written; give the role its rights, and its password in PRODE_STORE__PASSWORD"
            }
            Self::OnlyReads(_) => {
                "nothing was written; name the server that writes, or all of them: postgresql://user@one,two/database"
            }
            Self::Foreign { .. } => "nothing was changed; name a database of its own for the runs",
            Self::Other { .. } => {
                "nothing was changed; name a database of this repository's own in store.url. Where its history was rewritten, let the next worker say anew whose it is: UPDATE prode.store SET repository = NULL"
            }
            Self::Damaged { .. } => {
                "nothing was changed; make a dump before anything else: pg_dump --schema=prode"
            }
        };
        vec![hint.to_owned()]
    }
}

fn of_settings(error: &TransportError) -> &'static str {
    match error {
        TransportError::Half { .. } => {
            "set both, each to a file in PEM: PRODE_STORE__CERTIFICATE and PRODE_STORE__KEY"
        }
        _ => "name a file in PEM by its whole path: PRODE_STORE__CA=/etc/prode/ca.pem",
    }
}

fn of_fault(fault: &TlsFault) -> &'static str {
    match fault {
        TlsFault::Missing => {
            "nothing was sent to it; switch TLS on there (ssl = on); or, on a network that nobody else reads, leave sslmode out and say so: PRODE_STORE__UNENCRYPTED=true"
        }
        TlsFault::Stranger => {
            "nothing was sent to it; name the file in PEM of the authority that signed its certificate: PRODE_STORE__CA=/etc/prode/ca.pem"
        }
        TlsFault::OtherName { .. } | TlsFault::NoName(_) => {
            "nothing was sent to it; name the server as its certificate does, and where that leads elsewhere add its number: ?hostaddr=10.0.0.7"
        }
        TlsFault::Unwelcome(_) => {
            "nothing was sent to it; name a certificate that it takes, and its key: PRODE_STORE__CERTIFICATE=/etc/prode/worker.pem"
        }
        TlsFault::OtherTime(_) => {
            "nothing was sent to it; renew the server's certificate, or set this machine's clock right"
        }
        _ => {
            "nothing was sent to it; look whether it is the server that is meant, and what its log says"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_told_with_what_to_do() {
        let (store, why) = ("postgresql://db/runs".to_owned(), "it ended".to_owned());
        let told = |error: ServerError| (error.to_string(), error.kind(), error.hints().concat());
        let (message, kind, hint) =
            told(ServerError::Unreachable { store: store.clone(), why: why.clone() });
        assert_eq!(message, "the store 'postgresql://db/runs' cannot be reached: it ended");
        assert_eq!(kind, ErrorKind::Unavailable);
        assert!(hint.starts_with("nothing was written"));
        let (message, kind, hint) = told(ServerError::Unsure { store: store.clone(), why });
        assert_eq!(
            message,
            "the store 'postgresql://db/runs' did not say whether the change was kept: it ended"
        );
        assert_eq!(kind, ErrorKind::Unavailable);
        assert!(!hint.contains("nothing was written"), "that is not known");
        let fault = TlsFault::Stranger;
        let (message, kind, hint) = told(ServerError::Untrusted { store: store.clone(), fault });
        assert_eq!(
            message,
            "the store 'postgresql://db/runs' is not spoken to: its certificate is signed by nobody who is trusted here"
        );
        assert_eq!(kind, ErrorKind::Invalid);
        assert!(hint.starts_with("nothing was sent") && hint.contains("PRODE_STORE__CA="));
        let (message, kind, hint) = told(ServerError::Unencrypted(store));
        assert!(message.ends_with("says sslmode=disable: anybody could read along"));
        assert_eq!(kind, ErrorKind::Usage);
        assert!(hint.contains("PRODE_STORE__UNENCRYPTED=true"));
    }
}
