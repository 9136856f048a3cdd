//! Every path that a folder ever held, in whatever branch.
//!
//! One walk over all commits that a ref or a work tree's HEAD reaches. A
//! folder's tree that was seen is not read again, so that the cost follows
//! the changes of that folder, and a merge hides nothing.

use std::collections::HashSet;
use std::path::PathBuf;

use git2::{ObjectType, Oid};

use super::blob::oid;
use super::error::GitError;
use super::raw_tree::join;
use super::tree::Entry;
use super::{Repository, plain_names_below};
use crate::ids::{CommitId, TreeId};
use crate::repo_path::RepoPath;

/// Folders deeper than this below the one asked for are not looked into.
const DEEPEST: usize = 8;

impl Repository {
    /// Every file below `folder` that any commit of a branch, a tag, a
    /// remote's branch or a work tree's HEAD ever had; deleted and renamed
    /// ones too. In no order.
    pub fn paths_ever(&self, folder: &RepoPath) -> Result<Vec<RepoPath>, GitError> {
        let mut walk = self.git.revwalk().map_err(GitError::library("walk the history"))?;
        for glob in ["refs/heads/*", "refs/remotes/*", "refs/tags/*"] {
            walk.push_glob(glob).map_err(GitError::library("walk the history"))?;
        }
        for head in self.heads() {
            walk.push(head).map_err(GitError::library("walk the history"))?;
        }
        let mut found = Ever { repository: self, trees: HashSet::new(), paths: HashSet::new() };
        let mut roots = HashSet::new();
        for commit in walk {
            let id = commit.map_err(GitError::library("walk the history"))?;
            let tree = self.whole_commit(id)?.tree_id();
            if !roots.insert(tree) {
                continue;
            }
            if let Some(Entry::Folder(tree)) = self.entry(TreeId(super::blob::raw(tree)), folder)? {
                found.take(oid(tree.0), folder.as_bytes(), 0)?;
            }
        }
        Ok(found.paths.into_iter().map(RepoPath::from_git).collect())
    }

    /// Top folders of the other work trees of this repository that are there.
    pub fn sibling_work_trees(&self) -> Vec<PathBuf> {
        let own = self.workdir().and_then(|top| top.canonicalize().ok());
        let main = git2::Repository::open(self.common_dir()).ok();
        let main = main.and_then(|main| main.workdir().map(std::path::Path::to_owned));
        let names = self.git.worktrees().ok();
        let linked = names.iter().flatten().filter_map(|name| {
            let tree = self.git.find_worktree(name.ok().flatten()?).ok()?;
            Some(tree.path().to_owned())
        });
        let all = main.into_iter().chain(linked).filter_map(|top| top.canonicalize().ok());
        all.filter(|top| Some(top) != own.as_ref()).collect()
    }

    /// Files below `folder` in every work tree of this repository but this
    /// one, as they are on disk, tracked or not.
    pub fn paths_in_siblings(&self, folder: &RepoPath) -> Vec<RepoPath> {
        let tops = self.sibling_work_trees().into_iter();
        tops.flat_map(|top| plain_names_below(&top, folder)).collect()
    }

    /// Whether `commit` is `tip` or one of its ancestors.
    pub fn is_ancestor(&self, commit: CommitId, tip: CommitId) -> Result<bool, GitError> {
        let (commit, tip) = (oid(commit.0), oid(tip.0));
        if commit == tip {
            return Ok(true);
        }
        self.git.graph_descendant_of(tip, commit).map_err(GitError::library("compare two commits"))
    }

    /// The newest commit that two commits have in common.
    pub fn merge_base(&self, a: CommitId, b: CommitId) -> Result<Option<CommitId>, GitError> {
        match self.git.merge_base(oid(a.0), oid(b.0)) {
            Ok(found) => Ok(Some(CommitId(super::blob::raw(found)))),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(GitError::library("compare two commits")(error)),
        }
    }

    /// Every branch here and at remotes, by short name, and where it stands.
    /// The branch that is checked out here is left out, and its namesakes at
    /// remotes: they are the same work.
    pub fn other_branches(&self) -> Vec<(String, CommitId)> {
        let own = self.git.head().ok().and_then(|head| head.shorthand().ok().map(str::to_owned));
        let is_own = |name: &str| {
            own.as_deref().is_some_and(|own| {
                name == own || name.split_once('/').is_some_and(|(_, rest)| rest == own)
            })
        };
        let names = self.ref_names(&["refs/heads/", "refs/remotes/"]);
        let tip = |name: &String| self.resolve(name).ok();
        let others = names.into_iter().filter(|name| !is_own(name));
        others.filter_map(|name| Some((name.clone(), tip(&name)?))).collect()
    }

    /// HEAD of every work tree, where it names a commit.
    fn heads(&self) -> Vec<Oid> {
        let head = |git: &git2::Repository| git.head().ok().and_then(|head| head.target());
        let main = git2::Repository::open(self.common_dir()).ok();
        let names = self.git.worktrees().ok();
        let linked = names.iter().flatten().filter_map(|name| {
            let tree = self.git.find_worktree(name.ok().flatten()?).ok()?;
            git2::Repository::open_from_worktree(&tree).ok()
        });
        let heads: Vec<Oid> = linked.chain(main).filter_map(|git| head(&git)).collect();
        head(&self.git).into_iter().chain(heads).collect()
    }
}

struct Ever<'a> {
    repository: &'a Repository,
    trees: HashSet<Oid>,
    paths: HashSet<Vec<u8>>,
}

impl Ever<'_> {
    fn take(&mut self, tree: Oid, path: &[u8], depth: usize) -> Result<(), GitError> {
        if depth > DEEPEST || !self.trees.insert(tree) {
            return Ok(());
        }
        let tree = self.repository.whole_tree(tree)?;
        for entry in &tree {
            match entry.kind() {
                Some(ObjectType::Tree) => {
                    self.take(entry.id(), &join(path, entry.name_bytes()), depth + 1)?;
                }
                Some(ObjectType::Blob) => {
                    let path = join(path, entry.name_bytes());
                    if !self.paths.contains(&path) {
                        self.paths.insert(path);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}
