//! Folders as commits hold them: listed, compared, looked into.
//!
//! Comparing skips whatever has the same id on both sides, so its cost follows
//! the change and not the repository. One walk serves both: a list of files is
//! the comparison with nothing.

use std::cmp::Ordering;

use git2::ObjectType;

use super::blob::{oid, raw};
use super::error::GitError;
use super::folders::Trees;
use super::raw_tree::{Change, differences};
use super::{Repository, Wanted};
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
        let odb = self.objects()?;
        let changes = differences(&mut Trees::few(self, &odb), &[], oid(tree.0), wanted)?;
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
        let odb = self.objects()?;
        differences(&mut Trees::few(self, &odb), &[oid(old.0)], oid(new.0), wanted)
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
