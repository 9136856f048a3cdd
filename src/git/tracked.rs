//! Tracked files as they stand on disk: Git's index met with the file system.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::Path;

use git2::{Index, IndexEntry, IndexEntryExtendedFlag};

use super::blob::raw;
use super::error::{GitError, words};
use super::folder::os_path;
use super::index_file::{Entry, IndexFile};
use super::stat::{self, Recorded};
use super::{EntryKind, Repository, TreeFile, Wanted};
use crate::ids::{BlobId, TreeId};
use crate::repo_path::RepoPath;

/// A file of the work tree and what is known of its content without reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OnDisk {
    pub(super) path: RepoPath,
    pub(super) content: Content,
}

/// What is known of a file's content without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// The index proves that it is this one.
    Proved(BlobId),
    /// It has to be read.
    Unread,
    /// A sparse checkout leaves the file out on purpose.
    LeftOut,
}

/// Everything that the index names, read once.
pub(super) struct Tracked {
    index: IndexFile,
    written: (i32, u32),
    has_symlinks: bool,
}

impl Tracked {
    /// Reads the index as it is on disk now, never one from memory. Its time
    /// is taken first: a younger index only proves more.
    pub(super) fn read(repository: &Repository) -> Result<Self, GitError> {
        let path = repository.git_dir().join("index");
        let written = fs::metadata(&path).map_or((0, 0), |found| stat::written_at(&found));
        let index = match fs::read(&path).ok().and_then(|bytes| IndexFile::parse(&bytes)) {
            Some(index) => index,
            None => by_library(&path)?,
        };
        let config = repository.git.config().and_then(|mut config| config.snapshot());
        let has_symlinks =
            config.and_then(|config| config.get_bool("core.symlinks")).unwrap_or(true);
        Ok(Self { index, written, has_symlinks })
    }

    /// True if the index holds exactly what `tree` holds.
    pub(super) fn is_of(&self, tree: TreeId) -> bool {
        self.index.tree == Some(tree.0)
    }

    /// The wanted regular files as the index holds them, sorted by path.
    pub(super) fn contents(&self, wanted: &mut Wanted<'_>) -> Vec<TreeFile> {
        let mut folders = HashMap::new();
        let regular = self.index.entries.iter().filter(|entry| entry.mode & KIND == REGULAR);
        let regular = regular.filter(|entry| {
            is_wanted_folder(parent(&entry.path), wanted, &mut folders)
                && wanted(&entry.path, EntryKind::File)
        });
        let file = |entry: &Entry| TreeFile {
            path: RepoPath::from_git(entry.path.clone()),
            blob: entry.blob,
        };
        regular.map(file).collect()
    }

    /// True if the index names this: a submodule is a folder.
    pub(super) fn names(&self, path: &[u8], kind: EntryKind) -> bool {
        let entries = &self.index.entries;
        entries.binary_search_by(|entry| entry.path.as_slice().cmp(path)).is_ok_and(|at| {
            let is_module = entries[at].mode & KIND == SUBMODULE;
            is_module == (kind == EntryKind::Folder)
        })
    }

    /// The wanted regular files that are there, or left out on purpose.
    pub(super) fn files(&self, top: &Path, wanted: &mut Wanted<'_>) -> Vec<OnDisk> {
        let mut folders = Folders { top, known: HashMap::new() };
        let mut asked: Vec<(&Entry, Folder)> = Vec::new();
        for entry in &self.index.entries {
            let stands_for_link = !self.has_symlinks && entry.mode & KIND == SYMLINK;
            let again = asked.last().is_some_and(|(last, _)| last.path == entry.path);
            if stands_for_link || again {
                continue;
            }
            let folder = folders.look(parent(&entry.path), wanted);
            if folder != Folder::Unwanted && wanted(&entry.path, EntryKind::File) {
                asked.push((entry, folder));
            }
        }
        in_parallel(&asked, |&(entry, folder)| {
            let found = (folder == Folder::Real)
                .then(|| fs::symlink_metadata(top.join(os_path(&entry.path))).ok())
                .flatten()
                .filter(Metadata::is_file);
            let content = self.content(entry, found.as_ref())?;
            Some(OnDisk { path: RepoPath::from_git(entry.path.clone()), content })
        })
    }

