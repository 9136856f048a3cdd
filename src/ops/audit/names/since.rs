//! From when on a page answers for a name.
//!
//! A reviewed page: from its review. Any other: from the commit that brought
//! the name to it, since whoever mends a typing error reads no more than a line.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Asked, Missing};
use crate::audit::{Name, each_word};
use crate::ids::BlobId;
use crate::ops::audit::moves;
use crate::repo_path::RepoPath;

/// Versions of one page that are looked at.
const VERSIONS: usize = 500;

/// The step for each number; one of which history does not tell is left out.
pub(super) fn steps(asked: &Asked<'_>, missing: &Missing<'_>) -> BTreeMap<u64, usize> {
    let keys: BTreeSet<u64> = missing.names.iter().map(Name::page_key).collect();
    let aside = asked.aside.and_then(|it| it.of(&missing.page.path));
    match asked.reviews.find(missing.page, aside, asked.reach) {
        Some(set) => {
            set.at.into_iter().flat_map(|at| keys.iter().map(move |key| (*key, at))).collect()
        }
        None => brought(asked, &missing.page.path, keys),
    }
}

/// The step that brought each number to the page at `path`.
fn brought(asked: &Asked<'_>, path: &RepoPath, mut open: BTreeSet<u64>) -> BTreeMap<u64, usize> {
    let mut found = BTreeMap::new();
    let mut versions: HashMap<BlobId, BTreeSet<u64>> = HashMap::new();
    let all = open.clone();
    let mut words = |blob: BlobId| -> BTreeSet<u64> {
        versions.entry(blob).or_insert_with(|| words_of(asked, blob, &all)).clone()
    };
    let chronicle = asked.chronicle;
    let stations = moves::stations(chronicle, path, asked.reach).into_iter();
    let steps =
        stations.flat_map(|(path, steps)| steps.into_iter().map(move |at| (path.clone(), at)));
    for (path, at) in steps.take(VERSIONS) {
        let Some(change) = chronicle.change(at, &path) else { continue };
        let before = change.old.or_else(|| moves::moved_from(chronicle, at, change)?.old);
        let old = before.map(&mut words).unwrap_or_default();
        found.extend(open.iter().filter(|key| !old.contains(key)).map(|key| (*key, at)));
        open.retain(|key| old.contains(key));
        if open.is_empty() {
            break;
        }
    }
    found
}

/// Which of `all` a version of a page has.
fn words_of(asked: &Asked<'_>, blob: BlobId, all: &BTreeSet<u64>) -> BTreeSet<u64> {
    let mut found = BTreeSet::new();
    let bytes = asked.chronicle.repository.blob(blob).unwrap_or_default();
    each_word(&bytes, &mut |key, _| {
        if all.contains(&key) {
            found.insert(key);
        }
    });
    found
}
