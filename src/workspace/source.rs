//! Trees as the index wants them: of commits, and of files on disk.

use std::collections::HashMap;

use super::Progress;
use crate::corpus::{Place, RootKind, Roots};
use crate::document::MAX_BYTES;
use crate::git::{Address, EntryKind, GitError, Repository, Within};
use crate::ids::TreeId;
use crate::index::{BlobReader, Content, IndexError, PageChange, PageKey, Source, ViewKey};
use crate::repo_path::{RepoPath, is_markdown_name};

/// What a walk lists: pages that are searched, in folders that may hold some.
pub(super) fn wanted(roots: &Roots) -> impl FnMut(&[u8], EntryKind) -> bool + '_ {
    wanted_of(roots, Place::is_searched, |folder| roots.wants_folder(folder))
}

/// What a walk lists: templates, in folders that may hold some.
pub(super) fn templates_of(roots: &Roots) -> impl FnMut(&[u8], EntryKind) -> bool + '_ {
    let kind = RootKind::Template;
    let enters = move |folder: &RepoPath| roots.wants_folder_of(kind, folder);
    wanted_of(roots, move |place| place.kind == kind, enters)
}

/// What a walk lists: files of the places that `takes` takes.
fn wanted_of(
    roots: &Roots,
    takes: impl Fn(&Place) -> bool,
    enters: impl Fn(&RepoPath) -> bool,
) -> impl FnMut(&[u8], EntryKind) -> bool {
    // A file's place follows from its folder, and files of a folder come together.
    let mut last: Option<(Vec<u8>, bool)> = None;
    move |path, kind| match kind {
        EntryKind::File if is_markdown_name(path) => {
            let folder = &path[..path.iter().rposition(|&byte| byte == b'/').unwrap_or(0)];
            if let Some((known, taken)) = &last
                && known == folder
            {
                return *taken;
            }
            let taken =
                roots.classify(&RepoPath::from_git(path)).is_some_and(|place| takes(&place));
            last = Some((folder.to_vec(), taken));
            taken
        }
        EntryKind::File => false,
        EntryKind::Folder => enters(&RepoPath::from_git(path)),
    }
}

fn source_error(error: GitError) -> IndexError {
    IndexError::Source(Box::new(error))
}

/// A commit's tree. Opens the repository again where it must read, since a
/// repository serves one thread.
pub(super) struct CommitPages<'a> {
    pub(super) address: Address,
    pub(super) tree: TreeId,
    pub(super) roots: &'a Roots,
    pub(super) progress: Option<&'a Progress>,
}

impl CommitPages<'_> {
    fn repository(&self) -> Result<Repository, IndexError> {
        self.address.open().map_err(source_error)
    }
}

impl Source for CommitPages<'_> {
    fn key(&self) -> ViewKey {
        ViewKey { tree: self.tree, roots: self.roots.digest() }
    }

    fn pages(&self) -> Result<Vec<PageKey>, IndexError> {
        let files = self.repository()?.files(self.tree, &mut wanted(self.roots));
        let files = files.map_err(source_error)?;
        Ok(files.into_iter().map(|file| PageKey { path: file.path, blob: file.blob }).collect())
    }

    fn changes(&self, since: TreeId) -> Result<Option<Vec<PageChange>>, IndexError> {
        let changes = self.repository()?.changes(since, self.tree, &mut wanted(self.roots));
        Ok(changes.ok().map(|changes| {
            let change =
                |it: crate::git::Change| PageChange { path: it.path, old: it.old, new: it.new };
            changes.into_iter().map(change).collect()
        }))
    }

    fn reader(&self) -> Result<Box<dyn BlobReader + '_>, IndexError> {
        Ok(Box::new(Blobs(self.repository()?)))
    }

    fn progress(&self, done: usize, all: usize) {
        if let Some(progress) = self.progress {
            progress(done, all);
        }
    }
}

struct Blobs(Repository);

impl BlobReader for Blobs {
    fn read(&mut self, key: &PageKey) -> Result<Content, IndexError> {
        match self.0.blob_within(key.blob, MAX_BYTES) {
            Ok(Within::Bytes(bytes)) => Ok(Content::Bytes(bytes)),
            Ok(Within::Larger(size)) => Ok(Content::Oversize(size)),
            Err(GitError::NotFetched(_) | GitError::MissingObject(_)) => Ok(Content::Missing),
            Err(error) => Err(source_error(error)),
        }
    }
}

/// Files on disk, read once.
pub(super) struct DiskPages {
    pub(super) files: HashMap<RepoPath, Content>,
}

impl Source for DiskPages {
    fn key(&self) -> ViewKey {
        ViewKey { tree: TreeId([0; 20]), roots: String::new() }
    }

    fn pages(&self) -> Result<Vec<PageKey>, IndexError> {
        Ok(Vec::new())
    }

    fn changes(&self, _: TreeId) -> Result<Option<Vec<PageChange>>, IndexError> {
        Ok(None)
    }

    fn reader(&self) -> Result<Box<dyn BlobReader + '_>, IndexError> {
        Ok(Box::new(FilesRead(&self.files)))
    }
}

struct FilesRead<'a>(&'a HashMap<RepoPath, Content>);

impl BlobReader for FilesRead<'_> {
    fn read(&mut self, key: &PageKey) -> Result<Content, IndexError> {
        Ok(self.0.get(&key.path).cloned().unwrap_or(Content::Missing))
    }
}
