//! Chains of replacement, in both directions; a cycle ends where it began.

use std::collections::BTreeSet;

use crate::corpus::{Catalogue, LinkGraph};
use crate::repo_path::RepoPath;

/// Everything that `path` replaced, directly or not; the farthest first.
pub(super) fn older(catalogue: &Catalogue, graph: &LinkGraph, path: &RepoPath) -> Vec<String> {
    let mut met = BTreeSet::from([path]);
    let mut found: Vec<&RepoPath> = vec![path];
    let mut at = 0;
    while let Some(newer) = found.get(at).copied() {
        let replaced = catalogue.pages().iter().map(|page| &page.path);
        let replaced = replaced.filter(|old| graph.superseded_by(old) == Some(newer));
        let new: Vec<&RepoPath> = replaced.filter(|old| met.insert(old)).collect();
        found.extend(new);
        at += 1;
    }
    found[1..].iter().rev().map(|path| path.text().into_owned()).collect()
}

/// What replaced `path`, and what replaced that; the newest last.
pub(super) fn newer(graph: &LinkGraph, path: &RepoPath) -> Vec<String> {
    let mut met = BTreeSet::from([path]);
    let mut found = Vec::new();
    let mut at = path;
    while let Some(next) = graph.superseded_by(at).filter(|next| met.insert(next)) {
        found.push(next.text().into_owned());
        at = next;
    }
    found
}
