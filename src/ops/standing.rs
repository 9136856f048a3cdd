//! How a memory stands: pages of each root, pages without an owner.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use crate::corpus::RootKind;
use crate::workspace::Memory;

/// One root and how many pages it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PagesOfRoot {
    /// The folder; `.` is the top folder.
    pub root: String,
    /// `wiki`, `adr`, `skills` or `templates`.
    pub kind: String,
    /// Pages in it that are no deeper root's. Templates are not counted: they
    /// are listed and never an answer.
    pub pages: usize,
}

impl PagesOfRoot {
    /// For people: `24 pages in wiki`, `2 decisions in docs/adr`.
    pub fn text(&self) -> String {
        let Self { root, kind, pages } = self;
        let place = if root == "." { "the whole repository" } else { root };
        match kind.as_str() {
            "adr" => format!("{} in {place}", counted(*pages, "decision")),
            "skills" => format!("{} of skills in {place}", counted(*pages, "page")),
            "templates" => format!("templates in {place}"),
            _ => format!("{} in {place}", counted(*pages, "page")),
        }
    }
}

/// `1 page`, `2 pages`.
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// Every root of `memory`, and the decision folders below them, ordered by path.
pub(super) fn pages_of_roots(memory: &Memory) -> Result<Vec<PagesOfRoot>, OpError> {
    let roots = memory.roots();
    let mut counts: BTreeMap<_, usize> =
        roots.all().into_iter().map(|root| ((root.path.clone(), root.kind), 0)).collect();
    for page in memory.snapshot.each_found() {
        let page = page?;
        if let Some(place) = roots.classify(&page.path) {
            *counts.entry((place.root, place.kind)).or_default() += 1;
        }
    }
    let row =
        |((path, kind), pages): ((crate::repo_path::RepoPath, RootKind), usize)| PagesOfRoot {
            root: if path.is_root() { ".".to_owned() } else { path.text().into_owned() },
            kind: kind_name(kind).to_owned(),
            pages,
        };
    Ok(counts.into_iter().map(row).collect())
}

/// The key below `roots` that names roots of this kind.
pub(super) fn kind_name(kind: RootKind) -> &'static str {
    match kind {
        RootKind::Wiki => "wiki",
        RootKind::Template => "templates",
        RootKind::Skill => "skills",
        RootKind::Adr => "adr",
    }
}

/// Pages that neither name an owner nor get one from CODEOWNERS.
pub(super) fn unowned(memory: &Memory) -> Result<usize, OpError> {
    memory
        .snapshot
        .each_found()
        .try_fold(0, |count, page| Ok(count + usize::from(memory.facts(&page?).owner.is_empty())))
}
