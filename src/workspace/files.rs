//! Files of a revision that the index does not hold: templates, what lies in
//! a skill's package, one page of another commit.

use std::path::Path;

use super::source::templates_of;
use super::{Memory, Workspace, WorkspaceError};
use crate::corpus::Page;
use crate::document::MAX_BYTES;
use crate::git::{
    Entry, EntryKind, GitError, Repository, Wanted, Within, hash_blob, plain_files, plain_read,
    plain_size,
};
use crate::ids::{BlobId, TreeId};
use crate::repo_path::RepoPath;

/// One file of a revision, read as a page.
#[derive(Debug, Clone)]
pub struct ReadPage {
    /// What it is.
    pub page: Page,
    /// Its bytes; `None` above [`MAX_BYTES`].
    pub bytes: Option<Vec<u8>>,
}

impl Workspace {
    /// The wanted regular files of the revision, sorted by path.
    pub fn files(
        &self,
        memory: &Memory,
        wanted: &mut Wanted<'_>,
    ) -> Result<Vec<RepoPath>, WorkspaceError> {
        let revision = &memory.revision;
        let files = match (self.repository(), self.folder(), revision.tree) {
            (Some(repository), Some(_), _) if revision.on_disk => {
                repository.work_tree_files(wanted)?
            }
            (None, Some(folder), _) => plain_files(folder, wanted)?,
            (Some(repository), _, Some(tree)) => {
                repository.files(tree, wanted)?.into_iter().map(|file| file.path).collect()
            }
            _ => Vec::new(),
        };
        Ok(files)
    }

    /// Every template of the revision, sorted by path.
    pub fn templates(&self, memory: &Memory) -> Result<Vec<Page>, WorkspaceError> {
        let roots = memory.roots();
        let mut wanted = templates_of(roots);
        let files = self.files(memory, &mut wanted)?;
        let pages = files.iter().map(|path| self.page_at(memory, path));
        let pages = pages.filter_map(|read| read.transpose().map(|read| Ok(read?.page)));
        pages.collect()
    }

    /// All files below `folder`, sorted by path.
    pub fn files_below(
        &self,
        memory: &Memory,
        folder: &RepoPath,
    ) -> Result<Vec<RepoPath>, WorkspaceError> {
        let mut wanted = |path: &[u8], kind: EntryKind| {
            let path = RepoPath::from_git(path);
            path.is_below(folder) || (kind == EntryKind::Folder && folder.is_below(&path))
        };
        self.files(memory, &mut wanted)
    }

    /// True if a file or a folder stands at `path` in the revision.
    pub fn exists(&self, memory: &Memory, path: &RepoPath) -> bool {
        let revision = &memory.revision;
        match (self.repository(), self.folder()) {
            (_, Some(folder)) if revision.on_disk => is_on_disk(folder, path),
            (Some(repository), _) => {
                revision.tree.is_some_and(|tree| is_in(repository, tree, path))
            }
            _ => false,
        }
    }

    /// The same, and true where a symbolic link or a submodule stands in the
    /// way: what lies behind those is not looked at.
    pub fn may_exist(&self, memory: &Memory, path: &RepoPath) -> bool {
        if self.exists(memory, path) {
            return true;
        }
        let revision = &memory.revision;
        match (self.repository(), self.folder()) {
            (_, Some(folder)) if revision.on_disk => folder.join(&*path.text()).exists(),
            (Some(repository), _) => {
                revision.tree.is_some_and(|tree| is_behind_in(repository, tree, path))
            }
            _ => false,
        }
    }

    /// A page's bytes for somebody who may write them back: as they lie on
    /// disk where the revision is read there, line ends and all.
    pub fn own_bytes(&self, memory: &Memory, page: &Page) -> Option<Vec<u8>> {
        match self.folder().filter(|_| memory.revision.on_disk) {
            Some(folder) if page.size <= MAX_BYTES => plain_read(folder, &page.path).ok(),
            Some(_) => None,
            None => self.bytes(memory, page),
        }
    }

    /// The file at `path` in the revision, read as a page; `None` where no
    /// regular file stands there.
    pub fn page_at(
        &self,
        memory: &Memory,
        path: &RepoPath,
    ) -> Result<Option<ReadPage>, WorkspaceError> {
        let revision = &memory.revision;
        match (self.repository(), self.folder()) {
            (_, Some(folder)) if revision.on_disk => Ok(page_on_disk(folder, path)?),
            (Some(repository), _) => match revision.tree {
                Some(tree) => Ok(page_in(repository, tree, path)?),
                None => Ok(None),
            },
            _ => Ok(None),
        }
    }
}

/// True if a file or a folder stands at `path` of a commit's tree.
pub(super) fn is_in(repository: &Repository, tree: TreeId, path: &RepoPath) -> bool {
    matches!(repository.entry(tree, path), Ok(Some(Entry::File(_) | Entry::Folder(_))))
}

/// True if a symbolic link or a submodule stands at `path` or above it.
pub(super) fn is_behind_in(repository: &Repository, tree: TreeId, path: &RepoPath) -> bool {
    let above = std::iter::successors(Some(path.clone()), |it| {
        (!it.is_root()).then(|| it.parent()).filter(|it| !it.is_root())
    });
    above.into_iter().any(|it| {
        matches!(repository.entry(tree, &it), Ok(Some(Entry::Symlink | Entry::Submodule)))
    })
}

/// The file at `path` of a commit's tree, read as a page.
pub(crate) fn page_in(
    repository: &Repository,
    tree: TreeId,
    path: &RepoPath,
) -> Result<Option<ReadPage>, GitError> {
    let Some(Entry::File(blob)) = repository.entry(tree, path)? else { return Ok(None) };
    Ok(Some(match repository.blob_within(blob, MAX_BYTES)? {
        Within::Larger(size) => oversize(path, blob, size),
        Within::Bytes(bytes) => read(path, blob, bytes),
    }))
}

fn page_on_disk(folder: &Path, path: &RepoPath) -> Result<Option<ReadPage>, GitError> {
    let size = match plain_size(folder, path) {
        Ok(size) => size,
        Err(GitError::NotAFile(_)) => return Ok(None),
        Err(GitError::Read { .. }) if !is_on_disk(folder, path) => return Ok(None),
        Err(error) => return Err(error),
    };
    if size > MAX_BYTES {
        return Ok(Some(oversize(path, hash_blob(path.as_bytes()), size)));
    }
    let bytes = plain_read(folder, path)?;
    Ok(Some(read(path, hash_blob(&bytes), bytes)))
}

fn oversize(path: &RepoPath, blob: BlobId, size: u64) -> ReadPage {
    ReadPage { page: Page::oversize(path.clone(), blob, size), bytes: None }
}

fn read(path: &RepoPath, blob: BlobId, bytes: Vec<u8>) -> ReadPage {
    let (page, _) = Page::read(path.clone(), blob, &bytes);
    ReadPage { page, bytes: Some(bytes) }
}

/// Nothing is looked for behind a link.
pub(super) fn is_on_disk(folder: &Path, path: &RepoPath) -> bool {
    let mut full = folder.to_owned();
    let mut found = true;
    for part in path.text().split('/').filter(|part| !part.is_empty()) {
        full.push(part);
        found = full.symlink_metadata().is_ok_and(|it| it.is_dir() || it.is_file());
        if !found {
            break;
        }
    }
    found
}
