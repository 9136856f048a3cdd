//! Why a commit was not made or a ref not moved, and what to type next.

use std::path::PathBuf;

use super::error::{GitError, words};
use crate::hint::{ErrorKind, Helpful};
use crate::ids::CommitId;
use crate::repo_path::RepoPath;

/// Why nothing was written. No ref has moved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The ref is not where the change was worked out.
    #[error("'{reference}' was moved by somebody else: it is at {}", at(*.found))]
    Moved {
        /// The ref's full name.
        reference: String,
        /// Where it was expected; `None` for not to be there.
        expected: Option<CommitId>,
        /// Where it is.
        found: Option<CommitId>,
    },
    /// A lock file stays, so somebody writes, or a killed process left it.
    #[error("'{reference}' is locked: '{}' stays", .lock.display())]
    Locked {
        /// The ref's full name.
        reference: String,
        /// The lock file.
        lock: PathBuf,
    },
    /// So many others write there that no turn came.
    #[error("'{0}' was changed by others each time before this one")]
    Crowded(String),
    /// The trunk is only written where it was asked for as the trunk.
    #[error("'{0}' is the trunk, which changes by proposals only")]
    IsTrunk(String),
    /// No possible name of a ref.
    #[error("'{0}' is no name of a ref")]
    BadRef(String),
    /// No possible path in a tree.
    #[error("'{}' is no path that Git can hold", .0.text())]
    BadPath(RepoPath),
    /// A file stands where a folder is needed, or the other way round.
    #[error("'{}' cannot be written: a file and a folder would have one name", .0.text())]
    Collides(RepoPath),
    /// A file was to be removed that is not there.
    #[error("'{}' cannot be removed: it is not there", .0.text())]
    NothingToRemove(RepoPath),
    /// Git was not told who commits here.
    #[error("Git does not know who you are: '{0}' is not set")]
    NoIdentity(&'static str),
    /// The signature that the settings demand could not be made.
    #[error("the commit could not be signed as commit.gpgsign demands: {0}")]
    Signing(String),
    /// Reading what the change stands on failed.
    #[error(transparent)]
    Git(#[from] GitError),
}

impl WriteError {
    /// For `map_err`: a failure of the library while `doing` something.
    pub(super) fn library(doing: &'static str) -> impl Fn(git2::Error) -> Self {
        move |error| Self::Git(GitError::Library { doing, why: words(&error) })
    }
}

fn at(commit: Option<CommitId>) -> String {
    commit.map_or_else(|| "no commit".to_owned(), |commit| commit.short(10))
}

impl Helpful for WriteError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Moved { .. } | Self::Locked { .. } | Self::Crowded(_) => ErrorKind::Conflict,
            Self::IsTrunk(_) | Self::BadRef(_) => ErrorKind::Usage,
            Self::BadPath(_)
            | Self::Collides(_)
            | Self::NothingToRemove(_)
            | Self::NoIdentity(_)
            | Self::Signing(_) => ErrorKind::Invalid,
            Self::Git(error) => error.kind(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Moved { .. } | Self::Crowded(_) => {
                vec!["nothing was written; run it again".to_owned()]
            }
            Self::Locked { lock, .. } => vec![format!(
                "wait for whoever writes; if no Git process runs: rm '{}'",
                lock.display()
            )],
            Self::NoIdentity(key) => {
                let example = if *key == "user.email" { "you@example.org" } else { "Your Name" };
                vec![format!("say it: git config --global {key} \"{example}\"")]
            }
            Self::Signing(_) => vec![
                "try it by hand: git commit-tree -S HEAD^{tree} -m try; see gpg.format and user.signingkey".to_owned(),
            ],
            Self::Git(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}
