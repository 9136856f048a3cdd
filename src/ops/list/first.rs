//! The first pages by path, read without the others.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

use super::{Chosen, Options, Sort, entry};
use crate::corpus::{IN_PACKAGE, Page, RootKind};
use crate::index::{FoundBy, IndexError, Snapshot};
use crate::repo_path::RepoPath;
use crate::workspace::Memory;

/// The first of the pages that the index holds, and what is told of all.
pub(super) struct First {
    count: usize,
    kinds: BTreeSet<String>,
    pages: Vec<Page>,
}

/// The first pages, where the question is for these: so many by path, and no
/// filter to read the others for.
pub(super) fn first(memory: &Memory, options: &Options) -> Result<Option<First>, IndexError> {
    let snapshot = &memory.snapshot;
    let Some(limit) = options.limit.filter(|_| options.filters.is_empty()) else {
        return Ok(None);
    };
    // Paths that are no text are ordered as they are written, not as they are.
    let is_text = snapshot.found_by(FoundBy::EncodedPath, "")?.is_empty();
    if options.sort != Sort::Path || !is_text {
        return Ok(None);
    }
    let mut heads = Vec::new();
    snapshot.each_below(&RepoPath::root(), &mut |head, _| {
        if heads.len() < limit {
            heads.push(head);
        }
        if heads.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let pages = heads.into_iter().map(|head| snapshot.page(head)).collect::<Result<_, _>>()?;
    let count = usize::try_from(snapshot.len()).unwrap_or(usize::MAX);
    Ok(Some(First { count, kinds: kinds(memory)?, pages }))
}

impl First {
    /// With the templates, which the index does not hold.
    pub(super) fn with(self, memory: &Memory, templates: Vec<Page>) -> Chosen {
        let Self { count, mut kinds, mut pages } = self;
        let total = count + templates.len();
        kinds.extend(templates.iter().map(|page| memory.facts(page).kind));
        pages.extend(templates);
        let told = |page: Page| {
            let facts = memory.facts(&page);
            entry(page, facts)
        };
        let pages = pages.into_iter().map(told).collect();
        Chosen { total, kinds, found: total, pages }
    }
}

/// The kinds of all pages: those that pages say or read as, and for the
/// others those of their places, unless they lie in skills' packages.
fn kinds(memory: &Memory) -> Result<BTreeSet<String>, IndexError> {
    let snapshot = &memory.snapshot;
    let mut kinds: BTreeSet<String> = snapshot.values(FoundBy::Kind)?.into_iter().collect();
    let (placed, in_packages) = (snapshot.values(FoundBy::PlacedKind)?, in_packages(memory)?);
    if in_packages.is_empty() {
        kinds.extend(placed);
        return Ok(kinds);
    }
    let mut is_in_package = false;
    for kind in placed {
        let heads = snapshot.found_by(FoundBy::PlacedKind, &kind)?;
        is_in_package |= heads.iter().any(|head| in_packages.contains(head));
        if heads.iter().any(|head| !in_packages.contains(head)) {
            kinds.insert(kind);
        }
    }
    if is_in_package {
        kinds.insert(IN_PACKAGE.to_owned());
    }
    Ok(kinds)
}

/// First documents of all pages in skills' packages.
fn in_packages(memory: &Memory) -> Result<HashSet<u32>, IndexError> {
    let (roots, snapshot): (_, &Snapshot) = (memory.roots(), &memory.snapshot);
    let mut heads = HashSet::new();
    for root in roots.all().into_iter().filter(|root| root.kind == RootKind::Skill) {
        snapshot.each_below(&root.path, &mut |head, key| {
            if roots.classify(&key.path).and_then(|place| place.package(&key.path)).is_some() {
                heads.insert(head);
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(heads)
}
