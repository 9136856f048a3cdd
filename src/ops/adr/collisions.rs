//! Numbers of this branch that another branch, or another work tree, took for
//! another decision, and numbers of decisions that went.

use std::collections::{HashMap, HashSet};

use super::decisions::in_order;
use super::elsewhere::{self, Elsewhere};
use super::immutable::Finding;
use crate::adr::number_of;
use crate::corpus::Catalogue;
use crate::git::{EntryKind, Repository};
use crate::ids::TreeId;
use crate::ops::OpError;
use crate::repo_path::{RepoPath, is_markdown_name};
use crate::workspace::{Asked, Memory, Workspace};

/// The rule's name.
pub const RULE: &str = "adr-number-taken";

/// Findings for the decisions of the work tree that are new since it parted
/// from `base`, which is a trunk most often; ordered by path. Two branches
/// that both are not merged find each other. A file that holds a number in
/// several places is named once: at the base, else in another branch, else in
/// another work tree, else where it went.
pub fn run(workspace: &Workspace, base: &str) -> Result<Vec<Finding>, OpError> {
    let memory = workspace.memory(&Asked::WorkTree)?;
    let catalogue = memory.catalogue()?;
    of(workspace, base, &memory, &catalogue)
}

/// The same, where the memory of the work tree is at hand.
pub fn of(
    workspace: &Workspace,
    base: &str,
    memory: &Memory,
    catalogue: &Catalogue,
) -> Result<Vec<Finding>, OpError> {
    let Some(repository) = workspace.repository() else { return Ok(Vec::new()) };
    let base_commit = repository.resolve(base)?;
    let Some(head) = memory.revision.commit else { return Ok(Vec::new()) };
    let parted = repository.merge_base(head, base_commit)?;
    let known = match parted {
        Some(commit) => added(repository, None, repository.commit(commit)?.tree)?,
        None => Vec::new(),
    };
    let known: HashSet<RepoPath> = known.into_iter().collect();
    let own = own(catalogue, &known);
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut taken = Taken { own: &own, catalogue, known: &known, found: Vec::new() };
    let mut others = vec![(base.to_owned(), base_commit)];
    others.extend(repository.other_branches());
    for (name, tip) in others {
        if repository.is_ancestor(tip, head)? {
            continue;
        }
        let parted = repository.merge_base(head, tip)?;
        let old = parted.map(|commit| repository.commit(commit)).transpose()?.map(|it| it.tree);
        for path in added(repository, old, repository.commit(tip)?.tree)? {
            taken.take(Elsewhere { path, place: format!("'{name}'"), commit: Some(tip) });
        }
    }
    let logs: HashSet<&RepoPath> = own.keys().map(|(log, _)| log).collect();
    for log in &logs {
        for other in elsewhere::in_siblings(repository, log) {
            taken.take(other);
        }
    }
    for log in &logs {
        for other in elsewhere::gone(repository, base_commit, log)? {
            taken.take(other);
        }
    }
    let mut findings = taken.found;
    findings.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
    Ok(findings)
}

/// Numbers of decisions that were not there where the branches parted. One
/// whose number stood there under a name that is gone was only renamed.
fn own(catalogue: &Catalogue, known: &HashSet<RepoPath>) -> HashMap<(RepoPath, u32), RepoPath> {
    let key = |path: &RepoPath| Some((catalogue.log_of(path), number_of(path)?));
    let pages = in_order(catalogue).into_iter().map(|(page, _)| page.path.clone());
    let (old, new): (HashSet<RepoPath>, HashSet<RepoPath>) =
        pages.partition(|path| known.contains(path));
    let renamed: HashSet<_> = known.difference(&old).filter_map(key).collect();
    let keyed = new.into_iter().filter_map(|path| Some((key(&path)?, path)));
    keyed.filter(|(key, _)| !renamed.contains(key)).collect()
}

/// What was found so far.
struct Taken<'a> {
    own: &'a HashMap<(RepoPath, u32), RepoPath>,
    catalogue: &'a Catalogue,
    known: &'a HashSet<RepoPath>,
    found: Vec<Finding>,
}

impl Taken<'_> {
    /// Notes that another file has the number of one of ours. A file that was
    /// there where the branches parted is the same decision under its old name.
    fn take(&mut self, other: Elsewhere) {
        let Elsewhere { path, place, commit } = other;
        let Some(number) = number_of(&path) else { return };
        let key = (self.catalogue.log_of(&path), number);
        let Some(mine) = self.own.get(&key).filter(|mine| **mine != path) else { return };
        let words = format!("number {number} is '{path}' in ");
        let is_known = self.known.contains(&path)
            || self.found.iter().any(|it| it.message.starts_with(&words));
        if !is_known {
            self.found.push(Finding {
                rule: RULE.to_owned(),
                path: mine.text().into_owned(),
                line: 1,
                commit: commit.map(|commit| commit.to_string()),
                message: format!("{words}{place}"),
            });
        }
    }
}

/// Markdown files of `new` that `old` has not.
fn added(
    repository: &Repository,
    old: Option<TreeId>,
    new: TreeId,
) -> Result<Vec<RepoPath>, OpError> {
    let mut wanted =
        |path: &[u8], kind: EntryKind| kind == EntryKind::Folder || is_markdown_name(path);
    let Some(old) = old else {
        let files = repository.files(new, &mut wanted)?;
        return Ok(files.into_iter().map(|file| file.path).collect());
    };
    let changes = repository.changes(old, new, &mut wanted)?;
    let came = changes.into_iter().filter(|change| change.old.is_none());
    Ok(came.map(|change| change.path).collect())
}
