//! The bytes of a file that is no page, as the revision holds it.

use super::side::Side;
use crate::git::{Entry, GitError, plain_read, plain_size};
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// Its bytes; `None` where it has more than `most`, went just now, or cannot be had.
pub(super) fn bytes(
    side: &Side<'_>,
    path: &RepoPath,
    most: u64,
) -> Result<Option<Vec<u8>>, OpError> {
    let revision = &side.memory.revision;
    if let Some(top) = side.workspace.folder().filter(|_| revision.on_disk) {
        let Ok(size) = plain_size(top, path) else { return Ok(None) };
        return Ok((size <= most).then(|| plain_read(top, path).ok()).flatten());
    }
    let (Some(repository), Some(tree)) = (side.workspace.repository(), revision.tree) else {
        return Ok(None);
    };
    let Some(Entry::File(blob)) = repository.entry(tree, path)? else { return Ok(None) };
    match repository.blob_size(blob) {
        Ok(size) if size > most => Ok(None),
        Ok(_) => Ok(Some(repository.blob(blob)?)),
        Err(GitError::NotFetched(_) | GitError::MissingObject(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
