//! Opening a repository, and saying why one does not open.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, Once};

use git2::{ErrorCode, RepositoryOpenFlags};

use super::Repository;
use super::error::{GitError, words};

impl Repository {
    /// The repository that holds `start`: upward from there, bare ones and
    /// linked work trees too. `GIT_DIR` and its like are not read.
    pub fn discover(start: &Path) -> Result<Self, GitError> {
        let start = match fs::metadata(start) {
            Ok(found) if found.is_dir() => start,
            Ok(_) => start.parent().unwrap_or(start),
            Err(_) => return Err(GitError::PathMissing(start.to_owned())),
        };
        open_with(start, RepositoryOpenFlags::empty())
    }

    /// The repository at exactly `path`: a work tree's top or a Git folder.
    pub fn open(path: &Path) -> Result<Self, GitError> {
        if !path.exists() {
            return Err(GitError::PathMissing(path.to_owned()));
        }
        open_with(path, RepositoryOpenFlags::NO_SEARCH)
    }

    /// The same repository once more, for another thread.
    pub fn reopen(&self) -> Result<Self, GitError> {
        self.address().open()
    }

    /// Where it is, for threads that open it themselves.
    pub fn address(&self) -> Address {
        let path = match self.workdir() {
            Some(top) if self.git.is_worktree() => top,
            _ => self.git_dir(),
        };
        Address { path: path.to_owned(), incoming: self.incoming.clone() }
    }
}

/// Where a repository is, and a push's objects beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    path: PathBuf,
    incoming: Option<PathBuf>,
}

impl Address {
    /// Opens what is there.
    pub fn open(&self) -> Result<Repository, GitError> {
        let repository = Repository::open(&self.path)?;
        match &self.incoming {
            Some(folder) => repository.with_objects_in(folder),
            None => Ok(repository),
        }
    }
}

fn open_with(path: &Path, flags: RepositoryOpenFlags) -> Result<Repository, GitError> {
    read_in_bulk();
    let no_ceiling = std::iter::empty::<&Path>();
    match git2::Repository::open_ext(path, flags, no_ceiling) {
        Ok(git) => Ok(Repository { git, whole: Mutex::default(), incoming: None }),
        Err(error) => Err(refusal(path, &error)),
    }
}

/// Hashing each object again costs a third of the time of reading many; a
/// flipped bit is still found where an object is inflated.
fn read_in_bulk() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| git2::opts::strict_hash_verification(false));
}

fn refusal(start: &Path, error: &git2::Error) -> GitError {
    match error.code() {
        ErrorCode::Owner => GitError::ForeignOwner(top_of(start)),
        ErrorCode::NotFound => GitError::NoRepository(start.to_owned()),
        _ => match unsupported(start) {
            Some((path, what)) => GitError::Unsupported { path, what },
            None => GitError::Library { doing: "open the repository", why: words(error) },
        },
    }
}

/// The folder that Git's advice names: where `.git` stands, or a bare repository.
fn top_of(start: &Path) -> PathBuf {
    let start = fs::canonicalize(start).unwrap_or_else(|_| start.to_owned());
    let holds_git = |folder: &&Path| folder.join(".git").exists() || folder.join("HEAD").is_file();
    let top = start.ancestors().find(holds_git);
    top.unwrap_or(&start).to_owned()
}

/// The formats that Git has and its library lacks, as the repository's own
/// configuration names them.
fn unsupported(start: &Path) -> Option<(PathBuf, String)> {
    let git_dir = git2::Repository::discover_path(start, std::iter::empty::<&Path>()).ok()?;
    let common = match fs::read_to_string(git_dir.join("commondir")) {
        Ok(relative) => git_dir.join(relative.trim_end()),
        Err(_) => git_dir.clone(),
    };
    let config = git2::Config::open(&common.join("config")).ok()?;
    let differs = |key: &str, usual: &str| {
        config.get_string(key).ok().filter(|value| !value.eq_ignore_ascii_case(usual))
    };
    let what = differs("extensions.objectformat", "sha1")
        .map(|name| format!("object ids of the format '{name}'"))
        .or_else(|| {
            differs("extensions.refstorage", "files").map(|name| format!("ref storage '{name}'"))
        })?;
    Some((git_dir, what))
}
