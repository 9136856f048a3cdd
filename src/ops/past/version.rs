//! One version of a page, and those that stand behind it.

use super::Past;
use crate::git::{Entry, GitError, Step};
use crate::ids::BlobId;
use crate::ops::renamed::went_from;
use crate::repo_path::RepoPath;

/// A page as a commit has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ops) struct Version {
    /// The commit's place in the history; older commits have higher places.
    pub(in crate::ops) at: usize,
    pub(in crate::ops) path: RepoPath,
    pub(in crate::ops) blob: BlobId,
}

/// What stands behind a version.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ops) enum Behind {
    /// A parent has the same file: the commit did nothing to it.
    Same(Version),
    /// The commit made it of these: at another path, or with another content.
    These(Vec<Version>),
    /// The commit brought it.
    Nothing,
    /// The commit's parents are not in this clone.
    Cut,
}

impl Past<'_> {
    /// What stands behind `version`.
    pub(in crate::ops) fn behind(&self, version: &Version) -> Result<Behind, GitError> {
        let step = &self.history.steps[version.at];
        let path = self.history.path_id(&version.path);
        let is_changed = path.is_some_and(|it| self.history.change(version.at, it).is_some());
        match step.parents.as_slice() {
            [] if is_changed => return Ok(Behind::Nothing),
            [] => return Ok(Behind::Cut),
            [parent] if !is_changed => {
                return Ok(Behind::Same(Version { at: *parent, ..version.clone() }));
            }
            _ => {}
        }
        let (mut found, mut without) = (Vec::new(), Vec::new());
        for &parent in &step.parents {
            match self.repository.entry(self.history.steps[parent].tree, &version.path)? {
                Some(Entry::File(blob)) if blob == version.blob => {
                    return Ok(Behind::Same(Version { at: parent, ..version.clone() }));
                }
                Some(Entry::File(blob)) => {
                    found.push((parent, Version { at: parent, blob, ..version.clone() }));
                }
                _ => without.push(parent),
            }
        }
        for parent in without {
            found.extend(self.source(step, parent, version)?.map(|source| (parent, source)));
        }
        // In the order of the parents, whichever way each was found.
        found.sort_by_key(|(parent, _)| step.parents.iter().position(|it| it == parent));
        let mut found: Vec<Version> = found.into_iter().map(|(_, version)| version).collect();
        // One that only got its path is all there is to say.
        if let Some(same) = found.iter().position(|it| it.blob == version.blob) {
            found = vec![found.swap_remove(same)];
        }
        Ok(if found.is_empty() { Behind::Nothing } else { Behind::These(found) })
    }

    /// The page of `parent` that the step made the version of, under another path.
    fn source(
        &self,
        step: &Step,
        parent: usize,
        version: &Version,
    ) -> Result<Option<Version>, GitError> {
        let trees = [self.history.steps[parent].tree, step.tree];
        let found = match went_from(self.repository, trees, (&version.path, version.blob)) {
            // A page of the same content would have been known without reading.
            Err(GitError::NotFetched(_)) => {
                self.is_unread.set(true);
                None
            }
            found => found?,
        };
        Ok(found.map(|(path, blob)| Version { at: parent, path, blob }))
    }
}
