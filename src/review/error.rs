//! Why a record of reviews or dismissals cannot be used.

use crate::hint::{ErrorKind, Helpful};
use crate::repo_path::RepoPath;

/// What is wrong with a record, or with a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// A record is not of its form.
    #[error("{file}:{line}:{column}: {reason}")]
    Malformed {
        /// From the top of the repository.
        file: String,
        /// 1-based; 0 where it concerns the whole file.
        line: u32,
        /// 1-based, in characters; 0 where it concerns the whole line.
        column: u32,
        /// What is wrong: lower-case, no full stop.
        reason: String,
    },
    /// An entry is written in a way that cannot be changed without touching more.
    #[error("{file}:{line}: '{entry}' is written so that it cannot be changed in place")]
    Unwritable {
        /// From the top of the repository.
        file: String,
        /// 1-based.
        line: u32,
        /// The path or the name that it is about.
        entry: String,
    },
    /// A page that is no text cannot be written back.
    #[error("'{}' cannot be edited: byte {at} is not UTF-8", .path.text())]
    NotText {
        /// Which page.
        path: RepoPath,
        /// Offset of the first such byte.
        at: usize,
    },
    /// A text that is no name of an audit's finding.
    #[error("'{0}' is no name of an audit's finding: A- and 8 hex digits")]
    NoFinding(String),
}

impl Helpful for ReviewError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Malformed { .. } | Self::Unwritable { .. } | Self::NotText { .. } => {
                ErrorKind::Invalid
            }
            Self::NoFinding(_) => ErrorKind::Usage,
        }
    }

    fn hints(&self) -> Vec<String> {
        vec![match self {
            Self::Malformed { file, .. } => format!("mend '{file}' and run it again"),
            Self::Unwritable { file, entry, .. } => {
                format!(
                    "write '{entry}' in '{file}' in one line, without anchors and once, and run it again"
                )
            }
            Self::NotText { .. } => "save it as UTF-8 first".to_owned(),
            Self::NoFinding(_) => "see which there are: prode audit".to_owned(),
        }]
    }
}
