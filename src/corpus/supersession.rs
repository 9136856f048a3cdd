//! What a page says that it replaced, and what it says that replaced it.

use super::links::resolve_path;
use super::{Names, Page, Target};
use crate::adr::{AdrRecord, AdrRef, AdrStatus};
use crate::repo_path::RepoPath;

/// Pairs (old, new) that `page` states, whichever of the two it is.
///
/// # Errors
/// If pages could not be looked up.
pub fn supersessions<N: Names>(
    pages: &N,
    page: &Page,
) -> Result<Vec<(RepoPath, RepoPath)>, N::Error> {
    let new = || page.path.clone();
    let mut pairs = Vec::new();
    for old in &page.front.supersedes {
        pairs.extend(written(pages, page, old)?.map(|old| (old, new())));
    }
    if let Some(record) = &page.adr {
        for old in replaced(record) {
            pairs.extend(decision(pages, page, old)?.map(|old| (old, new())));
        }
        if let Some(by) = &record.superseded_by {
            pairs.extend(decision(pages, page, by)?.map(|by| (new(), by)));
        }
    }
    pairs.retain(|(old, new)| old != new);
    Ok(pairs)
}

/// The decisions that one in force says it replaced; others replace nothing yet.
pub(super) fn replaced(record: &AdrRecord) -> &[AdrRef] {
    match record.status {
        Some(AdrStatus::Draft | AdrStatus::Proposed | AdrStatus::Rejected) => &[],
        _ => &record.supersedes,
    }
}

/// `supersedes:` holds paths from the top folder, or from the page's own.
fn written<N: Names>(pages: &N, page: &Page, old: &str) -> Result<Option<RepoPath>, N::Error> {
    for path in written_paths(page, old) {
        if pages.page(&path)?.is_some() {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// What such a path may mean, the likeliest first.
pub(super) fn written_paths(page: &Page, old: &str) -> impl Iterator<Item = RepoPath> {
    let from_top = RepoPath::new(old.trim_start_matches('/')).ok();
    from_top.into_iter().chain(page.path.parent().join(old))
}

/// A decision that another names: its link first, then its number in the same log.
fn decision<N: Names>(
    pages: &N,
    page: &Page,
    named: &AdrRef,
) -> Result<Option<RepoPath>, N::Error> {
    if let Some(target) = linked(named)
        && let Target::Page { path, .. } = resolve_path(pages, page, (target, None), &|_| false)?
    {
        return Ok(Some(path));
    }
    let Some(number) = named.number else { return Ok(None) };
    let log = pages.log_of(&page.path);
    Ok(match pages.decisions(number, Some(&log))?.as_slice() {
        [one] => Some(one.path.clone()),
        _ => None,
    })
}

/// The path by which a decision names another, without its fragment.
pub(super) fn linked(named: &AdrRef) -> Option<&str> {
    let target = named.target.as_deref().filter(|target| !target.is_empty());
    target.map(|target| target.split('#').next().unwrap_or_default())
}
