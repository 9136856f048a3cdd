//! What every commit changed, learnt in one walk and kept for the next one.
//!
//! All commits that one commit reaches, each compared with its first parent.
//! Folders that are the same on both sides are not opened, so that the cost
//! follows the changes and not the repository. A merge changed what differs
//! from every one of its parents: what it only brought together belongs to the
//! commits that it brought.
//!
//! History may be cut off (a shallow clone) or have gaps (a partial one):
//! that is said by [`History::is_cut`] and [`History::gaps`], and such a commit
//! changed nothing as far as can be known.
//!
//! A commit never changes, so that what was learnt of it stays true: `kept`
//! holds it in a file, and only commits that are not there are read. `walk`
//! reads them.

mod kept;
mod parsed;
mod walk;

use jiff::Timestamp;

use super::edit::Identity;
use crate::ids::{BlobId, CommitId, TreeId};
use crate::repo_path::RepoPath;

/// A commit and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: CommitId,
    /// What it holds.
    pub tree: TreeId,
    /// The places of its parents in [`History::steps`], the first one first.
    pub parents: Vec<usize>,
    /// Committer time; a time outside the calendar is moved to its nearest end.
    pub time: Timestamp,
    /// Who wrote it: a place in [`History::people`].
    pub author: usize,
}

/// A path that some commit of a history changed: its place among all of them,
/// which are sorted, so that ids are ordered as their paths are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathId(u32);

/// A file that a commit changed. A change of its mode alone is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileChange {
    /// From the top of the tree.
    pub path: PathId,
    /// Content before; `None` where there was no regular file.
    pub old: Option<BlobId>,
    /// Content after; `None` where there is no regular file.
    pub new: Option<BlobId>,
}

/// Every commit that one commit reaches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The newest first, and each before its parents. The same in every clone.
    pub steps: Vec<Step>,
    /// Everybody who wrote one of them, each once, in the order of `steps`.
    pub people: Vec<Identity>,
    /// True where history was cut off when it was fetched.
    pub is_cut: bool,
    /// Commits whose folders are not in this partial clone.
    pub gaps: usize,
    /// Sorted, each once.
    paths: Vec<RepoPath>,
    changes: Listed<FileChange>,
    touching: Listed<usize>,
}

impl History {
    /// `changes` holds a list for each of `steps`, sorted by path.
    fn new(
        steps: Vec<Step>,
        people: Vec<Identity>,
        paths: Vec<RepoPath>,
        changes: Listed<FileChange>,
    ) -> Self {
        let touching = touching(paths.len(), &changes);
        Self { steps, people, is_cut: false, gaps: 0, paths, changes, touching }
    }

    /// What the step at this place changed, sorted by path.
    pub fn changes(&self, at: usize) -> &[FileChange] {
        self.changes.of(at)
    }

    /// What the step at this place made of `path`, where it changed it.
    pub fn change(&self, at: usize, path: PathId) -> Option<&FileChange> {
        let changes = self.changes(at);
        let found = changes.binary_search_by_key(&path, |change| change.path).ok()?;
        Some(&changes[found])
    }

    /// The places of all steps that changed `path`, the newest first.
    pub fn touching(&self, path: PathId) -> &[usize] {
        self.touching.of(path.0 as usize)
    }

    /// The id of a path; `None` where no step ever changed it.
    pub fn path_id(&self, path: &RepoPath) -> Option<PathId> {
        let found = self.paths.binary_search(path).ok()?;
        u32::try_from(found).ok().map(PathId)
    }

    /// The path of an id of this history.
    pub fn path(&self, id: PathId) -> &RepoPath {
        &self.paths[id.0 as usize]
    }
}

/// Lists, one behind the other in one piece of memory.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Listed<T> {
    items: Vec<T>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Listed<T> {
    fn of(&self, list: usize) -> &[T] {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[list]]
    }

    /// One more list.
    fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.ends.push(self.items.len());
    }
}

/// By path, the lists that hold a change of it.
fn touching(paths: usize, changes: &Listed<FileChange>) -> Listed<usize> {
    let mut ends = vec![0_usize; paths];
    for change in &changes.items {
        ends[change.path.0 as usize] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    // Each end is its list's start as yet, and moves on with every item.
    let mut items = vec![0_usize; changes.items.len()];
    for step in 0..changes.ends.len() {
        for change in changes.of(step) {
            let end = &mut ends[change.path.0 as usize];
            items[*end] = step;
            *end += 1;
        }
    }
    Listed { items, ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_found_by_path() {
        let change = |path| FileChange { path: PathId(path), old: None, new: None };
        let mut changes = Listed::default();
        changes.push([change(0), change(2)]);
        changes.push([]);
        changes.push([change(2)]);
        let found = touching(3, &changes);
        assert_eq!([found.of(0), found.of(1), found.of(2)], [&[0][..], &[], &[0, 2]]);
    }
}
