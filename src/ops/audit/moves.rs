//! Where a page stood before.

use super::chronicle::{Chronicle, Reach};
use crate::git::FileChange;
use crate::repo_path::RepoPath;

/// Moves of one page that are followed.
const MOVES: usize = 20;

/// The file that went where `came` came with the step `at`: of its content, else of its name.
pub(super) fn moved_from<'a>(
    chronicle: &'a Chronicle<'_>,
    at: usize,
    came: &FileChange,
) -> Option<&'a FileChange> {
    if came.old.is_some() {
        return None;
    }
    let (places, changes) = (chronicle.gone(at), chronicle.changes(at));
    let gone = || places.iter().map(|&place| &changes[place]);
    let same = gone().find(|it| it.old == came.new);
    let name = |it: &FileChange| chronicle.path(it).file_name();
    same.or_else(|| gone().find(|it| name(it) == name(came)))
}

/// Every path at which the page at `path` ever stood, and the steps that
/// changed it there; the newest first.
pub(super) fn stations(
    chronicle: &Chronicle<'_>,
    path: &RepoPath,
    reach: &Reach,
) -> Vec<(RepoPath, Vec<usize>)> {
    let mut found = Vec::new();
    let (mut path, mut from) = (path.clone(), 0);
    for _ in 0..MOVES {
        let (mut steps, mut before) = (Vec::new(), None);
        for &at in chronicle.touching(&path).iter().filter(|&&at| at >= from && reach.holds(at)) {
            let Some(change) = chronicle.change(at, &path) else { continue };
            // Another page stood here before.
            if change.new.is_none() {
                break;
            }
            steps.push(at);
            if let Some(source) = moved_from(chronicle, at, change) {
                before = Some((chronicle.path(source).clone(), at + 1));
                break;
            }
        }
        found.push((path, steps));
        match before {
            Some(it) => (path, from) = it,
            None => break,
        }
    }
    found
}
