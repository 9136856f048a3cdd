//! A folder on disk: walked without following a link, read without leaving it.
//!
//! Serves the work tree of a repository and a folder that is none.

use std::fs::{self, FileType, Metadata};
use std::io::{ErrorKind as IoKind, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::error::GitError;
use super::ignored::Rules;
use super::{EntryKind, Wanted};
use crate::repo_path::RepoPath;

/// The wanted files of a folder that is no repository, sorted by path.
/// `.gitignore` files count; `.git` is left out; links are not followed.
pub fn plain_files(root: &Path, wanted: &mut Wanted<'_>) -> Result<Vec<RepoPath>, GitError> {
    fs::read_dir(root).map_err(GitError::read(root))?;
    let walk = Walk { root, rules: Rules::none(), enters_repositories: true };
    let mut files = walk.files(wanted, &mut |_, _| false)?;
    files.sort_unstable();
    Ok(files)
}

/// A regular file's bytes as they are on disk. Refused where any part of the
/// path is a symbolic link.
pub fn plain_read(root: &Path, path: &RepoPath) -> Result<Vec<u8>, GitError> {
    let (full, expected) = regular_file(root, path)?;
    let mut file = fs::File::open(&full).map_err(GitError::read(&full))?;
    let opened = file.metadata().map_err(GitError::read(&full))?;
    if !is_same_file(&opened, &expected) {
        return Err(GitError::NotAFile(path.clone()));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(GitError::read(&full))?;
    Ok(bytes)
}

/// A regular file's size in bytes, under the same conditions as [`plain_read`].
pub fn plain_size(root: &Path, path: &RepoPath) -> Result<u64, GitError> {
    regular_file(root, path).map(|(_, found)| found.len())
}

/// Files below a folder on disk, ignored ones too; nothing where it is not
/// there. Links are not followed.
pub fn plain_names_below(root: &Path, folder: &RepoPath) -> Vec<RepoPath> {
    let top = root.join(os_path(folder.as_bytes()));
    let files = walkdir::WalkDir::new(&top).max_depth(8).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let path = |entry: walkdir::DirEntry| {
        let below = entry.path().strip_prefix(&top).ok()?;
        folder.join(below.as_os_str().as_encoded_bytes())
    };
    files.filter_map(path).collect()
}

/// A walk that lists what Git does not ignore.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Path,
    pub(super) rules: Rc<Rules>,
    /// Whether a folder that is a repository of its own is entered.
    pub(super) enters_repositories: bool,
}

/// A folder's entry: its name and what it is itself.
type Named = (Vec<u8>, FileType);

/// A folder still to be listed, and the rules that hold in it.
struct Pending {
    path: Vec<u8>,
    rules: Rc<Rules>,
}

impl Walk<'_> {
    /// The wanted regular files, in no order, without those that are `known`
    /// already and without entering folders that are. What cannot be listed
    /// (no permission, gone meanwhile) is passed over, as Git does.
    pub(super) fn files(
        &self,
        wanted: &mut Wanted<'_>,
        known: &mut dyn FnMut(&[u8], EntryKind) -> bool,
    ) -> Result<Vec<RepoPath>, GitError> {
        let mut files = Vec::new();
        let mut pending = vec![Pending { path: Vec::new(), rules: Rc::clone(&self.rules) }];
        while let Some(Pending { mut path, rules }) = pending.pop() {
            let folder = self.root.join(os_path(&path));
            let Some(entries) = list(&folder)? else { continue };
            let rules = rules_in(&folder, &entries, rules);
            if !path.is_empty() {
                path.push(b'/');
            }
            let above = path.len();
            for (name, kind) in entries {
                path.truncate(above);
                path.extend_from_slice(&name);
                let full = || folder.join(os_path(&name));
                if kind.is_file() {
                    let asked = !known(&path, EntryKind::File) && wanted(&path, EntryKind::File);
                    if asked && !rules.ignores(&full(), false) {
                        files.push(RepoPath::from_git(path.clone()));
                    }
                } else if kind.is_dir() && name != b".git" && wanted(&path, EntryKind::Folder) {
                    let entered = !known(&path, EntryKind::Folder) && !rules.ignores(&full(), true);
                    if entered && (self.enters_repositories || !is_repository(&full())) {
                        pending.push(Pending { path: path.clone(), rules: Rc::clone(&rules) });
                    }
                }
            }
        }
        Ok(files)
    }
}

fn rules_in(folder: &Path, entries: &[Named], rules: Rc<Rules>) -> Rc<Rules> {
    let has_own = entries.iter().any(|(name, kind)| name == b".gitignore" && kind.is_file());
    if has_own { rules.and(folder, &folder.join(".gitignore")) } else { rules }
}

fn list(folder: &Path) -> Result<Option<Vec<Named>>, GitError> {
    let entries = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.and_then(|entry| named(&entry))).collect());
    match entries {
        Ok(entries) => Ok(Some(entries)),
        Err(error) if passed_over(&error) => Ok(None),
        Err(error) => Err(GitError::read(folder)(error)),
    }
}

fn named(entry: &fs::DirEntry) -> std::io::Result<Named> {
    Ok((entry.file_name().into_encoded_bytes(), entry.file_type()?))
}

fn passed_over(error: &std::io::Error) -> bool {
    matches!(error.kind(), IoKind::PermissionDenied | IoKind::NotFound | IoKind::NotADirectory)
}

fn is_repository(folder: &Path) -> bool {
    let git = folder.join(".git");
    match fs::symlink_metadata(&git) {
        Ok(found) => found.is_file() || git.join("HEAD").exists(),
        Err(_) => false,
    }
}

/// Looks at every part of the path itself: a link on the way would lead out.
fn regular_file(root: &Path, path: &RepoPath) -> Result<(PathBuf, Metadata), GitError> {
    let refused = || GitError::NotAFile(path.clone());
    let mut full = root.to_owned();
    let mut found = None;
    for part in path.as_bytes().split(|&byte| byte == b'/') {
        if matches!(part, b"" | b"." | b".." | b".git")
            || found.is_some_and(|m: Metadata| !m.is_dir())
        {
            return Err(refused());
        }
        full.push(os_path(part));
        found = Some(fs::symlink_metadata(&full).map_err(GitError::read(&full))?);
    }
    let found = found.filter(Metadata::is_file).ok_or_else(refused)?;
    Ok((full, found))
}

#[cfg(unix)]
fn is_same_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_same_file(a: &Metadata, _: &Metadata) -> bool {
    a.is_file()
}

/// Git's bytes as a path of this system.
#[cfg(unix)]
pub(super) fn os_path(bytes: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt;
    Path::new(std::ffi::OsStr::from_bytes(bytes))
}

/// Git's bytes as a path of this system; no file has a name that is not UTF-8.
#[cfg(not(unix))]
pub(super) fn os_path(bytes: &[u8]) -> &Path {
    Path::new(std::str::from_utf8(bytes).unwrap_or("\u{0}"))
}
