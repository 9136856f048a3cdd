//! Where a page that is gone went: followed along the trunk's first parents.
//!
//! As Git does, a rename is a file that went in the commit in which another
//! came that has its content, or most of its lines.

use std::collections::{HashMap, HashSet};

use super::compare::similarity;
use crate::git::{Change, Entry, EntryKind, GitError, Repository};
use crate::ids::{BlobId, CommitId, TreeId};
use crate::repo_path::RepoPath;

/// Commits that are looked at for one trail; older renames are found by
/// comparing the cited commit with the newest.
const MAX_COMMITS: usize = 20_000;
/// Renames of one page.
const MAX_RENAMES: usize = 50;
/// New files of one commit that are compared line by line.
const MAX_CANDIDATES: usize = 300;
/// Larger files are compared as a whole only.
const MAX_COMPARED: u64 = 1_000_000;
/// The share of lines from which on a file is another one renamed.
pub(in crate::ops) const ALIKE: f64 = 0.5;

/// The first parents of one commit, read as far as somebody asked.
pub(super) struct Trail<'a> {
    repository: &'a Repository,
    /// Newest first.
    trees: Vec<TreeId>,
    next: Option<CommitId>,
    known: HashMap<RepoPath, Option<RepoPath>>,
}

impl<'a> Trail<'a> {
    pub(super) fn new(repository: &'a Repository, tip: Option<CommitId>) -> Self {
        Self { repository, trees: Vec::new(), next: tip, known: HashMap::new() }
    }

    /// What the page at `path` is called in the newest commit; `cited` is the
    /// tree in which it was seen.
    pub(super) fn follow(
        &mut self,
        path: &RepoPath,
        cited: TreeId,
    ) -> Result<Option<RepoPath>, GitError> {
        if let Some(known) = self.known.get(path) {
            return Ok(known.clone());
        }
        let mut found = self.followed(path)?;
        if found.is_none() {
            found = match self.tree(0)? {
                Some(newest) => self.renamed(cited, newest, path)?,
                None => None,
            };
        }
        self.known.insert(path.clone(), found.clone());
        Ok(found)
    }

    fn followed(&mut self, path: &RepoPath) -> Result<Option<RepoPath>, GitError> {
        let mut met = HashSet::from([path.clone()]);
        let mut path = path.clone();
        for _ in 0..MAX_RENAMES {
            let Some(at) = self.last_with(&path)? else { return Ok(None) };
            if at == 0 {
                return Ok(Some(path));
            }
            let (before, after) = (self.trees[at], self.trees[at - 1]);
            match self.renamed(before, after, &path)? {
                Some(new) if met.insert(new.clone()) => path = new,
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// The newest commit that has a file at `path`.
    fn last_with(&mut self, path: &RepoPath) -> Result<Option<usize>, GitError> {
        for at in 0..MAX_COMMITS {
            let Some(tree) = self.tree(at)? else { return Ok(None) };
            if at > 0 && self.trees[at - 1] == tree {
                continue;
            }
            if let Some(Entry::File(_)) = self.repository.entry(tree, path)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    fn tree(&mut self, at: usize) -> Result<Option<TreeId>, GitError> {
        while self.trees.len() <= at {
            let Some(next) = self.next else { return Ok(None) };
            let commit = self.repository.commit(next)?;
            self.trees.push(commit.tree);
            self.next = commit.parents.first().copied();
        }
        Ok(Some(self.trees[at]))
    }

    /// The file that came between two trees with the content of `path`.
    fn renamed(
        &self,
        before: TreeId,
        after: TreeId,
        path: &RepoPath,
    ) -> Result<Option<RepoPath>, GitError> {
        let Some(Entry::File(old)) = self.repository.entry(before, path)? else { return Ok(None) };
        let mut wanted =
            |path: &[u8], kind| kind == EntryKind::Folder || RepoPath::from_git(path).is_markdown();
        let came = self.repository.changes(before, after, &mut wanted)?;
        let came = came.into_iter().filter_map(|change| match change {
            Change { path, old: None, new: Some(blob) } => Some((path, blob)),
            _ => None,
        });
        let came: Vec<(RepoPath, BlobId)> = came.collect();
        if let Some((path, _)) = came.iter().find(|(_, blob)| *blob == old) {
            return Ok(Some(path.clone()));
        }
        self.most_alike(old, path, &came)
    }

    /// Of several that are equally alike, one with the old name.
    fn most_alike(
        &self,
        old: BlobId,
        path: &RepoPath,
        came: &[(RepoPath, BlobId)],
    ) -> Result<Option<RepoPath>, GitError> {
        if came.is_empty() || self.repository.blob_size(old)? > MAX_COMPARED {
            return Ok(None);
        }
        let text = self.repository.blob(old)?;
        let mut best: Option<((f64, bool), &RepoPath)> = None;
        for (new, blob) in came.iter().take(MAX_CANDIDATES) {
            if self.repository.blob_size(*blob)? > MAX_COMPARED {
                continue;
            }
            let share = similarity(&text, &self.repository.blob(*blob)?);
            let rank = (share, new.file_name() == path.file_name());
            if share >= ALIKE && best.is_none_or(|(other, _)| rank > other) {
                best = Some((rank, new));
            }
        }
        Ok(best.map(|(_, path)| path.clone()))
    }
}
