//! Chains of replacement, in both directions; a cycle ends where it began.

use std::collections::BTreeSet;

use crate::corpus::{replaced_by, superseded_by};
use crate::index::IndexError;
use crate::repo_path::RepoPath;
use crate::workspace::Lookups;

/// Everything that `path` replaced, directly or not; the farthest first.
pub(super) fn older(pages: &Lookups<'_>, path: &RepoPath) -> Result<Vec<String>, IndexError> {
    let mut met = BTreeSet::from([path.clone()]);
    let mut found = vec![path.clone()];
    let mut at = 0;
    while let Some(newer) = found.get(at) {
        let replaced = replaced_by(pages, newer)?;
        found.extend(replaced.into_iter().filter(|old| met.insert(old.clone())));
        at += 1;
    }
    Ok(found[1..].iter().rev().map(|path| path.text().into_owned()).collect())
}

/// What replaced `path`, and what replaced that; the newest last.
pub(super) fn newer(pages: &Lookups<'_>, path: &RepoPath) -> Result<Vec<String>, IndexError> {
    let mut met = BTreeSet::from([path.clone()]);
    let mut found = Vec::new();
    let mut at = path.clone();
    while let Some(next) = superseded_by(pages, &at)?.filter(|next| met.insert(next.clone())) {
        found.push(next.text().into_owned());
        at = next;
    }
    Ok(found)
}
