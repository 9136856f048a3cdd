//! Which of the missing names the code had.

use std::collections::{BTreeMap, HashMap};

use super::scan::Scans;
use super::tree::{is_source, is_vendored};
use super::{Asked, Missing, since};
use crate::audit::Role;
use crate::git::EntryKind;
use crate::ids::TreeId;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// A name that the code had when its page answered for it.
pub(super) struct Gone {
    /// Places among the pages and their names.
    pub(super) page: usize,
    pub(super) name: usize,
    /// The step from which on the page answers for it.
    pub(super) since: usize,
    /// The surest of what it was.
    pub(super) role: Role,
    /// Files that had it.
    pub(super) files: Vec<RepoPath>,
}

/// Names by the step from which on their page answers for them.
type BySince = BTreeMap<usize, Vec<(usize, usize)>>;

/// Goes through what differs since each such step, the newest first.
pub(super) fn gone(
    asked: &Asked<'_>,
    missing: &[Missing<'_>],
    scans: &mut Scans<'_>,
) -> Result<Vec<Gone>, OpError> {
    let mut by_since = BySince::new();
    for (page, it) in missing.iter().enumerate() {
        let steps = since::steps(asked, it);
        for (name, known) in it.names.iter().enumerate() {
            if let Some(step) = steps.get(&known.page_key()) {
                by_since.entry(*step).or_default().push((page, name));
            }
        }
    }
    let mut found = Vec::new();
    for (since, names) in by_since {
        let had = had(asked, asked.chronicle.step(since).tree, scans)?;
        for (page, name) in names {
            let wanted = &missing[page].names[name];
            let Some((role, files)) = had.get(&wanted.key) else { continue };
            if *role >= wanted.least {
                found.push(Gone { page, name, since, role: *role, files: files.clone() });
            }
        }
    }
    found.sort_by_key(|it| (it.page, it.name));
    Ok(found)
}

/// Missing names in files of the tree `then` that are others now: what each
/// was, and where.
fn had(
    asked: &Asked<'_>,
    then: TreeId,
    scans: &mut Scans<'_>,
) -> Result<HashMap<u64, (Role, Vec<RepoPath>)>, OpError> {
    let now = asked.chronicle.step(asked.at).tree;
    let mut wanted = |path: &[u8], kind: EntryKind| match kind {
        EntryKind::Folder => !is_vendored(path),
        EntryKind::File => is_source(&RepoPath::from_git(path)),
    };
    let mut found: HashMap<u64, (Role, Vec<RepoPath>)> = HashMap::new();
    for change in asked.chronicle.repository.changes(then, now, &mut wanted)? {
        let Some(old) = change.old.filter(|_| asked.look.catalogue.page(&change.path).is_none())
        else {
            continue;
        };
        for (key, role) in scans.hits(&change.path, old)?.iter() {
            let known = found.entry(*key).or_insert((*role, Vec::new()));
            known.0 = known.0.max(*role);
            known.1.push(change.path.clone());
        }
    }
    Ok(found)
}
