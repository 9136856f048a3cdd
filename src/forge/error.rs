//! Why a forge did not do what was asked.

use super::kind::Kind;
use crate::hint::{ErrorKind, Helpful};

/// What stands against it. No message holds the token or a URL with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ForgeError {
    /// No whole answer: whether it was done is not known.
    #[error("{host} did not answer whether it could {what}: {why}")]
    NoAnswer {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// What went wrong on the way.
        why: String,
    },
    /// It failed inside the forge: whether it was done is not known.
    #[error("{host} failed with {status} when asked to {what}")]
    Failing {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// The HTTP status.
        status: u16,
    },
    /// Too much was asked in too short a time.
    #[error("{host} asks to wait for {seconds} s before it is asked to {what}")]
    Busy {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// How long it wants.
        seconds: u64,
    },
    /// The token is none, or is over.
    #[error("{host} does not take the token")]
    BadToken {
        /// The API's host.
        host: String,
    },
    /// The token does not reach so far.
    #[error("{host} does not let this token {what}: {said}")]
    Forbidden {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// In the forge's words.
        said: String,
    },
    /// It is not there, or not for this token.
    #[error("{host} knows nothing by that name when asked to {what}")]
    NotFound {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
    },
    /// It was understood and refused.
    #[error("{host} refused to {what} ({status}): {said}")]
    Refused {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// The HTTP status.
        status: u16,
        /// In the forge's words.
        said: String,
    },
    /// An answer that no forge of the kind gives.
    #[error("the answer of {host} when asked to {what} is not understood: {why}")]
    NotUnderstood {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// What is missing or wrong.
        why: String,
    },
    /// A redirect to another host, where the token does not go.
    #[error("{host} sends elsewhere when asked to {what}: {to}")]
    Elsewhere {
        /// The API's host.
        host: String,
        /// What was asked.
        what: &'static str,
        /// The other host.
        to: String,
    },
    /// The endpoint cannot be used; its text is not shown.
    #[error("the setting forge.endpoint cannot be used: {0}")]
    BadEndpoint(&'static str),
    /// The endpoint does not tell which forge answers there.
    #[error("forge.endpoint is set, and not which kind of forge answers there")]
    NoKind,
    /// Where a forge answers is not known.
    #[error("the repository is on {0}, and the user's forge.endpoint does not say where that is")]
    NoEndpoint(Kind),
    /// The repository's name there is not known.
    #[error("what the repository is called on {0} is not known")]
    NoRepo(Kind),
    /// The setting names no repository.
    #[error("'{repo}' is no repository on {kind}")]
    BadRepo {
        /// Which forge.
        kind: Kind,
        /// What is set.
        repo: String,
    },
}

impl ForgeError {
    /// True where it may have been done all the same.
    pub fn is_unsure(&self) -> bool {
        matches!(self, Self::NoAnswer { .. } | Self::Failing { .. } | Self::NotUnderstood { .. })
    }
}

impl Helpful for ForgeError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoAnswer { .. }
            | Self::Failing { .. }
            | Self::Busy { .. }
            | Self::NotUnderstood { .. } => ErrorKind::Unavailable,
            Self::Forbidden { .. } => ErrorKind::Waiting,
            Self::NotFound { .. } => ErrorKind::NotFound,
            Self::BadToken { .. }
            | Self::Refused { .. }
            | Self::Elsewhere { .. }
            | Self::BadEndpoint(_)
            | Self::NoKind
            | Self::NoEndpoint(_)
            | Self::NoRepo(_)
            | Self::BadRepo { .. } => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoAnswer { .. } | Self::Failing { .. } => {
                "run it again: what is there already is found and not made twice"
            }
            Self::Busy { .. } => "run it again then",
            Self::BadToken { .. } => {
                "make a new one, and hand it over as PRODE_FORGE__TOKEN or in your own config.yaml"
            }
            Self::Forbidden { .. } => "what a token needs is on the page wiki/forges.md",
            Self::NotFound { .. } => {
                "is forge.repo right, and does the token reach it? prode config list --origin"
            }
            Self::Refused { .. } => "see the repository's rules on the forge",
            Self::NotUnderstood { .. } => {
                "is forge.kind right, and forge.endpoint the address of its API? prode doctor"
            }
            Self::Elsewhere { .. } => "a token goes to one host: set forge.endpoint to the new one",
            Self::BadEndpoint(_) => "write it so: https://git.example.org/api/v4",
            Self::NoKind => "add forge: {kind: github | gitlab | gitea} to prode.yaml",
            Self::NoEndpoint(_) => {
                "set it on your side: PRODE_FORGE__ENDPOINT=https://git.example.org/api/v4"
            }
            Self::NoRepo(_) => "add forge: {repo: org/name} to prode.yaml",
            Self::BadRepo { .. } => "write it so: forge: {repo: org/name}",
        };
        vec![hint.to_owned()]
    }
}
