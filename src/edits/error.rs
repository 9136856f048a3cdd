//! Why files could not be changed.

use std::io;
use std::path::PathBuf;

use crate::hint::{ErrorKind, Helpful};
use crate::repo_path::RepoPath;

/// Why a change of files was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The file is not as it was when the change was worked out.
    #[error("'{}' was changed by somebody else in the meantime", .0.text())]
    Changed(RepoPath),
    /// A file stands where a new one should be.
    #[error("'{}' is there already", .0.text())]
    Taken(RepoPath),
    /// A folder, a link or something else stands at the path or on the way.
    #[error("'{}' is not a regular file", .0.text())]
    NotAFile(RepoPath),
    /// Another process is changing files.
    #[error("another prode is changing files of this work tree")]
    Busy,
    /// An interrupted change cannot be ended, since a file was edited after it.
    #[error("an interrupted change of '{}' cannot be finished: the file was edited since", .path.text())]
    Overtaken {
        /// The file.
        path: RepoPath,
        /// Where its new content waits, if it does.
        waiting: Option<PathBuf>,
    },
    /// What is known of an interrupted change cannot be read.
    #[error("the journal '{}' cannot be read: {why}", .path.display())]
    Journal {
        /// The journal's file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The disk said no; every file is as it was.
    #[error("cannot write '{}': {source}", .path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A test stopped here, as a kill would.
    #[error("stopped on the way")]
    Stopped,
}

impl EditError {
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

impl Helpful for EditError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Changed(_) | Self::Taken(_) | Self::Busy | Self::Overtaken { .. } => {
                ErrorKind::Conflict
            }
            Self::NotAFile(_) => ErrorKind::Invalid,
            Self::Journal { .. } | Self::Io { .. } | Self::Stopped => ErrorKind::Io,
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Changed(_) => "nothing was written; run it again".to_owned(),
            Self::Taken(_) => "nothing was written; choose another name".to_owned(),
            Self::NotAFile(_) => "nothing was written; name a file that is no link".to_owned(),
            Self::Busy => "wait for it and run it again".to_owned(),
            Self::Overtaken { path, waiting: Some(waiting) } => format!(
                "compare '{}' with '{}', keep what is right, and remove the latter",
                path.text(),
                waiting.display()
            ),
            Self::Overtaken { path, waiting: None } => {
                format!("remove '{}' if it should be gone", path.text())
            }
            Self::Journal { path, .. } => {
                format!("look at git status, then remove '{}'", path.display())
            }
            Self::Io { .. } | Self::Stopped => return Vec::new(),
        };
        vec![hint]
    }
}
