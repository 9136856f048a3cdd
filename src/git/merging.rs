//! Two commits as one tree, in memory: no index, no work tree.

use git2::{IndexEntry, MergeOptions};

use super::blob::{oid, raw};
use super::write_error::WriteError;
use super::writer::Writer;
use crate::ids::{BlobId, CommitId, TreeId};
use crate::repo_path::RepoPath;

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merged {
    /// All that both changed.
    Tree(TreeId),
    /// Files that both changed in one place; nothing was decided.
    Clash(Vec<Clash>),
}

/// A file that two sides changed in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Which.
    pub path: RepoPath,
    /// Its text on the first side; `None` where it is gone.
    pub ours: Option<String>,
    /// On the other.
    pub theirs: Option<String>,
}

impl Writer {
    /// The tree that holds what both commits changed since they parted.
    pub fn merged(&self, ours: CommitId, theirs: CommitId) -> Result<Merged, WriteError> {
        let failed = WriteError::library("merge two commits");
        let repository = self.repository();
        let git = &repository.git;
        let sides = [ours, theirs].map(|it| repository.whole_commit(oid(it.0)));
        let [ours, theirs] = sides;
        let (ours, theirs) = (ours?, theirs?);
        let mut index =
            git.merge_commits(&ours, &theirs, Some(&MergeOptions::new())).map_err(&failed)?;
        if !index.has_conflicts() {
            let tree = index.write_tree_to(git).map_err(failed)?;
            return Ok(Merged::Tree(TreeId(raw(tree))));
        }
        let text = |entry: &Option<IndexEntry>| -> Result<Option<String>, WriteError> {
            let Some(entry) = entry else { return Ok(None) };
            let bytes = repository.blob(BlobId(raw(entry.id)))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        };
        let mut clashes = Vec::new();
        for found in index.conflicts().map_err(&failed)? {
            let found = found.map_err(&failed)?;
            let named = [&found.our, &found.their, &found.ancestor].into_iter().flatten().next();
            let path = named.map(|it| it.path.clone()).unwrap_or_default();
            let (ours, theirs) = (text(&found.our)?, text(&found.their)?);
            clashes.push(Clash { path: RepoPath::from_git(path), ours, theirs });
        }
        Ok(Merged::Clash(clashes))
    }
}
