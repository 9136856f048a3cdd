//! Folders compared as Git keeps them, byte by byte.
//!
//! A walk through a whole history reads every version of every folder that
//! ever changed, and the first question after a commit every folder above a
//! change. An entry costs an allocation where the library hands it out; here
//! two versions are walked side by side, and only what differs is named.
//! Form: `MODE SP NAME NUL ID`, sorted as if the name of a folder ended in `/`
//! (gitformat-pack, "Object types"; `git ls-tree` shows the same).

use std::cmp::Ordering;
use std::rc::Rc;

use git2::Oid;

use super::blob::raw;
use super::error::GitError;
use super::folders::Trees;
use super::{EntryKind, Wanted};
use crate::ids::BlobId;
use crate::repo_path::RepoPath;

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

/// Wanted files of `new` that differ from every tree of `parents`, against the
/// first of them; from nothing, where there is none. Sorted by path.
pub(super) fn differences(
    trees: &mut Trees<'_>,
    parents: &[Oid],
    new: Oid,
    wanted: &mut Wanted<'_>,
) -> Result<Vec<Change>, GitError> {
    let mut changes = Vec::new();
    if parents.contains(&new) {
        return Ok(changes);
    }
    let sides =
        if parents.is_empty() { vec![None] } else { parents.iter().map(|id| Some(*id)).collect() };
    let mut waiting = vec![Folder { path: Vec::new(), parents: sides, new: Some(new) }];
    while let Some(folder) = waiting.pop() {
        let old = folder.parents.iter().map(|id| id.map(|id| trees.read(id)).transpose());
        let old: Vec<Option<Rc<_>>> = old.collect::<Result<_, _>>()?;
        let old: Vec<Option<&[u8]>> =
            old.iter().map(|it| it.as_deref().map(|bytes| &**bytes)).collect();
        let new = folder.new.map(|id| trees.read(id)).transpose()?;
        let new = new.as_deref().map(|bytes| &**bytes);
        compare(&folder.path, &old, new, wanted, &mut waiting, &mut changes)
            .ok_or_else(|| damaged(&folder))?;
    }
    changes.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    changes.dedup_by(|later, first| later.path == first.path);
    Ok(changes)
}

/// A folder of which no two sides are known to be the same: they wait on a
/// list instead of the call stack, since a hostile tree may nest without end.
struct Folder {
    path: Vec<u8>,
    parents: Vec<Option<Oid>>,
    new: Option<Oid>,
}

fn damaged(folder: &Folder) -> GitError {
    let ids = folder.new.iter().chain(folder.parents.iter().flatten());
    let id = ids.map(ToString::to_string).next().unwrap_or_default();
    GitError::CorruptObject { id, why: "it is no list of files".to_owned() }
}

/// `None` where one of the folders cannot be understood.
fn compare(
    above: &[u8],
    parents: &[Option<&[u8]>],
    new: Option<&[u8]>,
    wanted: &mut Wanted<'_>,
    waiting: &mut Vec<Folder>,
    changes: &mut Vec<Change>,
) -> Option<()> {
    let first = parents.first().copied().flatten().unwrap_or_default();
    let others = parents.get(1..).unwrap_or_default();
    let (mut left, mut right) = (Entries(first), Entries(new.unwrap_or_default()));
    left.pass_common(&mut right)?;
    let (mut old, mut new) = (left.next()?, right.next()?);
    loop {
        let order = match (&old, &new) {
            (None, None) => return Some(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(old), Some(new)) => old.order(new),
        };
        let sides = (old.filter(|_| order.is_le()), new.filter(|_| order.is_ge()));
        if sides.0.map(Entry::what) != sides.1.map(Entry::what) {
            let either = sides.0.or(sides.1)?;
            let beside = others.iter().map(|tree| find(*tree, &either));
            let beside: Vec<Option<Entry<'_>>> = beside.collect::<Option<_>>()?;
            if !beside.iter().any(|it| it.map(Entry::what) == sides.1.map(Entry::what)) {
                let both = Differing { old: sides.0, new: sides.1, beside };
                both.take(above, wanted, waiting, changes);
            }
        }
        // Mostly one name differs, and all that stands behind it is the same.
        if order.is_eq() && left.0 == right.0 {
            return Some(());
        }
        if order.is_le() {
            old = left.next()?;
        }
        if order.is_ge() {
            new = right.next()?;
        }
    }
}

