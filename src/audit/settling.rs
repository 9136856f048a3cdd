//! What one change settles of an owner's findings, and what is left to people.
//!
//! A page is stamped only where nothing else is known to be wrong with it, and
//! mended only where that settles what is broken: after the merge exactly the
//! findings that are named are gone. What hangs together is taken whole or not
//! at all, and never more than the cap.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use crate::repo_path::RepoPath;

/// What is known of one page of the owner.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct Candidate<'a> {
    /// Its findings, each with its place among all.
    pub findings: Vec<(usize, &'a Finding)>,
    /// True where it has a stamp: an edit makes that one's digest untrue.
    pub is_reviewed: bool,
    /// True where lint's safe fixes settle everything that is broken.
    pub is_mendable: bool,
    /// The page that took its place, where it is still active.
    pub successor: Option<RepoPath>,
    /// Who leads to it though it no longer holds.
    pub leads: Leads,
    /// True where the owner is somebody else than who alone had to do with it.
    pub is_new_hand: bool,
    /// True where it names a day itself from which on it is stale.
    pub is_stale_by_itself: bool,
    /// Why its file cannot be changed, where it cannot.
    pub refused: Option<String>,
}

/// Pages that lead to one that no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Leads {
    /// There are none.
    #[default]
    None,
    /// All are the owner's, and lint mends each link.
    Own(BTreeSet<RepoPath>),
    /// Some are others', or a person must say where the link shall lead.
    Others(usize),
}

/// What the branch does about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The page is stamped in the owner's name.
    Stamped,
    /// Its links are mended.
    Mended,
    /// It is archived.
    Archived,
    /// Links that lead to it are mended.
    Unlinked,
}

/// One change.
#[derive(Debug, Clone, Default)]
pub struct Settling<'a> {
    /// Pages that are archived, and what took their place.
    pub archived: BTreeMap<RepoPath, RepoPath>,
    /// Pages whose own dead links are mended.
    pub mended: BTreeSet<RepoPath>,
    /// Pages in which links are mended that lead to others, by those.
    pub unlinked: BTreeMap<RepoPath, BTreeSet<RepoPath>>,
    /// Pages that are stamped.
    pub stamped: BTreeSet<RepoPath>,
    /// What is gone after the merge, in the audit's order.
    pub settled: Vec<(usize, &'a Finding, Way)>,
    /// What is not, and why, in the same order.
    pub left: Vec<(usize, &'a Finding, String)>,
}

/// Signals that a look at the page settles.
const LOOKED_AT: [&str; 4] = ["drifted", "edited_since_review", "overdue", "unverified_review"];

/// Works out one owner's change. Pages that only lead to others stand among the
/// candidates without findings.
pub fn settling<'a>(pages: &BTreeMap<RepoPath, Candidate<'a>>, cap: usize) -> Settling<'a> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (path, page) in pages {
        // What touches a page that another part touches is one with it.
        let mut part = part(pages, path, page);
        let is_near = |other: &Part<'a>| !other.touched.is_disjoint(&part.touched);
        let (near, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(is_near);
        for other in near {
            part.join(other);
        }
        parts = apart;
        parts.push(part);
    }
    for part in &mut parts {
        part.stamp_what_is_edited(pages);
    }
    parts.retain(|part| !part.change.settled.is_empty());
    parts.sort_by_key(|part| part.change.settled.iter().map(|it| it.0).min());
    let mut all = Settling::default();
    let mut too_many = BTreeSet::new();
    for part in parts {
        if all.settled.len() + part.change.settled.len() <= cap {
            all.join(part.change);
        } else {
            too_many.extend(part.change.settled.iter().map(|it| it.0));
        }
    }
    all.settled.sort_by_key(|it| it.0);
    all.left = left(pages, &all, &too_many, cap);
    all
}

/// Changes that hang together, and the pages that they touch.
struct Part<'a> {
    touched: BTreeSet<RepoPath>,
    change: Settling<'a>,
}

impl<'a> Part<'a> {
    fn join(&mut self, other: Self) {
        self.touched.extend(other.touched);
        self.change.join(other.change);
    }

    /// An edit of a page that was reviewed is looked at with it; and whoever
    /// looks at a page settles everything that a look settles.
    fn stamp_what_is_edited(&mut self, pages: &BTreeMap<RepoPath, Candidate<'a>>) {
        let change = &mut self.change;
        let edited = change.mended.iter().chain(change.unlinked.keys());
        let is_reviewed = |path: &&RepoPath| pages.get(*path).is_some_and(|it| it.is_reviewed);
        let edited: Vec<RepoPath> = edited.filter(is_reviewed).cloned().collect();
        change.stamped.extend(edited);
        for (path, page) in pages.iter().filter(|(path, _)| change.stamped.contains(*path)) {
            if page.has("broken") {
                change.mended.insert(path.clone());
            }
        }
        for (path, page) in pages {
            for (at, finding) in &page.findings {
                if let Some(way) = change.way(path, page, finding.signal) {
                    change.settled.push((*at, finding, way));
                }
            }
        }
    }
}

