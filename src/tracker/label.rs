//! Labels in the place of states, where a tracker is a forge: an issue there is
//! open or closed, and what else it is its labels say.

use serde_json::Value;

use super::moving::Stands;
use crate::triage::moving::{Standing, Target};

/// A word in the place of a label that closes the issue.
pub(super) struct End {
    /// As settings write it.
    word: &'static str,
    /// What a person approves first.
    action: &'static str,
    /// GitHub's word for why.
    pub(super) reason: &'static str,
}

const ENDS: &[End] = &[
    End { word: "closed", action: "ticket-done", reason: "completed" },
    End { word: "not planned", action: "ticket-cancel", reason: "not_planned" },
];

/// What closes the issue, where a name says so.
pub(super) fn end(name: &str) -> Option<&'static End> {
    ENDS.iter().find(|it| it.word == name)
}

/// Whether two names are one label: GitHub looks past case, the others do not.
pub(super) type Same = fn(&str, &str) -> bool;

/// Where an issue stands that has these labels. `known` says what a label is there,
/// and `closing` what would be typed to close the issue.
pub(super) fn stands(
    (labels, over): (&[String], bool),
    names: &[&str],
    is_same: Same,
    known: impl Fn(&str) -> Target,
    closing: impl Fn(&End) -> String,
) -> Stands {
    let has = |name: &str| labels.iter().any(|it| is_same(it, name));
    let mut had: Vec<String> =
        names.iter().filter(|it| end(it).is_none() && has(it)).map(|it| (*it).to_owned()).collect();
    had.sort();
    had.dedup();
    let target = |name: &&str| match end(name) {
        Some(end) => Target {
            name: (*name).to_owned(),
            id: None,
            known: true,
            action: Some(end.action.to_owned()),
            request: Some(closing(end)),
        },
        None => known(name),
    };
    let from = Standing { names: had, id: None, over };
    Stands { from, targets: names.iter().map(target).collect() }
}

/// A label that needs no more than its name.
pub(super) fn by_name(name: &str) -> Target {
    Target { name: name.to_owned(), id: None, known: true, action: None, request: None }
}

/// What the issue has and shall have no more.
pub(super) fn gone(stands: &Stands) -> impl Iterator<Item = &Target> {
    let has = |it: &&Target| stands.from.names.contains(&it.name);
    stands.targets.iter().skip(1).filter(has)
}

/// Names of labels, as texts or as objects.
pub(super) fn names(issue: &Value) -> Vec<String> {
    let labels = issue["labels"].as_array().into_iter().flatten();
    let name = |it: &Value| it.as_str().or_else(|| it["name"].as_str()).map(str::to_owned);
    labels.filter_map(name).collect()
}
