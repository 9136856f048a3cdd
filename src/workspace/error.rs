//! Why a workspace could not be opened or asked.

use super::others::OtherError;
use crate::config::ConfigError;
use crate::edits::EditError;
use crate::forge::ForgeError;
use crate::git::GitError;
use crate::hint::{ErrorKind, Helpful};
use crate::index::IndexError;
use crate::store::StoreError;
use crate::tracker::TrackerError;

/// A failure of one of the gateways, or of the question's revision.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// The repository could not be read.
    #[error(transparent)]
    Git(#[from] GitError),
    /// Settings could not be read at all.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The index could not answer.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// Files could not be changed.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Which forge holds the repository is not clear.
    #[error(transparent)]
    Forge(#[from] ForgeError),
    /// Which tracker holds the tickets is not clear.
    #[error(transparent)]
    Tracker(#[from] TrackerError),
    /// The store of runs cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another memory that was named cannot be asked.
    #[error(transparent)]
    Other(#[from] Box<OtherError>),
    /// A server's repository was moved away, deleted, or taken by another one.
    #[error("the repository at '{0}' is not there any more")]
    Gone(String),
    /// `--as-of` with something that is no date.
    #[error("'{0}' is neither a date nor a time")]
    BadTime(String),
    /// No commit on the trunk is as old as that.
    #[error("'{trunk}' has no commit before {when}")]
    NothingBefore {
        /// The trunk's name.
        trunk: String,
        /// What was typed.
        when: String,
    },
    /// Only HEAD could be the trunk, and whoever runs prode chooses HEAD.
    #[error("the trunk cannot be told apart from HEAD, so it says nothing of approvals")]
    NoReviewedTrunk,
    /// A revision was asked of a folder that has none.
    #[error("'{0}' is not in a Git repository, so it has no revisions")]
    NoRevisions(String),
    /// Nobody can be told of runs.
    #[error("telemetry.endpoint cannot be used: {0}")]
    NoCollector(&'static str),
}

impl Helpful for WorkspaceError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Git(error) => error.kind(),
            Self::Config(error) => error.kind(),
            Self::Index(error) => error.kind(),
            Self::Edit(error) => error.kind(),
            Self::Forge(error) => error.kind(),
            Self::Store(error) => error.kind(),
            Self::Tracker(error) => error.kind(),
            Self::Other(error) => error.kind(),
            Self::Gone(_) => ErrorKind::Unavailable,
            Self::BadTime(_) | Self::NoCollector(_) => ErrorKind::Usage,
            Self::NothingBefore { .. } | Self::NoRevisions(_) | Self::NoReviewedTrunk => {
                ErrorKind::NotFound
            }
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Git(error) => error.hints(),
            Self::Config(error) => error.hints(),
            Self::Index(error) => error.hints(),
            Self::Edit(error) => error.hints(),
            Self::Forge(error) => error.hints(),
            Self::Store(error) => error.hints(),
            Self::Tracker(error) => error.hints(),
            Self::Other(error) => error.hints(),
            Self::Gone(_) => vec![
                "put the repository back where it was: the server goes on by itself; or start it where the repository is now"
                    .to_owned(),
            ],
            Self::BadTime(_) => {
                vec![
                    "write a day such as 2026-11-20, or a time such as 2026-11-20T08:00:00Z"
                        .to_owned(),
                ]
            }
            Self::NothingBefore { trunk, .. } => {
                vec![format!("see its first commit: git log --reverse --first-parent {trunk}")]
            }
            Self::NoReviewedTrunk => vec![
                "call it main or master, or say what the remote's is: git remote set-head origin --auto"
                    .to_owned(),
            ],
            Self::NoCollector(_) => vec![
                "set it to the collector's URL, such as https://otlp.example.org or http://127.0.0.1:4318, or unset it"
                    .to_owned(),
            ],
            Self::NoRevisions(_) => vec!["leave --rev and --as-of out, or run git init".to_owned()],
        }
    }
}
