//! Which pages are how near to one.

use std::collections::{BTreeMap, VecDeque};

/// What is no more than `depth` links or relations away from `centre`, in either direction,
/// and how far each is.
pub(super) fn distances<'a, K: Ord + ?Sized>(
    edges: impl Iterator<Item = (&'a K, &'a K)>,
    centre: &'a K,
    depth: usize,
) -> BTreeMap<&'a K, usize> {
    let mut beside: BTreeMap<&K, Vec<&K>> = BTreeMap::new();
    for (from, to) in edges {
        beside.entry(from).or_default().push(to);
        beside.entry(to).or_default().push(from);
    }
    let mut found = BTreeMap::from([(centre, 0)]);
    let mut waiting = VecDeque::from([(centre, 0)]);
    // The nearer come first: behind one that is far enough all are.
    while let Some((path, distance)) = waiting.pop_front().filter(|(_, it)| *it < depth) {
        for &next in beside.get(path).into_iter().flatten() {
            if !found.contains_key(next) {
                found.insert(next, distance + 1);
                waiting.push_back((next, distance + 1));
            }
        }
    }
    found
}
