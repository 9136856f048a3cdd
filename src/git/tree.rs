//! Folders as commits hold them: listed, compared, looked into.
//!
//! Comparing skips whatever has the same id on both sides, so its cost follows
//! the change and not the repository. One walk serves both: a list of files is
//! the comparison with nothing.

use std::cmp::Ordering;

use git2::ObjectType;

use super::blob::{oid, raw};
use super::error::GitError;
use super::pairs::pairs;
use super::{EntryKind, Repository, Wanted};
use crate::ids::{BlobId, TreeId};
use crate::repo_path::RepoPath;

/// A regular file in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFile {
    /// From the top of the tree.
    pub path: RepoPath,
    /// Its content.
    pub blob: BlobId,
}

/// A file that differs between two trees. A change of its mode alone is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// From the top of the tree.
    pub path: RepoPath,
    /// Content before; `None` where there was no regular file.
    pub old: Option<BlobId>,
    /// Content after; `None` where there is no regular file.
    pub new: Option<BlobId>,
}

/// What stands at one path of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A regular file.
    File(BlobId),
    /// A folder.
    Folder(TreeId),
    /// A symbolic link, which is not followed.
    Symlink,
    /// Another repository's commit, which is not followed.
    Submodule,
}

impl Repository {
    /// The wanted regular files of a tree, sorted by path.
    pub fn files(&self, tree: TreeId, wanted: &mut Wanted<'_>) -> Result<Vec<TreeFile>, GitError> {
        let changes = self.compare(None, Some(tree), wanted)?;
        let listed = |change: Change| Some(TreeFile { path: change.path, blob: change.new? });
        Ok(changes.into_iter().filter_map(listed).collect())
    }

    /// The wanted files that differ between two trees, sorted by path.
    pub fn changes(
        &self,
        old: TreeId,
        new: TreeId,
        wanted: &mut Wanted<'_>,
    ) -> Result<Vec<Change>, GitError> {
        if old == new {
            return Ok(Vec::new());
        }
        self.compare(Some(old), Some(new), wanted)
    }

    /// What stands at `path`; nothing is looked for behind a link or a submodule.
    pub fn entry(&self, tree: TreeId, path: &RepoPath) -> Result<Option<Entry>, GitError> {
        let mut at = Entry::Folder(tree);
        for name in path.as_bytes().split(|&byte| byte == b'/').filter(|name| !name.is_empty()) {
            let Entry::Folder(folder) = at else { return Ok(None) };
            match self.whole_tree(oid(folder.0))?.get_name_bytes(name) {
                Some(found) => at = entry_of(&found),
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// Folders that still have to be compared wait on a list of their own
    /// instead of the call stack: a hostile tree may be nested without end.
    fn compare(
        &self,
        old: Option<TreeId>,
        new: Option<TreeId>,
        wanted: &mut Wanted<'_>,
    ) -> Result<Vec<Change>, GitError> {
        let mut found = Found { changes: Vec::new(), folders: Vec::new() };
        found.folders.push(FolderPair { path: Vec::new(), old, new });
        while let Some(folder) = found.folders.pop() {
            let old = folder.old.map(|id| self.whole_tree(oid(id.0))).transpose()?;
            let new = folder.new.map(|id| self.whole_tree(oid(id.0))).transpose()?;
            let sides = pairs(old.iter().flatten(), new.iter().flatten(), git_order);
            for (old, new) in sides {
                found.take(&folder.path, old.as_ref(), new.as_ref(), wanted);
            }
        }
        Ok(one_per_path(found.changes))
    }
}

/// One folder's two sides, still to be compared.
struct FolderPair {
    path: Vec<u8>,
    old: Option<TreeId>,
    new: Option<TreeId>,
}

struct Found {
    changes: Vec<Change>,
    folders: Vec<FolderPair>,
}

impl Found {
    fn take(
        &mut self,
        above: &[u8],
        old: Option<&git2::TreeEntry<'_>>,
        new: Option<&git2::TreeEntry<'_>>,
        wanted: &mut Wanted<'_>,
    ) {
        let either = old.or(new).expect("a pair has at least one side");
        let (old, new) = (old.map(entry_of), new.map(entry_of));
        if old == new {
            return;
        }
        let path = || join(above, either.name_bytes());
        if is_folder(either) {
            let path = path();
            if wanted(&path, EntryKind::Folder) {
                let tree = |side: Option<Entry>| side.and_then(Entry::tree);
                self.folders.push(FolderPair { path, old: tree(old), new: tree(new) });
            }
            return;
        }
        let (old, new) = (old.and_then(Entry::blob), new.and_then(Entry::blob));
        if old == new {
            return;
        }
        let path = path();
        if wanted(&path, EntryKind::File) {
            self.changes.push(Change { path: RepoPath::from_git(path), old, new });
        }
    }
}

impl Entry {
    fn blob(self) -> Option<BlobId> {
        if let Self::File(id) = self { Some(id) } else { None }
    }

    fn tree(self) -> Option<TreeId> {
        if let Self::Folder(id) = self { Some(id) } else { None }
    }
}

/// Git sorts a folder as if its name ended in `/`, so a file and a folder of
/// one name never meet: the file goes and the folder comes.
pub(super) fn git_order(a: &git2::TreeEntry<'_>, b: &git2::TreeEntry<'_>) -> Ordering {
    fn key<'a>(entry: &'a git2::TreeEntry<'_>) -> impl Iterator<Item = u8> + 'a {
        let end = is_folder(entry).then_some(b'/');
        entry.name_bytes().iter().copied().chain(end)
    }
    match a.name_bytes().cmp(b.name_bytes()) {
        Ordering::Equal => is_folder(a).cmp(&is_folder(b)),
        // Only where one name begins the other can the `/` turn the order.
        order if is_folder(a) == is_folder(b) && !is_folder(a) => order,
        _ => key(a).cmp(key(b)),
    }
}

fn is_folder(entry: &git2::TreeEntry<'_>) -> bool {
    entry.kind() == Some(ObjectType::Tree)
}

fn entry_of(entry: &git2::TreeEntry<'_>) -> Entry {
    const SYMLINK: i32 = 0o120_000;
    let id = raw(entry.id());
    match entry.kind() {
        Some(ObjectType::Tree) => Entry::Folder(TreeId(id)),
        Some(ObjectType::Commit) => Entry::Submodule,
        _ if entry.filemode() == SYMLINK => Entry::Symlink,
        _ => Entry::File(BlobId(id)),
    }
}

pub(super) fn join(above: &[u8], name: &[u8]) -> Vec<u8> {
    if above.is_empty() { name.to_vec() } else { [above, b"/", name].concat() }
}

/// Sorts, and joins what a malformed tree names twice.
fn one_per_path(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    changes.dedup_by(|later, first| {
        let same = later.path == first.path;
        if same {
            first.old = first.old.or(later.old);
            first.new = first.new.or(later.new);
        }
        same
    });
    changes
}
