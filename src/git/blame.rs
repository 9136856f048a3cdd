//! Which commits wrote a file, and what else they changed.

use std::path::Path;

use git2::{BlameOptions, Oid};

use super::Repository;
use super::blob::{oid, raw};
use super::error::GitError;
use crate::ids::{CommitId, TreeId};
use crate::repo_path::RepoPath;

impl Repository {
    /// Commits that wrote the lines of `path` as `newest` has them; with
    /// `line`, 1-based, those that wrote that line. Each once, in no order;
    /// nothing where the file is not there.
    pub fn authors_of(
        &self,
        path: &RepoPath,
        line: Option<usize>,
        newest: CommitId,
    ) -> Result<Vec<CommitId>, GitError> {
        let mut options = BlameOptions::new();
        options.newest_commit(oid(newest.0));
        if let Some(line) = line {
            options.min_line(line).max_line(line);
        }
        let text = path.text();
        let Ok(blame) = self.git.blame_file(Path::new(&*text), Some(&mut options)) else {
            return Ok(Vec::new());
        };
        let mut commits: Vec<Oid> = blame.iter().map(|hunk| hunk.final_commit_id()).collect();
        commits.sort_unstable();
        commits.dedup();
        Ok(commits.into_iter().map(|id| CommitId(raw(id))).collect())
    }

    /// Files below `folder` that `commit` changed from its first parent.
    pub fn changed_below(
        &self,
        commit: CommitId,
        folder: &RepoPath,
    ) -> Result<Vec<RepoPath>, GitError> {
        let commit = self.whole_commit(oid(commit.0))?;
        let parent = commit.parent_ids().next();
        let old = parent.map(|id| self.whole_commit(id)).transpose()?.map(|it| it.tree_id());
        let mut wanted = |path: &[u8], _| {
            let path = RepoPath::from_git(path);
            path.is_below(folder) || folder.is_below(&path)
        };
        let new = TreeId(raw(commit.tree_id()));
        let Some(old) = old else {
            let files = self.files(new, &mut wanted)?;
            return Ok(files.into_iter().map(|file| file.path).collect());
        };
        let changes = self.changes(TreeId(raw(old)), new, &mut wanted)?;
        Ok(changes.into_iter().map(|change| change.path).collect())
    }
}
