//! Why a database was not asked, or gave no answer that counts.

use std::time::Duration;

use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::database::{TlsFault, TransportError, tls_fault, words};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PostgresError {
    /// The setting is no address. It may hold a password, so it is not shown.
    #[error("it is no address of one database: {0}")]
    BadAddress(String),
    /// What is asked and answered would be readable on its way.
    #[error("'{0}' is on another machine, and its address says sslmode=disable: leave that out")]
    Unencrypted(String),
    /// A setting about encryption is of no use.
    #[error(transparent)]
    Transport(TransportError),
    /// It does not encrypt, or does not prove who it is. It heard nothing but the wish to.
    #[error("'{server}' is not spoken to: {fault}")]
    Untrusted {
        /// Its address.
        server: String,
        /// What is wrong with it.
        fault: TlsFault,
    },
    /// It does not answer.
    #[error("'{server}' cannot be reached: {why}")]
    Unreachable {
        /// Its address.
        server: String,
        /// What was tried.
        why: String,
    },
    /// It does not let this role in, or not look at this.
    #[error("'{server}' does not let this role in, or not look at this: {why}")]
    Denied {
        /// Its address.
        server: String,
        /// What it said.
        why: String,
    },
    /// It takes writes.
    #[error("'{server}' is no standby: a server that takes writes is not asked{why}")]
    Primary {
        /// Its address.
        server: String,
        /// What is to be said of an exception; empty where there is none.
        why: String,
    },
    /// It is another role than the settings name.
    #[error("the role is '{found}', and specialists.postgres.role is '{wanted}': nothing is asked")]
    OtherRole {
        /// Who was let in.
        found: String,
        /// Who should have been.
        wanted: String,
    },
    /// It may do more than read.
    #[error("the role '{role}' may do more than read, so nothing is asked: {why}")]
    Rights {
        /// The role.
        role: String,
        /// What it may.
        why: String,
    },
    /// What is to be looked at is not there, or no plain table.
    #[error("{0}")]
    Relation(String),
    /// The transaction could write, or the server is not what it was any more.
    #[error(
        "while it was asked the server became one that could be written to: nothing that it said counts"
    )]
    Changed,
    /// No answer came to its end in that time.
    #[error("no answer in {} s: it was cancelled", .0.as_secs())]
    Late(Duration),
    /// It said more than is read.
    #[error("it said more than {0} bytes: it was cancelled")]
    TooMuch(usize),
    /// It was asked, and did not answer it.
    #[error("it did not answer: {0}")]
    Failed(String),
}

impl PostgresError {
    /// True where nothing was asked that an answer was missing to.
    pub fn is_unasked(&self) -> bool {
        matches!(
            self,
            Self::BadAddress(_)
                | Self::Unencrypted(_)
                | Self::Transport(_)
                | Self::Untrusted { .. }
                | Self::Primary { .. }
                | Self::OtherRole { .. }
                | Self::Rights { .. }
                | Self::Relation(_)
        )
    }

    /// Why a server is not spoken to; one whose connection ended may be another time.
    pub(super) fn untrusted(fault: TlsFault, server: &str) -> Self {
        let server = server.to_owned();
        match fault {
            fault if fault.is_final() => Self::Untrusted { server, fault },
            fault => Self::Unreachable { server, why: fault.to_string() },
        }
    }

    /// What a server says.
    pub(super) fn of(error: &Error, server: &str, limit: Duration) -> Self {
        if let Some(fault) = tls_fault(error) {
            return Self::untrusted(fault, server);
        }
        let (server, why) = (server.to_owned(), words(error));
        match error.code() {
            Some(
                &(SqlState::INVALID_AUTHORIZATION_SPECIFICATION
                | SqlState::INVALID_PASSWORD
                | SqlState::INSUFFICIENT_PRIVILEGE
                | SqlState::INVALID_CATALOG_NAME),
            ) => Self::Denied { server, why },
            None
            | Some(
                &(SqlState::ADMIN_SHUTDOWN
                | SqlState::CRASH_SHUTDOWN
                | SqlState::CANNOT_CONNECT_NOW
                | SqlState::TOO_MANY_CONNECTIONS),
            ) => Self::Unreachable { server, why },
            Some(&SqlState::QUERY_CANCELED) => {
                if why.contains("recovery") {
                    Self::Failed(why)
                } else {
                    Self::Late(limit)
                }
            }
            Some(_) => Self::Failed(why),
        }
    }
}
