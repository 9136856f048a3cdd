//! What decisions and pages say of each other beyond a link.

use std::collections::BTreeSet;

use super::{Relation, by_path};
use crate::adr::{is_supersession, stated_by};
use crate::corpus::{Catalogue, LinkGraph, Page, Target};
use crate::document::Link;
use crate::repo_path::RepoPath;
use crate::workspace::{Memory, Workspace};

/// One statement, from whichever side it was made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stated {
    pub(super) from: RepoPath,
    pub(super) relation: &'static str,
    pub(super) to: RepoPath,
}

impl Stated {
    pub(super) fn told(&self) -> Relation {
        Relation {
            from: self.from.text().into_owned(),
            relation: self.relation.to_owned(),
            to: self.to.text().into_owned(),
        }
    }
}

/// Replacements as the graph knows them, and whatever else decisions say in
/// lines such as `Amends [3. Use X](0003-use-x.md)`.
pub(super) fn all(
    workspace: &Workspace,
    memory: &Memory,
    catalogue: &Catalogue,
    graph: &LinkGraph,
) -> Vec<Stated> {
    let mut found = BTreeSet::new();
    for old in by_path(catalogue) {
        if let Some(new) = graph.superseded_by(old) {
            found.insert(Stated { from: new.clone(), relation: "supersedes", to: old.clone() });
        }
    }
    let is_decision = |path: &RepoPath| catalogue.page(path).is_some_and(|it| it.adr.is_some());
    for page in catalogue.pages().iter().filter(|page| page.adr.is_some()) {
        // Most decisions name none: their text is not read.
        if graph.outgoing(&page.path).iter().any(is_decision)
            && let Some(bytes) = workspace.bytes(memory, page)
        {
            found
                .extend(page.links.iter().filter_map(|link| stated(catalogue, page, link, &bytes)));
        }
    }
    found.into_iter().collect()
}

fn stated(catalogue: &Catalogue, page: &Page, link: &Link, bytes: &[u8]) -> Option<Stated> {
    let above = bytes.get(..link.span.start as usize)?;
    let start = memchr::memrchr(b'\n', above).map_or(0, |at| at + 1);
    let (relation, is_passive) = stated_by(std::str::from_utf8(&above[start..]).ok()?)?;
    if is_supersession(relation) {
        return None;
    }
    let Target::Page { path, .. } = catalogue.resolve(page, link, &|_| false) else { return None };
    if path == page.path || catalogue.page(&path)?.adr.is_none() {
        return None;
    }
    // Of two that stand to each other alike, the first by path says so.
    let is_mutual = crate::adr::reverse_of(relation) == Some(relation);
    let is_turned = is_passive || (is_mutual && path < page.path);
    let own = page.path.clone();
    let (from, to) = if is_turned { (path, own) } else { (own, path) };
    Some(Stated { from, relation, to })
}
