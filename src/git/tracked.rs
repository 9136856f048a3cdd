//! Tracked files as they stand on disk: Git's index met with the file system.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use git2::{Index, IndexEntryExtendedFlag};

use super::blob::raw;
use super::error::{GitError, words};
use super::folder::os_path;
use super::index_file::{Entry, IndexFile};
use super::pairs::Pair;
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

    /// What the index names, to be asked for what a walk finds.
    pub(super) fn names(&self) -> Names<'_> {
        Names { index: &self.index, folder: Vec::new(), entries: &self.index.entries }
    }

    /// The wanted regular files that are there, or left out on purpose, sorted
    /// by path; and what `meanwhile` gives.
    pub(super) fn files<M>(
        &self,
        top: &Path,
        wanted: &mut Wanted<'_>,
        meanwhile: impl FnOnce(&mut Wanted<'_>) -> M,
    ) -> (Vec<OnDisk>, M) {
        let on_disk = |entry: &Entry, content: Option<Content>| {
            content.map(|content| OnDisk { path: self.path(entry), content })
        };
        self.look(top, wanted, on_disk, meanwhile)
    }

    /// The wanted files that the index does not prove to be what it holds, as
    /// it holds them and as they are there, sorted by path; and what
    /// `meanwhile` gives.
    pub(super) fn unproved<M>(
        &self,
        top: &Path,
        wanted: &mut Wanted<'_>,
        meanwhile: impl FnOnce(&mut Wanted<'_>) -> M,
    ) -> (Vec<Pair<TreeFile, OnDisk>>, M) {
        let pair = |entry: &Entry, content: Option<Content>| {
            if matches!(content, Some(Content::Proved(_) | Content::LeftOut)) {
                return None;
            }
            let there = (entry.mode & KIND == REGULAR)
                .then(|| TreeFile { path: self.path(entry), blob: entry.blob });
            let here = content.map(|content| OnDisk { path: self.path(entry), content });
            (there.is_some() || here.is_some()).then_some((there, here))
        };
        self.look(top, wanted, pair, meanwhile)
    }

    /// What `each` makes of wanted files, in their order, and of what is known
    /// of those that are there. Most of it is waiting for the file system, so
    /// `meanwhile` is done beside.
    fn look<R: Send, M>(
        &self,
        top: &Path,
        wanted: &mut Wanted<'_>,
        each: impl Fn(&Entry, Option<Content>) -> Option<R> + Sync,
        meanwhile: impl FnOnce(&mut Wanted<'_>) -> M,
    ) -> (Vec<R>, M) {
        let asked = self.asked(top, wanted);
        let look = |&(entry, folder): &(&Entry, Folder)| {
            let found = (folder == Folder::Real)
                .then(|| fs::symlink_metadata(top.join(os_path(self.index.path(entry)))).ok())
                .flatten()
                .filter(Metadata::is_file);
            each(entry, self.content(entry, found.as_ref()))
        };
        in_parallel(&asked, look, || meanwhile(wanted))
    }

    /// Entries that are wanted, and what their folders are.
    fn asked(&self, top: &Path, wanted: &mut Wanted<'_>) -> Vec<(&Entry, Folder)> {
        let mut folders = Folders { top, known: HashMap::new(), last: (Vec::new(), Folder::Real) };
        let mut asked: Vec<(&Entry, Folder)> = Vec::new();
        for entry in &self.index.entries {
            let path = self.index.path(entry);
            let stands_for_link = !self.has_symlinks && entry.mode & KIND == SYMLINK;
            let again = asked.last().is_some_and(|(last, _)| self.index.path(last) == path);
            if stands_for_link || again {
                continue;
            }
            let folder = folders.of_file(path, wanted);
            if folder != Folder::Unwanted && wanted(path, EntryKind::File) {
                asked.push((entry, folder));
            }
        }
        asked
    }

    fn path(&self, entry: &Entry) -> RepoPath {
        RepoPath::from_git(self.index.path(entry).to_vec())
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
    let mut read = IndexFile::default();
    for entry in index.iter() {
        let path = read.keep(0, &entry.path).unwrap_or_default();
        let flags = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
        read.entries.push(Entry {
            path,
            mode: entry.mode,
            blob: BlobId(raw(entry.id)),
            recorded: Recorded {
                size: entry.file_size,
                changed: (entry.mtime.seconds(), entry.mtime.nanoseconds()),
                touched: (entry.ctime.seconds(), entry.ctime.nanoseconds()),
                inode: entry.ino,
            },
            conflicted: entry.flags & CONFLICT_STAGE != 0,
            skipped: flags.is_skip_worktree(),
        });
    }
    Ok(read)
}

/// The entries that the index names, with those of the folder that was asked
/// for last: a walk asks for all files of a folder one after the other.
pub(super) struct Names<'a> {
    index: &'a IndexFile,
    folder: Vec<u8>,
    entries: &'a [Entry],
}

impl Names<'_> {
    /// True if the index names this: a submodule is a folder.
    pub(super) fn hold(&mut self, path: &[u8], kind: EntryKind) -> bool {
        let folder = parent(path);
        if folder != self.folder {
            folder.clone_into(&mut self.folder);
            self.entries = self.below(folder);
        }
        let found = self.entries.binary_search_by(|entry| self.index.path(entry).cmp(path));
        found.is_ok_and(|at| {
            let is_module = self.entries[at].mode & KIND == SUBMODULE;
            is_module == (kind == EntryKind::Folder)
        })
    }
}

impl<'a> Names<'a> {
    /// Entries of a folder and of all below it lie side by side.
    fn below(&self, folder: &[u8]) -> &'a [Entry] {
        let all = &self.index.entries;
        if folder.is_empty() {
            return all;
        }
        let is_below =
            |path: &[u8]| path.strip_prefix(folder).is_some_and(|rest| rest.first() == Some(&b'/'));
        let from = [folder, b"/"].concat();
        let start = all.partition_point(|entry| self.index.path(entry) < &*from);
        let count = all[start..].partition_point(|entry| is_below(self.index.path(entry)));
        &all[start..start + count]
    }
}