    fn content(&self, entry: &Entry, found: Option<&Metadata>) -> Option<Content> {
        let Some(found) = found else {
            return entry.skipped.then_some(Content::LeftOut);
        };
        let is_plain = entry.mode & KIND == REGULAR && !entry.conflicted;
        Some(if is_plain && stat::proves(&entry.recorded, found, self.written) {
            Content::Proved(entry.blob)
        } else {
            Content::Unread
        })
    }
}

/// What the library makes of an index that is not as usual.
fn by_library(path: &Path) -> Result<IndexFile, GitError> {
    let index = Index::open(path).map_err(|error| GitError::UnreadableIndex(words(&error)))?;
    let entry = |entry: IndexEntry| Entry {
        mode: entry.mode,
        blob: BlobId(raw(entry.id)),
        recorded: Recorded {
            size: entry.file_size,
            changed: (entry.mtime.seconds(), entry.mtime.nanoseconds()),
            touched: (entry.ctime.seconds(), entry.ctime.nanoseconds()),
            inode: entry.ino,
        },
        conflicted: entry.flags & CONFLICT_STAGE != 0,
        skipped: IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended)
            .is_skip_worktree(),
        path: entry.path,
    };
    Ok(IndexFile { entries: index.iter().map(entry).collect(), tree: None })
}

/// Below this many files a second thread costs more than it saves.
const FILES_PER_THREAD: usize = 1_000;

/// What `look` gives for each item, in their order: asking the file system is
/// all waiting, and threads wait side by side.
fn in_parallel<T: Sync, R: Send>(items: &[T], look: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = cores.min(items.len().div_ceil(FILES_PER_THREAD)).max(1);
    let mut chunks = items.chunks(items.len().div_ceil(threads).max(1));
    let first = chunks.next().unwrap_or_default();
    let look_at = |chunk: &[T]| chunk.iter().filter_map(&look).collect::<Vec<R>>();
    std::thread::scope(|scope| {
        let others: Vec<_> = chunks.map(|chunk| scope.spawn(|| look_at(chunk))).collect();
        let mut found = look_at(first);
        for other in others {
            found.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        found
    })
}

/// Whether every folder on the way is wanted.
fn is_wanted_folder(
    path: &[u8],
    wanted: &mut Wanted<'_>,
    known: &mut HashMap<Vec<u8>, bool>,
) -> bool {
    if path.is_empty() {
        return true;
    }
    if let Some(&known) = known.get(path) {
        return known;
    }
    let is_wanted =
        is_wanted_folder(parent(path), wanted, known) && wanted(path, EntryKind::Folder);
    known.insert(path.to_vec(), is_wanted);
    is_wanted
}

/// Modes and flags of the index format (`gitformat-index`).
const KIND: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const SYMLINK: u32 = 0o120_000;
const SUBMODULE: u32 = 0o160_000;
const CONFLICT_STAGE: u16 = 0x3000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folder {
    /// Wanted, and a folder on disk.
    Real,
    /// Wanted, but missing or something else, such as a link.
    Unreal,
    /// Not to be entered.
    Unwanted,
}

/// What is known of folders, so that each is looked at once.
struct Folders<'a> {
    top: &'a Path,
    known: HashMap<Vec<u8>, Folder>,
}

impl Folders<'_> {
    fn look(&mut self, path: &[u8], wanted: &mut Wanted<'_>) -> Folder {
        if path.is_empty() {
            return Folder::Real;
        }
        if let Some(&known) = self.known.get(path) {
            return known;
        }
        let found = match self.look(parent(path), wanted) {
            Folder::Unwanted => Folder::Unwanted,
            _ if !wanted(path, EntryKind::Folder) => Folder::Unwanted,
            Folder::Real if self.is_folder(path) => Folder::Real,
            _ => Folder::Unreal,
        };
        self.known.insert(path.to_vec(), found);
        found
    }

    fn is_folder(&self, path: &[u8]) -> bool {
        fs::symlink_metadata(self.top.join(os_path(path))).is_ok_and(|found| found.is_dir())
    }
}

fn parent(path: &[u8]) -> &[u8] {
    &path[..path.iter().rposition(|&byte| byte == b'/').unwrap_or(0)]
}
