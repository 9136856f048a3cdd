//! Which file of one tree is which of another, where its path is a new one.
//!
//! As Git does, a rename is a file that went where another came that has its
//! content, or most of its lines.

use super::compare::similarity;
use crate::git::{Change, Entry, EntryKind, GitError, Repository};
use crate::ids::{BlobId, TreeId};
use crate::repo_path::RepoPath;

/// Files of one commit that are compared line by line.
const MAX_CANDIDATES: usize = 300;
/// Larger files are compared as a whole only.
const MAX_COMPARED: u64 = 1_000_000;
/// The share of lines from which on a file is another one renamed.
pub(super) const ALIKE: f64 = 0.5;

/// A file at a path.
pub(super) type At = (RepoPath, BlobId);

/// The page that came between two trees, the older one first, with the
/// content of the one at `path` of the older.
pub(super) fn came_as(
    repository: &Repository,
    [before, after]: [TreeId; 2],
    path: &RepoPath,
) -> Result<Option<RepoPath>, GitError> {
    let Some(Entry::File(old)) = repository.entry(before, path)? else { return Ok(None) };
    let came = changes(repository, [before, after])?;
    let came = came.into_iter().filter(|it| it.old.is_none());
    let came = came.filter_map(|it| Some((it.path, it.new?))).collect();
    Ok(most_alike(repository, (path, old), came)?.map(|(path, _)| path))
}

/// The page that went between two trees, the older one first, with the
/// content that the newer has at `path`.
pub(super) fn went_from(
    repository: &Repository,
    [before, after]: [TreeId; 2],
    (path, blob): (&RepoPath, BlobId),
) -> Result<Option<At>, GitError> {
    let went = changes(repository, [before, after])?;
    let went = went.into_iter().filter(|it| it.new.is_none());
    let went = went.filter_map(|it| Some((it.path, it.old?))).collect();
    most_alike(repository, (path, blob), went)
}

fn changes(repository: &Repository, [old, new]: [TreeId; 2]) -> Result<Vec<Change>, GitError> {
    let mut wanted =
        |path: &[u8], kind| kind == EntryKind::Folder || RepoPath::from_git(path).is_markdown();
    repository.changes(old, new, &mut wanted)
}

/// Of several that are equally alike, one with the same name.
pub(super) fn most_alike(
    repository: &Repository,
    (path, blob): (&RepoPath, BlobId),
    mut others: Vec<At>,
) -> Result<Option<At>, GitError> {
    let is_namesake = |other: &RepoPath| other.file_name() == path.file_name();
    // What has its name is looked at first, and so within the limit.
    others.sort_by_key(|(other, _)| !is_namesake(other));
    if let Some(same) = others.iter().position(|(_, other)| *other == blob) {
        return Ok(Some(others.swap_remove(same)));
    }
    if others.is_empty() || repository.blob_size(blob)? > MAX_COMPARED {
        return Ok(None);
    }
    let text = repository.blob(blob)?;
    let mut best: Option<((f64, bool), At)> = None;
    for (other, id) in others.into_iter().take(MAX_CANDIDATES) {
        if repository.blob_size(id)? > MAX_COMPARED {
            continue;
        }
        let share = similarity(&text, &repository.blob(id)?);
        let rank = (share, is_namesake(&other));
        if share >= ALIKE && best.as_ref().is_none_or(|(best, _)| rank > *best) {
            best = Some((rank, (other, id)));
        }
    }
    Ok(best.map(|(_, at)| at))
}