/// Below this many files a second thread costs more than it saves.
const FILES_PER_THREAD: usize = 1_000;

/// Items that a thread takes at once.
const TAKEN: usize = 256;

/// What `look` gives for each item, in their order, and what `meanwhile`
/// gives, which is done on this thread before it helps: asking the file system
/// is all waiting, and threads wait side by side.
fn in_parallel<T: Sync, R: Send, M>(
    items: &[T],
    look: impl Fn(&T) -> Option<R> + Sync,
    meanwhile: impl FnOnce() -> M,
) -> (Vec<R>, M) {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let beside = cores.min(items.len() / FILES_PER_THREAD);
    let chunks = Mutex::new(items.chunks(TAKEN).enumerate());
    let next = || chunks.lock().unwrap_or_else(PoisonError::into_inner).next();
    let look_at_some = || {
        let taken = std::iter::from_fn(next);
        let found = taken.map(|(at, chunk)| (at, chunk.iter().filter_map(&look).collect()));
        found.collect::<Vec<(usize, Vec<R>)>>()
    };
    let (mut found, given) = std::thread::scope(|scope| {
        let others: Vec<_> = (0..beside).map(|_| scope.spawn(look_at_some)).collect();
        let given = meanwhile();
        let mut found = look_at_some();
        for other in others {
            found.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        (found, given)
    });
    found.sort_unstable_by_key(|(at, _)| *at);
    (found.into_iter().flat_map(|(_, found)| found).collect(), given)
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
    /// The one that was looked at last: files of a folder come together.
    last: (Vec<u8>, Folder),
}

impl Folders<'_> {
    fn of_file(&mut self, path: &[u8], wanted: &mut Wanted<'_>) -> Folder {
        let path = parent(path);
        if path != self.last.0 {
            let found = self.look(path, wanted);
            path.clone_into(&mut self.last.0);
            self.last.1 = found;
        }
        self.last.1
    }

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
    &path[..memchr::memrchr(b'/', path).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn index(paths: &[Vec<u8>]) -> IndexFile {
        let mut index = IndexFile::default();
        for (at, path) in paths.iter().enumerate() {
            let path = index.keep(0, path).unwrap();
            let mode = if at % 3 == 2 { SUBMODULE } else { REGULAR };
            let recorded = Recorded { size: 0, changed: (0, 0), touched: (0, 0), inode: 0 };
            let blob = BlobId([0; 20]);
            let (conflicted, skipped) = (false, false);
            index.entries.push(Entry { path, mode, blob, recorded, conflicted, skipped });
        }
        index
    }

    proptest! {
        /// Whatever folder was asked for before.
        #[test]
        fn a_name_is_held_if_the_index_names_it(
            named in proptest::collection::btree_set("[a-c/.0]{1,5}", 0..30),
            asked in proptest::collection::vec("[a-c/.0]{1,5}", 1..40),
        ) {
            let named: Vec<Vec<u8>> = named.into_iter().map(String::into_bytes).collect();
            let index = index(&named);
            let mut names =
                Names { index: &index, folder: Vec::new(), entries: &index.entries };
            let asked = asked.into_iter().map(String::into_bytes).chain(named.clone());
            for path in asked {
                let at = named.iter().position(|name| *name == path);
                prop_assert_eq!(names.hold(&path, EntryKind::File), at.is_some_and(|at| at % 3 != 2));
                prop_assert_eq!(names.hold(&path, EntryKind::Folder), at.is_some_and(|at| at % 3 == 2));
            }
        }

        #[test]
        fn threads_keep_the_order(count in 0..5_000_usize) {
            let items: Vec<usize> = (0..count).collect();
            let (kept, given) = in_parallel(&items, |it| (it % 3 == 0).then_some(*it), || 7);
            prop_assert_eq!(kept, (0..count).step_by(3).collect::<Vec<_>>());
            prop_assert_eq!(given, 7);
        }
    }
}
