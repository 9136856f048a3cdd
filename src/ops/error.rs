//! Why an operation could not be done.

use std::convert::Infallible;

use schemars::JsonSchema;
use serde::Serialize;

use crate::adr::AdrEditError;
use crate::allowance::AllowanceError;
use crate::corpus::{LookupError, RefError};
use crate::edits::EditError;
use crate::forge::ForgeError;
use crate::fts5::Fts5Error;
use crate::git::{GitError, NetworkError, WriteError};
use crate::hint::{ErrorKind, Helpful};
use crate::inbox::InboxError;
use crate::index::IndexError;

use crate::promotion::PromotionError;
use crate::redaction::{Blocked, SettingsError};
use crate::review::ReviewError;
use crate::signing::SigningError;
use crate::skill::LockError;
use crate::store::StoreError;
use crate::template::RenderError;
use crate::tokens::TokenError;
use crate::tracker::TrackerError;
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
    /// A template makes no document.
    #[error(transparent)]
    Template(#[from] RenderError),
    /// The lock file of skills cannot be used.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A commit was not made or a ref not moved.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Another repository could not be spoken to.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// The forge did not do what was asked.
    #[error(transparent)]
    Forge(#[from] ForgeError),
    /// A full-text table to be measured beside could not be made or asked.
    #[error(transparent)]
    FullText(#[from] Fts5Error),
    /// The tracker did not do what was asked.
    #[error(transparent)]
    Tracker(#[from] TrackerError),
    /// Tokens of the server cannot be used.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Runs could not be kept or read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing was signed, or a signature could not be looked at.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// A decision's text cannot be changed so.
    #[error(transparent)]
    Decision(#[from] AdrEditError),
    /// A page or a record of reviews cannot be used or written.
    #[error(transparent)]
    Review(#[from] ReviewError),
    /// What was handed in is no learning, or the branch holds none there.
    #[error(transparent)]
    Inbox(#[from] InboxError),
    /// A learning does not fit into its page.
    #[error(transparent)]
    Promotion(#[from] PromotionError),
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
    /// Somebody else changed it in the meantime.
    #[error("{message}")]
    Conflict {
        /// What changed.
        message: String,
        /// What to type next.
        hint: String,
    },
    /// Another memory was asked, and this is of it.
    #[error("in the memory '{name}': {error}")]
    Elsewhere {
        /// The memory's name.
        name: String,
        /// Its folder.
        place: String,
        /// What it is.
        error: Box<OpError>,
    },
    /// Redaction cannot decide.
    #[error(transparent)]
    Blocked(#[from] Blocked),
    /// Somebody let a finding stand, and that does not hold.
    #[error(transparent)]
    Allowance(#[from] AllowanceError),
    /// Redaction's settings cannot be used.
    #[error(transparent)]
    Redaction(#[from] SettingsError),
    /// A person's decision is missing, or was no.
    #[error("{message}")]
    Waiting {
        /// What is missing for what.
        message: String,
        /// Who does what next.
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

/// All pages of a catalogue are there to be looked up in.
impl From<Infallible> for OpError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<IndexError> for OpError {
    fn from(error: IndexError) -> Self {
        Self::Workspace(error.into())
    }
}

impl From<EditError> for OpError {
    fn from(error: EditError) -> Self {
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
            Self::Template(error) => error.kind(),
            Self::Lock(error) => error.kind(),
            Self::Decision(error) => error.kind(),
            Self::Review(error) => error.kind(),
            Self::Write(error) => error.kind(),
            Self::Network(error) => error.kind(),
            Self::Forge(error) => error.kind(),
            Self::FullText(error) => error.kind(),
            Self::Tracker(error) => error.kind(),
            Self::Token(error) => error.kind(),
            Self::Store(error) => error.kind(),
            Self::Signing(error) => error.kind(),
            Self::Inbox(error) => error.kind(),
            Self::Promotion(error) => error.kind(),
            Self::File { .. } => ErrorKind::Io,
            Self::Invalid { .. } => ErrorKind::Invalid,
            Self::NotFound { .. } => ErrorKind::NotFound,
            Self::Conflict { .. } => ErrorKind::Conflict,
            Self::Elsewhere { error, .. } => error.kind(),
            Self::Blocked(error) => error.kind(),
            Self::Allowance(error) => error.kind(),
            Self::Redaction(error) => error.kind(),
            Self::Waiting { .. } => ErrorKind::Waiting,
            Self::Usage { .. } => ErrorKind::Usage,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Workspace(error) => error.hints(),
            Self::Reference(error) => error.hints(),
            Self::Lookup(error) => error.hints(),
            Self::Template(error) => error.hints(),
            Self::Lock(error) => error.hints(),
            Self::Decision(error) => error.hints(),
            Self::Review(error) => error.hints(),
            Self::Elsewhere { name, place, error } => {
                let mut hints = error.hints();
                hints.push(format!(
                    "write '{name}:' before what is there; to look around: prode --repo '{place}' list"
                ));
                hints
            }
            Self::Blocked(error) => error.hints(),
            Self::Allowance(error) => error.hints(),
            Self::Redaction(error) => error.hints(),
            Self::Write(error) => error.hints(),
            Self::Network(error) => error.hints(),
            Self::Forge(error) => error.hints(),
            Self::FullText(error) => error.hints(),
            Self::Tracker(error) => error.hints(),
            Self::Token(error) => error.hints(),
            Self::Store(error) => error.hints(),
            Self::Signing(error) => error.hints(),
            Self::Inbox(error) => error.hints(),
            Self::Promotion(error) => error.hints(),
            Self::File { .. } => Vec::new(),
            Self::Invalid { hint, .. }
            | Self::NotFound { hint, .. }
            | Self::Conflict { hint, .. }
            | Self::Waiting { hint, .. }
            | Self::Usage { hint, .. } => vec![hint.clone()],
        }
    }
}

/// What every command says under `--json` when it fails, on standard error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ErrorDocument {
    /// `prode.error/v1`.
    pub schema: &'static str,
    /// What sort of failure it is: `usage`, `not_found`, `invalid`, `conflict`,
    /// `waiting`, `unavailable`, `io` or `bug`.
    pub kind: String,
    /// What happened to which value.
    pub message: String,
    /// What to type next.
    pub hints: Vec<String>,
}

impl ErrorDocument {
    /// Puts a failure into its form.
    pub fn new(kind: ErrorKind, message: String, hints: Vec<String>) -> Self {
        let kind = serde_json::to_value(kind).ok();
        let kind = kind.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
        Self { schema: "prode.error/v1", kind, message, hints }
    }
}
