//! `usage`: which pages answers led to on this machine.
//!
//! Counted is what people and agents asked: the first pages of an answer, and
//! pages that were read. Batches, route tests, audits and what prode asks
//! itself count nothing. That a count could not be written is nobody's trouble.

mod forget;
mod list;
mod unhelpful;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::hit::Hit;
use super::{query, route, runbook, show};
use crate::repo_path::RepoPath;
use crate::usage::{KEPT, Line};
use crate::workspace::Workspace;
pub use forget::{Answer as Forgotten, forget};
pub use list::{Answer, Options, Row, run};
pub use unhelpful::{Answer as Marked, Mark, unhelpful};

/// Pages of an answer that count: who finds nothing among them asks again.
const FIRST: usize = 3;
/// Days that are looked at where nothing is said: a quarter.
pub const WINDOW: i64 = 90;
/// Days for which there can be counts.
pub const MOST_DAYS: i64 = KEPT;

/// The first of so many days of which `last` is the last one.
fn first_of(days: i64, last: Date) -> Date {
    last.checked_sub(jiff::ToSpan::days(days.saturating_sub(1))).unwrap_or(Date::MIN)
}

/// Counts the answer to a question in words.
pub fn found(workspace: &Workspace, answer: &query::Answer) {
    // A learning that nobody reviewed is no page yet.
    let pages = answer.hits.iter().filter(|hit| hit.status != "unreviewed");
    add_routed(workspace, pages.take(FIRST));
}

/// Counts the answer to a ticket: its first pages, and those in its context.
pub fn routed(workspace: &Workspace, answer: &route::Answer) {
    let in_context: BTreeSet<&str> =
        answer.context.items.iter().filter_map(|it| it.cite.split(['#', '@']).next()).collect();
    let is_packed = |hit: &Hit| {
        in_context.contains(RepoPath::from_git(hit.path.as_bytes()).cite_text().as_str())
    };
    let pages = answer.pages.iter().map(|page| &page.hit).enumerate();
    let pages = pages.filter(|(at, hit)| !answer.abstained && (*at < FIRST || is_packed(hit)));
    add_routed(workspace, pages.map(|(_, hit)| hit));
}

/// Counts the runbook for an alert.
pub fn guided(workspace: &Workspace, answer: &runbook::Answer) {
    add_routed(workspace, &answer.page);
}

/// Counts a page that was read.
pub fn opened(workspace: &Workspace, shown: &show::Shown) {
    if shown.memory.is_some() {
        return;
    }
    let day = workspace.clock().today();
    add(workspace, || Line::Opened { day, page: shown.path.clone() });
}

fn add_routed<'a>(workspace: &Workspace, pages: impl IntoIterator<Item = &'a Hit>) {
    let day = workspace.clock().today();
    // A page of another repository is none of this one's.
    let pages = pages.into_iter().filter(|hit| hit.memory.is_none()).map(|hit| hit.path.clone());
    add(workspace, || Line::Routed { day, pages: pages.collect() });
}

fn add(workspace: &Workspace, line: impl FnOnce() -> Line) {
    if let Some(usage) = workspace.usage() {
        // A folder that cannot be written, or a lock that is held: not counted.
        let _ = usage.add(&line(), workspace.clock().now());
    }
}
