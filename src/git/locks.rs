//! Lock files that Git left or is using.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use walkdir::WalkDir;

use super::Repository;

/// Lock files that stand directly in a Git folder.
const SINGLE: &[&str] =
    &["index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock"];

/// A file that keeps others from writing a ref, the index or a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// Where it stands.
    pub path: PathBuf,
    /// When it was made.
    pub since: Timestamp,
}

impl Repository {
    /// Every lock file of refs, index and configuration, ordered by path.
    /// Nothing tells whether its process still lives but its age.
    pub fn locks(&self) -> Vec<LockFile> {
        let folders = [self.git_dir(), self.common_dir()];
        let single = folders.iter().flat_map(|folder| SINGLE.iter().map(|name| folder.join(name)));
        let refs = folders.iter().flat_map(|folder| below(&folder.join("refs")));
        let mut locks: Vec<LockFile> = single.chain(refs).filter_map(lock).collect();
        locks.sort_by(|a, b| a.path.cmp(&b.path));
        locks.dedup();
        locks
    }
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let paths = entries.map(walkdir::DirEntry::into_path);
    paths.filter(|path| path.extension().is_some_and(|it| it == "lock")).collect()
}

fn lock(path: PathBuf) -> Option<LockFile> {
    let made = path.symlink_metadata().ok()?.modified().ok()?;
    Some(LockFile { path, since: Timestamp::try_from(made).ok()? })
}