impl Settling<'_> {
    /// What the change does about a signal of a page.
    fn way(&self, path: &RepoPath, page: &Candidate<'_>, signal: &str) -> Option<Way> {
        if self.archived.contains_key(path) {
            return Some(Way::Archived);
        }
        let is_stamped = self.stamped.contains(path);
        match signal {
            "broken" => self.mended.contains(path).then_some(Way::Mended),
            "superseded" => {
                let mut to = self.unlinked.values();
                to.any(|it| it.contains(path)).then_some(Way::Unlinked)
            }
            "bus_factor" => (is_stamped && page.is_new_hand).then_some(Way::Stamped),
            _ => (is_stamped && page.is_looked_at(signal)).then_some(Way::Stamped),
        }
    }
}

impl<'a> Settling<'a> {
    fn join(&mut self, other: Settling<'a>) {
        self.archived.extend(other.archived);
        self.mended.extend(other.mended);
        for (page, to) in other.unlinked {
            self.unlinked.entry(page).or_default().extend(to);
        }
        self.stamped.extend(other.stamped);
        self.settled.extend(other.settled);
    }
}

impl Candidate<'_> {
    fn has(&self, signal: &str) -> bool {
        self.findings.iter().any(|it| it.1.signal == signal)
    }

    /// A look settles it, unless the page says itself that it is stale.
    fn is_looked_at(&self, signal: &str) -> bool {
        LOOKED_AT.contains(&signal) && !(signal == "overdue" && self.is_stale_by_itself)
    }

    /// Why nobody can say yet that it is true.
    fn doubt(&self) -> Option<&str> {
        if let Some(why) = &self.refused {
            return Some(why);
        }
        if self.has("contradicted") {
            return Some("somebody was misled by the page, and an edit comes first");
        }
        let is_broken = self.has("broken") && !self.is_mendable;
        is_broken.then_some("what the page leads to is gone, and an edit comes first")
    }

    /// True where its text may change without a stamp that becomes untrue.
    fn may_be_edited(&self) -> bool {
        self.refused.is_none() && (!self.is_reviewed || self.doubt().is_none())
    }
}

/// What is done for one page's sake.
fn part<'a>(
    pages: &BTreeMap<RepoPath, Candidate<'a>>,
    path: &RepoPath,
    page: &Candidate<'a>,
) -> Part<'a> {
    let mut part = Part { touched: BTreeSet::from([path.clone()]), change: Settling::default() };
    let change = &mut part.change;
    if page.refused.is_none() {
        if let Some(successor) = &page.successor {
            change.archived.insert(path.clone(), successor.clone());
        } else if page.doubt().is_none() {
            if page.findings.iter().any(|it| page.is_looked_at(it.1.signal)) {
                change.stamped.insert(path.clone());
            }
            if page.has("broken") {
                change.mended.insert(path.clone());
            }
        } else if page.has("broken") && page.is_mendable && page.may_be_edited() {
            change.mended.insert(path.clone());
        }
    }
    let Some(from) = page.unlinked_from(pages).filter(|_| page.refused.is_none()) else {
        return part;
    };
    for other in from {
        part.touched.insert(other.clone());
        // A page that is archived itself leads nobody anywhere.
        if pages.get(other).is_some_and(|it| it.successor.is_none()) {
            part.change.unlinked.entry(other.clone()).or_default().insert(path.clone());
        }
    }
    part
}

impl<'a> Candidate<'a> {
    /// Pages whose links to it are mended: all, or none.
    fn unlinked_from(
        &self,
        pages: &BTreeMap<RepoPath, Candidate<'a>>,
    ) -> Option<&BTreeSet<RepoPath>> {
        let Leads::Own(from) = &self.leads else { return None };
        let may = |path: &RepoPath| pages.get(path).is_some_and(Candidate::may_be_edited);
        from.iter().all(may).then_some(from)
    }
}

fn left<'a>(
    pages: &BTreeMap<RepoPath, Candidate<'a>>,
    all: &Settling<'a>,
    too_many: &BTreeSet<usize>,
    cap: usize,
) -> Vec<(usize, &'a Finding, String)> {
    let settled: BTreeSet<usize> = all.settled.iter().map(|it| it.0).collect();
    let mut left = Vec::new();
    for page in pages.values() {
        for (at, finding) in page.findings.iter().filter(|it| !settled.contains(&it.0)) {
            let why = if too_many.contains(at) {
                format!("one proposal settles {cap} at most (audit.cap)")
            } else {
                why(page, finding.signal).to_owned()
            };
            left.push((*at, *finding, why));
        }
    }
    left.sort_by_key(|it| it.0);
    left
}

/// Why a finding is left to people.
fn why<'a>(page: &'a Candidate<'_>, signal: &str) -> &'a str {
    let doubt = page.doubt();
    match signal {
        _ if page.refused.is_some() => doubt.unwrap_or_default(),
        "duplicate" => "somebody decides which of the two stays",
        "bus_factor" => "somebody else has to review it",
        "superseded" => "links that lead to it are others', or need a person to say where to",
        "overdue" if page.is_stale_by_itself => "the page says itself until when it holds",
        _ if page.is_looked_at(signal) => doubt.unwrap_or("an edit settles it"),
        _ => "an edit settles it",
    }
}

#[cfg(test)]
mod tests;
