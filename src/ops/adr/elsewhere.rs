//! Decisions' files that no branch shows: what other work trees hold
//! uncommitted, and what landed once and went since.

use std::collections::HashSet;

use crate::adr::number_of;
use crate::git::{Entry, EntryKind, Repository, plain_names_below};
use crate::ids::{CommitId, TreeId};
use crate::ops::OpError;
use crate::repo_path::{RepoPath, is_markdown_name};

/// One file and where it is, or was.
pub(super) struct Elsewhere {
    pub(super) path: RepoPath,
    /// For people: the work tree that has it, or what became of it.
    pub(super) place: String,
    /// The last commit that had it, where one had.
    pub(super) commit: Option<CommitId>,
}

/// Numbered pages of `log` in every other work tree of the repository, as
/// they are on disk, committed or not.
pub(super) fn in_siblings(repository: &Repository, log: &RepoPath) -> Vec<Elsewhere> {
    let mut found = Vec::new();
    for top in repository.sibling_work_trees() {
        let pages = plain_names_below(&top, log).into_iter().filter(is_numbered);
        let place = format!("the work tree '{}'", top.display());
        found.extend(pages.map(|path| Elsewhere { path, place: place.clone(), commit: None }));
    }
    found
}

/// Numbered pages of `log` that landed on the line of `tip`, and that its
/// newest tree has no more. A number that only a branch had, before it was
/// renumbered, is free again.
pub(super) fn gone(
    repository: &Repository,
    tip: CommitId,
    log: &RepoPath,
) -> Result<Vec<Elsewhere>, OpError> {
    let (mut seen, mut met) = (HashSet::new(), HashSet::new());
    let mut found = Vec::new();
    for (age, landed) in repository.first_parents(tip)?.into_iter().enumerate() {
        let Some(Entry::Folder(folder)) = folder(repository, landed.tree, log)? else { continue };
        if !seen.insert(folder) {
            continue;
        }
        let mut wanted =
            |path: &[u8], kind: EntryKind| kind == EntryKind::Folder || is_markdown_name(path);
        for file in repository.files(folder, &mut wanted)? {
            let Some(path) = log.join(file.path.as_bytes()) else { continue };
            if is_numbered(&path) && met.insert(path.clone()) && age > 0 {
                let commit = landed.commit;
                let place = format!("{}, and went since", commit.short(10));
                found.push(Elsewhere { path, place, commit: Some(commit) });
            }
        }
    }
    Ok(found)
}

fn folder(repository: &Repository, tree: TreeId, log: &RepoPath) -> Result<Option<Entry>, OpError> {
    if log.is_root() {
        return Ok(Some(Entry::Folder(tree)));
    }
    Ok(repository.entry(tree, log)?)
}

fn is_numbered(path: &RepoPath) -> bool {
    is_markdown_name(path.as_bytes()) && number_of(path).is_some()
}
