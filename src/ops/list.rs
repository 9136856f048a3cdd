//! `list`: the catalogue of a revision.

mod first;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::filtered::passes;
use crate::corpus::{Facts, Page};
use crate::routing::query::Filters;
use crate::workspace::{Asked, Memory, Workspace};

/// Which pages, in what order.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which revision answers.
    pub asked: Asked,
    /// Only pages that pass.
    pub filters: Filters,
    /// By what they are ordered.
    pub sort: Sort,
    /// How many at most; all where none is given.
    pub limit: Option<usize>,
}

/// By what pages are ordered; the path decides between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Where they stand.
    #[default]
    Path,
    /// Their titles, in any case.
    Title,
    /// Their kinds.
    Kind,
    /// Their first owners, those without one last.
    Owner,
    /// Their last reviews, the oldest first, those never reviewed before all.
    Reviewed,
    /// Their statuses.
    Status,
}

/// One page of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Where it stands.
    pub path: String,
    /// Its title.
    pub title: String,
    /// `runbook`, `adr`, `guide`, …
    pub kind: String,
    /// Who owns it; empty where nobody is named.
    pub owner: Vec<String>,
    /// `active`, `accepted`, `superseded`, …
    pub status: String,
    /// Day of the last review; null if it was never reviewed.
    pub reviewed: Option<String>,
    /// The last day on which that review holds.
    pub due: Option<String>,
    /// True if the review is overdue, or the page is archived.
    pub stale: bool,
    /// Git's name for its content.
    pub blob: String,
}

/// The catalogue, filtered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// `prode.list/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// Its tree.
    pub tree: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// Pages of the revision, templates included, before filters.
    pub total: usize,
    /// Kinds among these, ordered.
    pub kinds: Vec<String>,
    /// Pages that the filters leave, however many are listed.
    pub found: usize,
    /// What is left, the first of them where a limit was given.
    pub pages: Vec<Entry>,
}

/// Lists pages.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(List, Memory), OpError> {
    let memory = workspace.memory(&options.asked)?;
    let list = of(workspace, &memory, options)?;
    Ok((list, memory))
}

/// The same of a memory that is open already.
pub(super) fn of(
    workspace: &Workspace,
    memory: &Memory,
    options: &Options,
) -> Result<List, OpError> {
    let templates = workspace.templates(memory)?;
    let chosen = match first::first(memory, options)? {
        Some(first) => first.with(memory, templates),
        None => all(memory, options, templates)?,
    };
    let Chosen { total, kinds, found, mut pages } = chosen;
    sort(&mut pages, options.sort);
    pages.truncate(options.limit.unwrap_or(found));
    Ok(List {
        schema: "prode.list/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        tree: memory.revision.tree.map(|tree| tree.to_string()),
        worktree: memory.revision.on_disk,
        total,
        kinds: kinds.into_iter().collect(),
        found,
        pages,
    })
}

/// What of the pages is told, before they are ordered and cut.
struct Chosen {
    total: usize,
    kinds: BTreeSet<String>,
    found: usize,
    pages: Vec<Entry>,
}

/// Every page read, the templates among them.
fn all(memory: &Memory, options: &Options, templates: Vec<Page>) -> Result<Chosen, OpError> {
    let (mut total, mut kinds, mut entries) = (0, BTreeSet::new(), Vec::new());
    for page in memory.snapshot.each_found().chain(templates.into_iter().map(Ok)) {
        let page = page?;
        total += 1;
        let facts = memory.facts(&page);
        if !kinds.contains(&facts.kind) {
            kinds.insert(facts.kind.clone());
        }
        if passes(memory, &options.filters, &page, &facts) {
            entries.push(entry(page, facts));
        }
    }
    Ok(Chosen { total, kinds, found: entries.len(), pages: entries })
}

/// A page as the catalogue tells it.
pub(super) fn entry(page: Page, facts: Facts) -> Entry {
    Entry {
        path: page.path.text().into_owned(),
        title: page.title,
        kind: facts.kind,
        owner: facts.owner,
        status: facts.status,
        reviewed: facts.reviewed.map(|day| day.to_string()),
        due: facts.due.map(|day| day.to_string()),
        stale: facts.stale,
        blob: page.blob.to_string(),
    }
}

fn sort(entries: &mut [Entry], by: Sort) {
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    match by {
        Sort::Path => {}
        Sort::Title => entries.sort_by_cached_key(|it| it.title.to_lowercase()),
        Sort::Kind => entries.sort_by(|a, b| a.kind.cmp(&b.kind)),
        Sort::Owner => entries.sort_by_cached_key(|it| (it.owner.is_empty(), it.owner.clone())),
        Sort::Reviewed => entries.sort_by(|a, b| a.reviewed.cmp(&b.reviewed)),
        Sort::Status => entries.sort_by(|a, b| a.status.cmp(&b.status)),
    }
}
