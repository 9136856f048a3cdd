//! Numbers of this branch that another branch took for another decision.

use std::collections::HashMap;

use super::decisions::Decisions;
use super::immutable::Finding;
use crate::adr::number_of;
use crate::git::{EntryKind, Repository};
use crate::ids::{CommitId, TreeId};
use crate::ops::OpError;
use crate::repo_path::{RepoPath, is_markdown_name};
use crate::workspace::{Asked, Workspace};

/// The rule's name.
pub const RULE: &str = "adr-number-taken";

/// Findings for the decisions of the work tree that are new since it parted
/// from `base`, which is a trunk most often; ordered by path. Two branches
/// that both are not merged find each other.
pub fn run(workspace: &Workspace, base: &str) -> Result<Vec<Finding>, OpError> {
    let Some(repository) = workspace.repository() else { return Ok(Vec::new()) };
    let base_commit = repository.resolve(base)?;
    let decisions = Decisions::open(workspace, &Asked::WorkTree)?;
    let Some(head) = decisions.memory.revision.commit else { return Ok(Vec::new()) };
    let parted = repository.merge_base(head, base_commit)?;
    let known = match parted {
        Some(commit) => added(repository, None, repository.commit(commit)?.tree)?,
        None => Vec::new(),
    };
    let own = own(&decisions, &known);
    let mut findings = Vec::new();
    let mut others = vec![(base.to_owned(), base_commit)];
    others.extend(repository.other_branches());
    for (name, tip) in others {
        if own.is_empty() || repository.is_ancestor(tip, head)? {
            continue;
        }
        collect(&decisions, &own, head, &name, tip, &mut findings)?;
    }
    findings.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
    findings.dedup_by(|later, first| later.path == first.path && later.commit == first.commit);
    Ok(findings)
}

/// Numbers of decisions that were not there where the branches parted.
fn own(decisions: &Decisions<'_>, known: &[RepoPath]) -> HashMap<(RepoPath, u32), RepoPath> {
    let pages = decisions.all().into_iter().map(|(page, _)| page.path.clone());
    let new = pages.filter(|path| !known.contains(path));
    let keyed =
        new.filter_map(|path| Some(((decisions.catalogue.log_of(&path), number_of(&path)?), path)));
    keyed.collect()
}

fn collect(
    decisions: &Decisions<'_>,
    own: &HashMap<(RepoPath, u32), RepoPath>,
    head: CommitId,
    name: &str,
    tip: CommitId,
    findings: &mut Vec<Finding>,
) -> Result<(), OpError> {
    let Some(repository) = decisions.workspace.repository() else { return Ok(()) };
    let parted = repository.merge_base(head, tip)?;
    let old = parted.map(|commit| repository.commit(commit)).transpose()?.map(|info| info.tree);
    for path in added(repository, old, repository.commit(tip)?.tree)? {
        let Some(number) = number_of(&path) else { continue };
        let Some(mine) = own.get(&(decisions.catalogue.log_of(&path), number)) else { continue };
        if *mine != path {
            findings.push(Finding {
                rule: RULE.to_owned(),
                path: mine.text().into_owned(),
                line: 1,
                commit: Some(tip.to_string()),
                message: format!("number {number} is '{path}' in '{name}'"),
            });
        }
    }
    Ok(())
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
