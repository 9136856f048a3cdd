//! The Git gateway, against repositories that the `git` program made.

mod history;
mod opening;
mod pushing;
mod revisions;
mod trees;
mod trunk;
mod work_tree;
mod writing;
mod writing_at_once;

use prode::git::{EntryKind, Repository};
use prode::ids::{CommitId, TreeId};
use prode::repo_path::RepoPath;

use crate::support::TestRepo;

fn open(repo: &TestRepo) -> Repository {
    Repository::open(repo.path()).unwrap()
}

fn tree(repo: &TestRepo, rev: &str) -> TreeId {
    repo.git(&["rev-parse", &format!("{rev}^{{tree}}")]).parse().unwrap()
}

fn commit(id: &str) -> CommitId {
    id.parse().unwrap()
}

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

fn all(_: &[u8], _: EntryKind) -> bool {
    true
}
