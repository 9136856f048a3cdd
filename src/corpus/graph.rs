//! Which page links to which, and which replaced which.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{Catalogue, Page, Target, supersessions};
use crate::document::LinkKind;
use crate::repo_path::RepoPath;

/// The links between the pages of one catalogue, in a fixed order. Built in
/// time linear in pages and links.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkGraph {
    outgoing: BTreeMap<RepoPath, Vec<RepoPath>>,
    incoming: BTreeMap<RepoPath, Vec<RepoPath>>,
    superseded_by: BTreeMap<RepoPath, RepoPath>,
}

impl LinkGraph {
    /// Follows every link of every page.
    pub fn of(catalogue: &Catalogue) -> Self {
        let mut outgoing: BTreeMap<RepoPath, BTreeSet<RepoPath>> = BTreeMap::new();
        let mut superseded_by = BTreeMap::new();
        for page in catalogue.pages() {
            let targets = page_targets(catalogue, page);
            if !targets.is_empty() {
                outgoing.insert(page.path.clone(), targets);
            }
            let Ok(stated) = supersessions(catalogue, page);
            for (old, new) in stated {
                superseded_by.entry(old).or_insert(new);
            }
        }
        let mut incoming: BTreeMap<RepoPath, Vec<RepoPath>> = BTreeMap::new();
        for (from, targets) in &outgoing {
            for target in targets {
                incoming.entry(target.clone()).or_default().push(from.clone());
            }
        }
        let ordered = |(from, targets): (_, BTreeSet<_>)| (from, targets.into_iter().collect());
        let outgoing = outgoing.into_iter().map(ordered).collect();
        Self { outgoing, incoming, superseded_by }
    }

    /// Pages that `path` links to, each once, ordered by path.
    pub fn outgoing(&self, path: &RepoPath) -> &[RepoPath] {
        self.outgoing.get(path).map_or(&[], Vec::as_slice)
    }

    /// Pages that link to `path`, each once, ordered by path.
    pub fn incoming(&self, path: &RepoPath) -> &[RepoPath] {
        self.incoming.get(path).map_or(&[], Vec::as_slice)
    }

    /// The page that replaced `path`. Where several claim it, the first by
    /// path; the chain is not followed.
    pub fn superseded_by(&self, path: &RepoPath) -> Option<&RepoPath> {
        self.superseded_by.get(path)
    }

    /// The end of the chain of replacements; stops before a page that it has
    /// already met, so that a cycle ends too.
    pub fn successor(&self, path: &RepoPath) -> Option<&RepoPath> {
        let mut met = BTreeSet::from([path]);
        let mut last = None;
        let mut at = path;
        while let Some(next) = self.superseded_by(at).filter(|next| met.insert(next)) {
            last = Some(next);
            at = next;
        }
        last
    }
}

/// A name that several pages share links to none of them. What a page says
/// twice is followed once.
fn page_targets(catalogue: &Catalogue, page: &Page) -> BTreeSet<RepoPath> {
    let target = |link| match catalogue.resolve(page, link, &|_| false) {
        Target::Page { path, .. } if path != page.path => Some(path),
        _ => None,
    };
    let mut said = HashSet::new();
    let links = page.links.iter().filter(|link| link.kind != LinkKind::Image);
    let new = links.filter(|link| said.insert((link.kind, link.target.as_str())));
    new.filter_map(target).collect()
}

#[cfg(test)]
mod tests;
