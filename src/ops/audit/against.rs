//! `--against REV`: pages whose sources a change touches.
//!
//! The change is what the commit has and the revision lacks, from where they
//! parted. A page that the change itself edits was thought of.

use std::collections::BTreeSet;

use super::chronicle::Chronicle;
use super::drift::{self, Files};
use super::{Audit, Memory, Settings, cases, dismissals, is_in};
use crate::audit::{self, Evidence};
use crate::git::Change;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// Findings about pages that the change leaves behind.
pub(super) fn touched(
    workspace: &Workspace,
    chronicle: &Chronicle<'_>,
    memory: &Memory,
    settings: &Settings,
    rev: &str,
) -> Result<Audit, OpError> {
    let repository = chronicle.repository;
    let Some(tip) = memory.revision.commit else { return Ok(Audit::default()) };
    let other = repository.resolve(rev)?;
    let Some(base) = repository.merge_base(other, tip)? else {
        return Err(OpError::Usage {
            message: format!("'{rev}' and {} have no commit in common", memory.revision.name),
            hint: "name the branch that this one will be merged into".to_owned(),
        });
    };
    let (then, now) = (repository.commit(base)?.tree, repository.commit(tip)?.tree);
    let changes = repository.changes(then, now, &mut |_, _| true)?;
    let edited: BTreeSet<&RepoPath> = changes.iter().map(|it| &it.path).collect();
    let catalogue = memory.catalogue()?;
    let graph = catalogue.graph();
    let files = Files::of(chronicle, now, &catalogue)?;
    let reader = workspace.reader(memory)?;
    let mut known = Vec::new();
    for page in catalogue.pages().iter().filter(|page| !edited.contains(&page.path)) {
        let bytes = reader.own_bytes(page).unwrap_or_default();
        let cited = drift::cited(page, &bytes);
        let of_page: Vec<Change> = drift::of_change(&changes, page, &cited, &catalogue);
        if of_page.is_empty() {
            continue;
        }
        let drift = drift::by_change(chronicle, &files, page, &of_page, base);
        let evidence = Evidence { drift: Some(drift), ..Evidence::default() };
        known.push((page, memory.facts(page), evidence));
    }
    let cases = cases(memory, &graph, &known);
    let (dismissed, problem) = dismissals(repository, now)?;
    let found = audit::touched(settings, cases);
    let (dismissed, findings) = found.into_iter().partition(|it| is_in(dismissed.as_ref(), it));
    let skipped = problem.into_iter().collect();
    let checked = catalogue.pages().len();
    Ok(Audit { checked, skipped, findings, dismissed, ..Audit::default() })
}
