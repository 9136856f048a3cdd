//! What can go wrong with a repository, and what to type next.

use std::io;
use std::path::PathBuf;

use git2::{ErrorClass, ErrorCode, Oid};
use jiff::Timestamp;

use crate::hint::{ErrorKind, Helpful};
use crate::ids::CommitId;
use crate::repo_path::RepoPath;

/// Why a repository, a revision or a file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GitError {
    /// The path to start from is not there.
    #[error("'{}' does not exist", .0.display())]
    PathMissing(PathBuf),
    /// Neither the folder nor one above it is a repository.
    #[error("'{}' is not in a Git repository", .0.display())]
    NoRepository(PathBuf),
    /// Another user owns the repository; Git refuses it, so prode does.
    #[error("the repository '{}' belongs to another user", .0.display())]
    ForeignOwner(PathBuf),
    /// A format that the Git library cannot read.
    #[error("the repository '{}' uses {what}, which prode cannot read", .path.display())]
    Unsupported {
        /// The repository's Git folder.
        path: PathBuf,
        /// The format, for people.
        what: String,
    },
    /// No branch, tag or commit is called that.
    #[error("there is no revision '{rev}'")]
    UnknownRevision {
        /// What was asked for.
        rev: String,
        /// A branch or tag whose name is near.
        nearest: Option<String>,
        /// The history was cut off, so it may exist elsewhere.
        shallow: bool,
    },
    /// A short id that several objects share.
    #[error("the short id '{0}' names several objects")]
    AmbiguousRevision(String),
    /// It names a file or a folder.
    #[error("'{0}' does not name a commit")]
    NotACommit(String),
    /// HEAD's branch has no commit yet.
    #[error("'{0}' names no commit: the branch is still empty")]
    Unborn(String),
    /// The configured trunk is not there.
    #[error("there is no branch '{name}' to be the trunk")]
    UnknownTrunk {
        /// The configured name.
        name: String,
        /// Branches that exist, nearest name first.
        branches: Vec<String>,
    },
    /// The first-parent line ends where the shallow clone was cut.
    #[error(
        "the history of this shallow clone ends at {} ({since}), which is not before {when}",
        .commit.short(10)
    )]
    ShallowBoundary {
        /// The oldest commit that is here.
        commit: CommitId,
        /// Its committer time.
        since: Timestamp,
        /// The time that was asked for.
        when: Timestamp,
    },
    /// What is asked needs the whole history.
    #[error("this clone is shallow: its first commit is not here")]
    Shallow,
    /// An object that a partial clone has not fetched.
    #[error("object {0} is not in this partial clone")]
    NotFetched(String),
    /// An object that the repository should have.
    #[error("object {0} is missing from the repository")]
    MissingObject(String),
    /// An object that cannot be understood.
    #[error("object {id} is damaged: {why}")]
    CorruptObject {
        /// Its full id.
        id: String,
        /// The library's words.
        why: String,
    },
    /// Files on disk were asked for in a bare repository.
    #[error("the repository '{}' is bare: it has no work tree", .0.display())]
    NoWorkTree(PathBuf),
    /// The list of tracked files cannot be read.
    #[error("Git's index cannot be read: {0}")]
    UnreadableIndex(String),
    /// A link, folder or device where a regular file was asked for.
    #[error("'{0}' is not a regular file below the top folder")]
    NotAFile(RepoPath),
    /// Reading from disk failed.
    #[error("cannot read '{}': {source}", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// Anything else that the Git library says.
    #[error("cannot {doing}: {why}")]
    Library {
        /// What was tried, as a verb.
        doing: &'static str,
        /// The library's words.
        why: String,
    },
}

impl GitError {
    /// For `map_err`: a failure of the library while `doing` something.
    pub(super) fn library(doing: &'static str) -> impl Fn(git2::Error) -> Self {
        move |error| Self::Library { doing, why: words(&error) }
    }

    /// For `map_err`: a failure to read `path`.
    pub(super) fn read(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Read { path: path.into(), source }
    }

    /// Why the object `id` could not be read.
    pub(super) fn object(id: Oid, partial: bool, error: &git2::Error) -> Self {
        let id = id.to_string();
        match (error.code(), error.class()) {
            (ErrorCode::NotFound, ErrorClass::Odb | ErrorClass::Object) if partial => {
                Self::NotFetched(id)
            }
            (ErrorCode::NotFound, _) => Self::MissingObject(id),
            _ => Self::CorruptObject { id, why: words(error) },
        }
    }
}

/// The library's message, without a full stop.
pub(super) fn words(error: &git2::Error) -> String {
    error.message().trim_end_matches('.').to_owned()
}

impl Helpful for GitError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::PathMissing(_)
            | Self::NoRepository(_)
            | Self::UnknownRevision { .. }
            | Self::UnknownTrunk { .. }
            | Self::Unborn(_) => ErrorKind::NotFound,
            Self::AmbiguousRevision(_) | Self::NotACommit(_) | Self::NoWorkTree(_) => {
                ErrorKind::Usage
            }
            Self::Unsupported { .. }
            | Self::ShallowBoundary { .. }
            | Self::Shallow
            | Self::UnreadableIndex(_)
            | Self::CorruptObject { .. }
            | Self::MissingObject(_)
            | Self::NotAFile(_) => ErrorKind::Invalid,
            Self::NotFetched(_) => ErrorKind::Unavailable,
            Self::ForeignOwner(_) | Self::Read { .. } | Self::Library { .. } => ErrorKind::Io,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NoRepository(_) => vec!["name a repository: --repo PATH".to_owned()],
            Self::ForeignOwner(path) => vec![trust_command(path)],
            Self::Unsupported { .. } => vec![
                "read it from a clone in Git's default format (SHA-1, ref storage `files`)"
                    .to_owned(),
            ],
            Self::UnknownRevision { nearest, shallow, .. } => {
                let near = nearest.as_ref().map(|name| format!("did you mean '{name}'?"));
                let hints: Vec<String> = near.into_iter().chain(shallow.then(unshallow)).collect();
                if hints.is_empty() {
                    return vec!["see what there is: git branch --all; git fetch brings more".into()];
                }
                hints
            }
            Self::AmbiguousRevision(_) => vec!["give more digits of the id".to_owned()],
            Self::Unborn(_) => vec!["read the files on disk: --worktree".to_owned()],
            Self::UnknownTrunk { branches, .. } => vec![match branches.as_slice() {
                [] => "there is no branch yet; make a commit first".to_owned(),
                some => format!("branches are: {}", some.join(", ")),
            }],
            Self::ShallowBoundary { .. } | Self::Shallow => vec![unshallow()],
            Self::NotFetched(id) => {
                vec![format!("fetch it: git cat-file -e {id}; or all: git fetch --refetch --no-filter")]
            }
            Self::MissingObject(_) | Self::CorruptObject { .. } => {
                vec!["look for damage: git fsck".to_owned()]
            }
            Self::UnreadableIndex(_) => vec![
                "write it plainly: git update-index --no-split-index; or git sparse-checkout reapply --no-sparse-index".to_owned(),
            ],
            _ => Vec::new(),
        }
    }
}

/// Git's own advice for a repository that somebody else owns.
fn trust_command(path: &std::path::Path) -> String {
    format!("if you trust it: `git config --global --add safe.directory {}`", path.display())
}

fn unshallow() -> String {
    "the history here is cut off; `git fetch --unshallow` brings the rest".to_owned()
}
