//! Which commit took a name away, and from which file.

use super::Asked;
use super::past::Gone;
use super::scan::Scans;
use super::tree::{is_manifest, is_source, is_vendored};
use crate::ids::BlobId;
use crate::ops::audit::chronicle::Reach;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// Files of one name that are looked at.
const FILES: usize = 8;
/// Moves of a name from file to file that are followed.
const MOVES: usize = 8;
/// A commit with more changes is looked at no further.
const WIDE: usize = 2_000;

/// The newest step that took `key` from a file that had it, and that file.
pub(super) fn of(
    asked: &Asked<'_>,
    scans: &mut Scans<'_>,
    gone: &Gone,
    key: u64,
) -> Result<Option<(usize, RepoPath)>, OpError> {
    let seen = asked.chronicle.reach(gone.since);
    let mut newest: Option<(usize, RepoPath)> = None;
    for path in gone.files.iter().take(FILES) {
        let mut path = path.clone();
        let mut last = None;
        for _ in 0..MOVES {
            let Some(step) = taken(asked, scans, &seen, &path, key)? else { break };
            last = Some((step, path.clone()));
            match moved_to(asked, scans, step, &path, key)? {
                Some(to) if to != path => path = to,
                _ => break,
            }
        }
        if let Some((step, path)) = last
            && newest.as_ref().is_none_or(|it| step < it.0)
        {
            newest = Some((step, path));
        }
    }
    Ok(newest)
}

/// True where the step changed what the code depends on too: what it took
/// away may stand in another repository from then on.
pub(super) fn may_live_on(asked: &Asked<'_>, step: usize) -> bool {
    let chronicle = asked.chronicle;
    chronicle.changes(step).iter().any(|it| is_manifest(chronicle.path(it)))
}

/// The newest step since the page answers for it that took `key` from `path`.
fn taken(
    asked: &Asked<'_>,
    scans: &mut Scans<'_>,
    seen: &Reach,
    path: &RepoPath,
    key: u64,
) -> Result<Option<usize>, OpError> {
    for &at in asked.chronicle.touching(path) {
        if !asked.reach.holds(at) || seen.holds(at) {
            continue;
        }
        let Some(change) = asked.chronicle.change(at, path) else { continue };
        if has(scans, path, change.old, key)? && !has(scans, path, change.new, key)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// The file to which the step that took `key` from `path` brought it.
fn moved_to(
    asked: &Asked<'_>,
    scans: &mut Scans<'_>,
    step: usize,
    path: &RepoPath,
    key: u64,
) -> Result<Option<RepoPath>, OpError> {
    let changes = asked.chronicle.changes(step);
    if changes.len() > WIDE {
        return Ok(None);
    }
    for change in changes.iter().filter(|it| it.new.is_some()) {
        let to = asked.chronicle.path(change);
        let is_one = to != path && is_source(to) && !is_vendored(to.as_bytes());
        if is_one && has(scans, to, change.new, key)? && !has(scans, to, change.old, key)? {
            return Ok(Some(to.clone()));
        }
    }
    Ok(None)
}

fn has(
    scans: &mut Scans<'_>,
    path: &RepoPath,
    blob: Option<BlobId>,
    key: u64,
) -> Result<bool, OpError> {
    let Some(blob) = blob else { return Ok(false) };
    Ok(scans.hits(path, blob)?.contains_key(&key))
}
