//! Which pages are how near to one.

use std::collections::{BTreeMap, VecDeque};

use super::relations::Stated;
use crate::corpus::LinkGraph;
use crate::repo_path::RepoPath;

/// Pages that are no more than `depth` links or relations away from `centre`,
/// in either direction, and how far each is.
pub(super) fn distances(
    graph: &LinkGraph,
    relations: &[Stated],
    centre: &RepoPath,
    depth: usize,
) -> BTreeMap<RepoPath, usize> {
    let mut related: BTreeMap<&RepoPath, Vec<&RepoPath>> = BTreeMap::new();
    for Stated { from, to, .. } in relations {
        related.entry(from).or_default().push(to);
        related.entry(to).or_default().push(from);
    }
    let mut found = BTreeMap::from([(centre.clone(), 0)]);
    let mut waiting = VecDeque::from([(centre.clone(), 0)]);
    while let Some((path, distance)) = waiting.pop_front() {
        if distance == depth {
            continue;
        }
        let linked = graph.outgoing(&path).iter().chain(graph.incoming(&path));
        let related = related.get(&path).into_iter().flatten().copied();
        for next in linked.chain(related) {
            if !found.contains_key(next) {
                found.insert(next.clone(), distance + 1);
                waiting.push_back((next.clone(), distance + 1));
            }
        }
    }
    found
}
