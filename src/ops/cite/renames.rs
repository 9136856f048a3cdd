//! Where a page that is gone went: followed along the trunk's first parents.

use std::collections::{HashMap, HashSet};

use crate::git::{Entry, GitError, Repository};
use crate::ids::{CommitId, TreeId};
use crate::ops::renamed::came_as;
use crate::repo_path::RepoPath;

/// Commits that are looked at for one trail; older renames are found by
/// comparing the cited commit with the newest.
const MAX_COMMITS: usize = 20_000;
/// Renames of one page.
const MAX_RENAMES: usize = 50;

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
                Some(newest) => came_as(self.repository, [cited, newest], path)?,
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
            match came_as(self.repository, [before, after], &path)? {
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
}