/// One name that differs from what every parent has there.
struct Differing<'a> {
    old: Option<Entry<'a>>,
    new: Option<Entry<'a>>,
    beside: Vec<Option<Entry<'a>>>,
}

impl Differing<'_> {
    fn take(
        &self,
        above: &[u8],
        wanted: &mut Wanted<'_>,
        waiting: &mut Vec<Folder>,
        changes: &mut Vec<Change>,
    ) {
        let Some(either) = self.old.or(self.new) else { return };
        if either.is_folder() {
            let path = join(above, either.name);
            if wanted(&path, EntryKind::Folder) {
                let parents = std::iter::once(&self.old).chain(&self.beside);
                let parents = parents.map(|it| it.map(|it| it.id())).collect();
                waiting.push(Folder { path, parents, new: self.new.map(|it| it.id()) });
            }
            return;
        }
        let file = |it: Option<Entry<'_>>| it.filter(Entry::is_file).map(|it| it.blob());
        let (old, new) = (file(self.old), file(self.new));
        // A change of its mode alone is none.
        if old == new {
            return;
        }
        let path = join(above, either.name);
        if wanted(&path, EntryKind::File) {
            changes.push(Change { path: RepoPath::from_git(path), old, new });
        }
    }
}

pub(super) fn join(above: &[u8], name: &[u8]) -> Vec<u8> {
    if above.is_empty() { name.to_vec() } else { [above, b"/", name].concat() }
}

/// How many bytes both begin with.
fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    // In words first: folders are long and mostly the same.
    let words = a.chunks_exact(32).zip(b.chunks_exact(32));
    let start = 32 * words.take_while(|(a, b)| a == b).count();
    let rest = a[start..].iter().zip(&b[start..]);
    start + rest.take_while(|(a, b)| a == b).count()
}

/// The entry of `tree` under the name of `like`; the outer `None` where the
/// folder cannot be understood.
#[expect(clippy::option_option, reason = "not there and not readable are two things")]
fn find<'a>(tree: Option<&'a [u8]>, like: &Entry<'_>) -> Option<Option<Entry<'a>>> {
    let mut entries = Entries(tree.unwrap_or_default());
    while let Some(entry) = entries.next()? {
        if entry.name == like.name && entry.is_folder() == like.is_folder() {
            return Some(Some(entry));
        }
    }
    Some(None)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry<'a> {
    mode: &'a [u8],
    name: &'a [u8],
    id: &'a [u8; 20],
}

impl<'a> Entry<'a> {
    fn what(self) -> (&'a [u8], &'a [u8; 20]) {
        (self.mode, self.id)
    }

    fn is_folder(&self) -> bool {
        matches!(self.mode, b"40000" | b"040000")
    }

    fn is_file(&self) -> bool {
        self.mode.starts_with(b"100")
    }

    fn id(&self) -> Oid {
        super::blob::oid(*self.id)
    }

    fn blob(&self) -> BlobId {
        BlobId(raw(self.id()))
    }

    fn order(&self, other: &Entry<'_>) -> Ordering {
        if self.name == other.name {
            return self.is_folder().cmp(&other.is_folder());
        }
        let end = |it: &Entry<'_>| it.is_folder().then_some(b'/');
        let (a, b) = (self.name, other.name);
        let common = a.len().min(b.len());
        match a[..common].cmp(&b[..common]) {
            Ordering::Equal => {
                let next = |name: &[u8], it: &Entry<'_>| name.get(common).copied().or(end(it));
                next(a, self).cmp(&next(b, other))
            }
            order => order,
        }
    }
}

/// The entries of one folder that are left.
struct Entries<'a>(&'a [u8]);

impl<'a> Entries<'a> {
    /// Passes what both begin with, as far as whole entries go.
    fn pass_common(&mut self, other: &mut Self) -> Option<()> {
        let mut common = common_prefix(self.0, other.0);
        while common > 0 {
            let mut entries = Entries(self.0);
            if entries.next()?.is_none() {
                break;
            }
            let length = self.0.len() - entries.0.len();
            let Some(rest) = common.checked_sub(length) else { break };
            (self.0, other.0, common) = (entries.0, &other.0[length..], rest);
        }
        Some(())
    }

