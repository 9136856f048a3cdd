//! Tracked files as they stand on disk: Git's index met with the file system.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::Path;

use git2::{Index, IndexEntry, IndexEntryExtendedFlag};

use super::blob::raw;
use super::error::{GitError, words};
use super::folder::os_path;
use super::stat;
use super::{EntryKind, Repository, Wanted};
use crate::ids::BlobId;
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
    entries: Vec<IndexEntry>,
    written: (i32, u32),
    has_symlinks: bool,
}

impl Tracked {
    /// Reads the index as it is on disk now, never one from memory. Its time
    /// is taken first: a younger index only proves more.
    pub(super) fn read(repository: &Repository) -> Result<Self, GitError> {
        let path = repository.git_dir().join("index");
        let written = fs::metadata(&path).map_or((0, 0), |found| stat::written_at(&found));
        let index = Index::open(&path).map_err(|error| GitError::UnreadableIndex(words(&error)))?;
        let config = repository.git.config().and_then(|mut config| config.snapshot());
        let has_symlinks =
            config.and_then(|config| config.get_bool("core.symlinks")).unwrap_or(true);
        Ok(Self { entries: index.iter().collect(), written, has_symlinks })
    }

    /// Every path that the index names; a submodule is a folder.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&[u8], EntryKind)> {
        self.entries.iter().map(|entry| {
            let is_module = entry.mode & KIND == SUBMODULE;
            let kind = if is_module { EntryKind::Folder } else { EntryKind::File };
            (entry.path.as_slice(), kind)
        })
    }

    /// The wanted regular files that are there, or left out on purpose.
    pub(super) fn files(&self, top: &Path, wanted: &mut Wanted<'_>) -> Vec<OnDisk> {
        let mut folders = Folders { top, known: HashMap::new() };
        let mut files: Vec<OnDisk> = Vec::new();
        for entry in &self.entries {
            let stands_for_link = !self.has_symlinks && entry.mode & KIND == SYMLINK;
            let again = files.last().is_some_and(|last| last.path.as_bytes() == entry.path);
            if stands_for_link || again {
                continue;
            }
            let folder = folders.look(parent(&entry.path), wanted);
            if folder == Folder::Unwanted || !wanted(&entry.path, EntryKind::File) {
                continue;
            }
            let found = (folder == Folder::Real)
                .then(|| fs::symlink_metadata(top.join(os_path(&entry.path))).ok())
                .flatten()
                .filter(Metadata::is_file);
            if let Some(content) = self.content(entry, found.as_ref()) {
                files.push(OnDisk { path: RepoPath::from_git(entry.path.clone()), content });
            }
        }
        files
    }

    fn content(&self, entry: &IndexEntry, found: Option<&Metadata>) -> Option<Content> {
        let Some(found) = found else {
            let skipped = IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended);
            return skipped.is_skip_worktree().then_some(Content::LeftOut);
        };
        let is_plain = entry.mode & KIND == REGULAR && entry.flags & CONFLICT_STAGE == 0;
        Some(if is_plain && stat::proves(entry, found, self.written) {
            Content::Proved(BlobId(raw(entry.id)))
        } else {
            Content::Unread
        })
    }
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
