//! Why the store did not do what was asked.

use std::io;
use std::path::{Path, PathBuf};

use super::lease::Holder;
use super::server::ServerError;
use crate::hint::{ErrorKind, Helpful};
use crate::run_id::RunId;

/// Why nothing was kept or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No such run here.
    #[error("there is no run '{run}' here")]
    NoRun {
        /// What was asked for.
        run: RunId,
        /// A run with nearly that name.
        near: Option<RunId>,
    },
    /// Another worker was given the run, or it was given back.
    #[error("run '{run}' was given to another worker (lease {token} has ended): {} now", who(.holder.as_ref()))]
    Fenced {
        /// The run.
        run: RunId,
        /// The token of the lease that was shown.
        token: u64,
        /// Who has it.
        holder: Option<Holder>,
    },
    /// The run has ended.
    #[error("run '{0}' is closed")]
    Closed(RunId),
    /// The name for a new run is one that is there.
    #[error("a run '{0}' is there already")]
    NameTaken(RunId),
    /// Events would leave a gap, or be there twice.
    #[error("run '{run}' goes on with event {next}, not with {first}")]
    OutOfOrder {
        /// The run.
        run: RunId,
        /// The number that comes next.
        next: u64,
        /// The number that was shown.
        first: u64,
    },
    /// Bytes are not those that were kept.
    #[error("{what} was altered: its digest is '{digest}', and what lies there has '{found}'")]
    Altered {
        /// Which bytes.
        what: String,
        /// The digest of what was kept.
        digest: String,
        /// The digest of what is there.
        found: String,
    },
    /// Others wrote all the time that was waited.
    #[error("the store '{}' is locked by another process", .0.display())]
    Busy(PathBuf),
    /// A newer prode wrote it.
    #[error("the store '{}' has version {found}, and this prode knows up to {known}", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest known one.
        known: u32,
    },
    /// Some other file stands there.
    #[error("'{}' is no store of runs: {why}", .path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        why: String,
    },
    /// The file is broken.
    #[error("the store '{}' is damaged: {why}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The file was moved or removed while it was open.
    #[error("the store '{}' was moved or removed while it was in use", .0.display())]
    Gone(PathBuf),
    /// The disk is full.
    #[error("the store '{}' cannot grow: the disk is full", .0.display())]
    Full(PathBuf),
    /// Its file or folder is not this user's to write.
    #[error("the store '{}' cannot be written: its file or folder does not allow it", .0.display())]
    ReadOnly(PathBuf),
    /// The system said no.
    #[error("cannot open the store '{}': {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The server that keeps the runs did not do it.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The database said no in another way.
    #[error("cannot use the store '{}': {why}", .path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What it said.
        why: String,
    },
}

impl StoreError {
    pub(super) fn open(path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(path.clone())
            }
            io::ErrorKind::StorageFull => Self::Full(path.clone()),
            _ => Self::Open { path: path.clone(), source },
        }
    }
}

fn who(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "nobody has it".to_owned(), |it| format!("'{}' has it", it.worker))
}

impl Helpful for StoreError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NoRun { .. } => ErrorKind::NotFound,
            Self::Fenced { .. }
            | Self::Closed(_)
            | Self::NameTaken(_)
            | Self::OutOfOrder { .. }
            | Self::Busy(_)
            | Self::Gone(_) => ErrorKind::Conflict,
            Self::Altered { .. }
            | Self::Newer { .. }
            | Self::NotAStore { .. }
            | Self::Damaged { .. } => ErrorKind::Invalid,
            Self::Server(error) => error.kind(),
            Self::Full(_) | Self::ReadOnly(_) | Self::Open { .. } | Self::Failed { .. } => {
                ErrorKind::Io
            }
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::NoRun { near: Some(near), .. } => format!("did you mean '{near}'?"),
            Self::NoRun { .. } => "see the runs: prode triage list".to_owned(),
            Self::Fenced { run, .. } | Self::Closed(run) => {
                format!("nothing was written; look: prode triage show {run}")
            }
            Self::NameTaken(_) | Self::OutOfOrder { .. } | Self::Busy(_) | Self::Gone(_) => {
                "nothing was written; run it again".to_owned()
            }
            Self::Newer { .. } => {
                "nothing was changed; use a prode as new as the one that wrote it".to_owned()
            }
            Self::NotAStore { path, .. } => {
                let path = path.display();
                format!("nothing was changed; move it away: mv '{path}' '{path}.old'")
            }
            Self::Damaged { path, .. } => format!(
                "nothing was changed; copy its folder first, then see what can be read: sqlite3 '{}' .recover",
                path.display()
            ),
            Self::Full(_) => "nothing was lost; make room and run it again".to_owned(),
            Self::ReadOnly(path) => {
                let folder = path.parent().unwrap_or(path).display();
                format!("who may write there: ls -ld '{folder}' '{}'", path.display())
            }
            Self::Server(error) => return error.hints(),
            Self::Altered { .. } | Self::Open { .. } | Self::Failed { .. } => return Vec::new(),
        };
        vec![hint]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: io::ErrorKind) -> (String, ErrorKind, Vec<String>) {
        let error = StoreError::open(Path::new("/r/store/runs.sqlite"))(io::Error::from(kind));
        (error.to_string(), error.kind(), error.hints())
    }

    #[test]
    fn what_the_system_says_is_told_in_the_stores_words() {
        let (message, kind, hints) = told(io::ErrorKind::PermissionDenied);
        assert_eq!(
            message,
            "the store '/r/store/runs.sqlite' cannot be written: its file or folder does not allow it"
        );
        assert_eq!(kind, ErrorKind::Io);
        assert_eq!(hints, ["who may write there: ls -ld '/r/store' '/r/store/runs.sqlite'"]);
        assert!(told(io::ErrorKind::StorageFull).0.ends_with("cannot grow: the disk is full"));
        let (message, kind, hints) = told(io::ErrorKind::NotADirectory);
        assert_eq!(message, "cannot open the store '/r/store/runs.sqlite': not a directory");
        assert_eq!((kind, hints), (ErrorKind::Io, Vec::new()));
    }
}