    /// The next one; the outer `None` where it cannot be understood.
    #[expect(clippy::option_option, reason = "the end and a damage are two things")]
    fn next(&mut self) -> Option<Option<Entry<'a>>> {
        if self.0.is_empty() {
            return Some(None);
        }
        let space = memchr::memchr(b' ', self.0.get(..8).unwrap_or(self.0))?;
        let (mode, rest) = (&self.0[..space], &self.0[space + 1..]);
        let end = memchr::memchr(0, rest)?;
        let (name, rest) = (&rest[..end], &rest[end + 1..]);
        let (id, rest) = rest.split_first_chunk::<20>()?;
        self.0 = rest;
        Some(Some(Entry { mode, name, id }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(mode: &'static str, name: &[u8], id: u8) -> Vec<u8> {
        [mode.as_bytes(), b" ", name, b"\0", &[id; 20]].concat()
    }

    fn seen(parents: &[Option<Vec<u8>>], new: Option<&[u8]>) -> Option<Vec<String>> {
        let parents: Vec<Option<&[u8]>> = parents.iter().map(Option::as_deref).collect();
        let (mut waiting, mut changes) = (Vec::new(), Vec::new());
        compare(b"", &parents, new, &mut |_, _| true, &mut waiting, &mut changes)?;
        let folders = waiting.iter().map(|it| String::from_utf8_lossy(&it.path).into_owned() + "/");
        Some(folders.chain(changes.iter().map(|it| it.path.text().into_owned())).collect())
    }

    #[test]
    fn a_file_and_a_folder_of_one_name_never_meet() {
        let old = [entry("100644", b"a", 1), entry("100644", b"a.b", 2)].concat();
        let new = [entry("100644", b"a.b", 2), entry("40000", b"a", 1)].concat();
        assert_eq!(seen(&[Some(old)], Some(&new)).unwrap(), ["a/", "a"]);
    }

    #[test]
    fn what_one_parent_has_is_no_change_of_a_merge() {
        let tree = |a, b| [entry("100644", b"a", a), entry("40000", b"b", b)].concat();
        let parents = [Some(tree(1, 1)), Some(tree(2, 2))];
        assert!(seen(&parents, Some(&tree(2, 1))).unwrap().is_empty());
        assert_eq!(seen(&parents, Some(&tree(3, 2))).unwrap(), ["a"]);
        assert_eq!(seen(&parents, Some(&tree(1, 3))).unwrap(), ["b/"]);
    }

    #[test]
    fn modes_links_and_submodules_are_no_content() {
        let old = [entry("100644", b"a", 1), entry("120000", b"l", 1)].concat();
        let new = [entry("100755", b"a", 1), entry("120000", b"l", 2), entry("160000", b"s", 2)];
        assert!(seen(&[Some(old)], Some(&new.concat())).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_folder_is_said() {
        for bytes in [&b"x"[..], b"100644 a", b"100644 a\0short", b"100644a\0"] {
            assert_eq!(seen(&[None], Some(bytes)), None, "{bytes:?}");
        }
    }

    proptest! {
        /// Whatever two folders hold, exactly the names that differ are named.
        #[test]
        fn exactly_what_differs_is_named(
            old in proptest::collection::btree_map("[a-c.]{1,3}", 0_u8..3, 0..8),
            new in proptest::collection::btree_map("[a-c.]{1,3}", 0_u8..3, 0..8),
        ) {
            let tree = |files: &std::collections::BTreeMap<String, u8>| -> Vec<u8> {
                files.iter().flat_map(|(name, id)| entry("100644", name.as_bytes(), *id)).collect()
            };
            let names = old.keys().chain(new.keys()).collect::<std::collections::BTreeSet<_>>();
            let differ: Vec<&String> =
                names.into_iter().filter(|name| old.get(*name) != new.get(*name)).collect();
            let found = seen(&[Some(tree(&old))], Some(&tree(&new))).unwrap();
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), differ);
        }
    }
}
