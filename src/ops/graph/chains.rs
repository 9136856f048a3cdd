//! Pages that replaced each other.

use std::collections::BTreeSet;

use super::by_path;
use crate::corpus::{Catalogue, LinkGraph};
use crate::repo_path::RepoPath;

/// From every page that replaced nothing to the one that holds now, as far as
/// one of them is left. A circle is a chain that ends where it began.
pub(super) fn all(
    catalogue: &Catalogue,
    graph: &LinkGraph,
    left: &BTreeSet<&RepoPath>,
) -> Vec<Vec<String>> {
    let replaced: Vec<&RepoPath> =
        by_path(catalogue).filter(|path| graph.superseded_by(path).is_some()).collect();
    let newer: BTreeSet<&RepoPath> =
        replaced.iter().filter_map(|path| graph.superseded_by(path)).collect();
    let mut met = BTreeSet::new();
    let mut chains = Vec::new();
    let first = replaced.iter().filter(|path| !newer.contains(*path));
    // Of those that are in a circle none is the first; whoever is left begins.
    for begin in first.chain(&replaced) {
        if met.contains(begin) {
            continue;
        }
        let chain = chain(graph, begin);
        met.extend(chain.iter().copied());
        if chain.iter().any(|path| left.contains(path)) {
            chains.push(chain.iter().map(|path| path.text().into_owned()).collect());
        }
    }
    chains
}

fn chain<'a>(graph: &'a LinkGraph, begin: &'a RepoPath) -> Vec<&'a RepoPath> {
    let mut chain = vec![begin];
    let mut at = begin;
    while let Some(next) = graph.superseded_by(at) {
        let is_met = chain.contains(&next);
        chain.push(next);
        if is_met {
            break;
        }
        at = next;
    }
    chain
}
