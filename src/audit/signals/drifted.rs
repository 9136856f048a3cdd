//! `drifted`: what a page describes is not what was reviewed.
//!
//! Content decides: the digest of the files that `sources` names, else the
//! files that the page cites. A change that was taken back is none. A file
//! that moved is one, since the page may name its old place.

use super::{archive, counted, review, some};
use crate::audit::case::Case;
use crate::audit::evidence::{Aside, Changed, Drift};
use crate::audit::found::Found;

/// A stamp without digests was set on content that its commit shows.
const WITHOUT_DIGEST: u8 = 90;
/// A cited file may be an example.
const CITED: u8 = 60;

pub(super) fn check(case: &Case<'_>) -> Option<Found> {
    let drift = case.evidence.drift.as_ref().filter(|_| !case.is_out_of_use())?;
    let stamp = case.evidence.stamp.as_ref()?;
    let confidence = match drift {
        Drift { is_declared: false, .. } => CITED,
        Drift { is_recorded: false, .. } => WITHOUT_DIGEST,
        Drift { .. } => 100,
    };
    let lines = drift.changed.iter().map(|it| it.added + it.removed).sum();
    let found = Found::of(why(drift, &stamp.at.to_string()), drift.of.clone());
    let found = found.settle([review(case), archive(case)]).sure(confidence);
    Some(Found {
        changed: drift.changed.clone(),
        changed_total: drift.total,
        lines,
        days: case.days_since(stamp.at),
        is_local: drift.is_local,
        ..found
    })
}

/// What one change does to a page that it does not edit.
pub(in crate::audit) fn by_change(case: &Case<'_>) -> Option<Found> {
    let drift = case.evidence.drift.as_ref().filter(|_| !case.is_out_of_use())?;
    let what = if drift.is_declared { "it describes" } else { "it cites" };
    let why = format!("this change touches {} {what}", counted(drift.total, "file"));
    let lines = drift.changed.iter().map(|it| it.added + it.removed).sum();
    let confidence = if drift.is_declared { 100 } else { CITED };
    let found = Found::of(why, drift.of.clone()).sure(confidence);
    let edit = format!("edit {}", case.typed());
    let (changed, changed_total) = (drift.changed.clone(), drift.total);
    Some(Found { changed, changed_total, lines, ..found.settle([review(case), edit]) })
}

fn why(drift: &Drift, reviewed: &str) -> String {
    let what = if drift.is_declared { "it describes" } else { "it cites" };
    let files = counted(drift.total, "file");
    if drift.total == 0 {
        return format!("what {what} is not what was reviewed on {reviewed}");
    }
    let mut authors: Vec<String> = Vec::new();
    for author in drift.changed.iter().flat_map(|it| &it.authors) {
        if !authors.contains(author) {
            authors.push(author.clone());
        }
    }
    let count =
        |is_it: fn(&Aside) -> bool| drift.changed.iter().filter(|it| is_it(&it.how)).count();
    let gone = count(|it| matches!(it, Aside::Removed));
    let moved = count(|it| matches!(it, Aside::MovedTo(_)));
    let mut parts = Vec::new();
    for (count, what) in [(moved, "moved"), (gone, "gone")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let elsewhere: std::collections::BTreeSet<&String> =
        drift.changed.iter().filter_map(|it| it.repository.as_ref()).collect();
    parts.extend(elsewhere.into_iter().map(|name| {
        let is_there = |it: &&Changed| it.repository.as_ref() == Some(name);
        format!("{} in {name}", drift.changed.iter().filter(is_there).count())
    }));
    let of_these =
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    let by = if authors.is_empty() { String::new() } else { format!(", by {}", some(&authors, 3)) };
    format!("{files} {what} changed{of_these} since the review of {reviewed}{by}")
}
