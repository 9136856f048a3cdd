//! What depends on more than a page's path and bytes.
//!
//! Kind, owner, status and staleness follow from the page together with its
//! root, CODEOWNERS, settings and the day of the answer. They are worked out
//! when asked and never stored.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{
    CodeOwners, Kind, Page, People, Place, ReviewIntervals, RootKind, Roots, WikilinkOrders,
};
use crate::adr::AdrStatus;
use crate::document::Reviewed;
use crate::repo_path::RepoPath;
use crate::review::Stamps;

/// Everything that facts are worked out with.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Which folders are roots.
    pub roots: Roots,
    /// CODEOWNERS; empty where there is none.
    pub owners: CodeOwners,
    /// How long a review holds.
    pub intervals: ReviewIntervals,
    /// People and teams.
    pub people: People,
    /// Which side of `[[A|B]]` is the page.
    pub wikilinks: WikilinkOrders,
    /// Reviews of files whose front matter may not carry one.
    pub stamps: Stamps,
}

/// What a page is, on the day of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `guide`, `runbook`, `adr`, … in lower case.
    pub kind: String,
    /// As the page says, else as CODEOWNERS says; empty where nobody is named.
    pub owner: Vec<String>,
    /// `active` where a page does not say; `unknown` where a decision does not.
    pub status: String,
    /// The day of the last review.
    pub reviewed: Option<Date>,
    /// The last day on which that review holds.
    pub due: Option<Date>,
    /// Reviewed and overdue, or past the day it names itself, or archived. A
    /// page that was never reviewed is not stale, nor is a superseded decision.
    pub stale: bool,
    /// Kept, but no longer an answer.
    pub archived: bool,
    /// Not yet an answer.
    pub draft: bool,
}

impl Rules {
    /// What `page` is on the day `today`.
    pub fn facts(&self, page: &Page, today: Date) -> Facts {
        let place = self.roots.classify(&page.path);
        let kind = kind(page, place.as_ref());
        let status = status(page);
        let archived = status == "archived" || page.front.archived.is_some();
        let reviewed = self.review(page).map(|review| review.at);
        let due = reviewed.map(|day| self.due(page, &kind, day));
        let is_past = |day: Option<Date>| day.is_some_and(|day| day < today);
        let superseded = page.adr.is_some() && status == "superseded";
        let overdue = !superseded && (is_past(due) || is_past(page.front.stale_after));
        Facts {
            owner: self.owner(page),
            draft: status == "draft",
            stale: archived || overdue,
            status: if archived { "archived".to_owned() } else { status },
            kind,
            reviewed,
            due,
            archived,
        }
    }

    /// The last review of `page`: the latest of what the page itself says and
    /// what the record of stamps holds; of one day, the record's.
    pub fn review(&self, page: &Page) -> Option<Reviewed> {
        let recorded = self.stamps.of(&page.path).cloned();
        let own = own_review(page);
        match (recorded, own) {
            (Some(recorded), Some(own)) if recorded.at < own.at => Some(own),
            (recorded, own) => recorded.or(own),
        }
    }

    /// True if one of the page's owners is `name`, by any of its names.
    pub fn is_owned_by(&self, facts: &Facts, name: &str) -> bool {
        let names = self.people.names_of(name);
        facts.owner.iter().any(|owner| names.iter().any(|name| same_name(owner, name)))
    }

    fn owner(&self, page: &Page) -> Vec<String> {
        if !page.front.owner.is_empty() {
            return page.front.owner.clone();
        }
        match skill_metadata(page, &["owner"]) {
            Some(owner) => vec![owner.to_owned()],
            None => self.owners.owners(&page.path),
        }
    }

    /// Days for which a review of a page of this kind holds.
    pub fn review_every(&self, page: &Page, kind: &str) -> i64 {
        let days = page.front.review_every.unwrap_or_else(|| self.intervals.days(kind));
        i64::from(days.min(MAX_DAYS))
    }

    /// Far dates end at the last day that can be written.
    fn due(&self, page: &Page, kind: &str, reviewed: Date) -> Date {
        reviewed.saturating_add(self.review_every(page, kind).days())
    }
}

/// More days than any two dates are apart.
const MAX_DAYS: u32 = 4_000_000;

/// `@team` and `team` are one owner, in any case.
fn same_name(a: &str, b: &str) -> bool {
    a.trim_start_matches('@').eq_ignore_ascii_case(b.trim_start_matches('@'))
}

/// A template is a template whatever kind it makes; then what the page says or
/// reads as, then the nearest folder that names a kind.
fn kind(page: &Page, place: Option<&Place>) -> String {
    if place.is_some_and(|place| place.kind == RootKind::Template) {
        return "template".to_owned();
    }
    own_kind(page).unwrap_or_else(|| {
        let in_package = place.is_some_and(|place| place.package(&page.path).is_some());
        let kind = if in_package { IN_PACKAGE } else { kind_of_place(&page.path) };
        kind.to_owned()
    })
}

/// The kind of what lies in a skill's package beside its manifest.
pub const IN_PACKAGE: &str = "reference";

/// The kind that follows from the page wherever the roots are: its own word, in
/// lower case, then what it reads as.
pub fn own_kind(page: &Page) -> Option<String> {
    let own = page.front.kind.as_deref().map(str::trim).filter(|kind| !kind.is_empty());
    if let Some(kind) = own {
        return Some(kind.to_lowercase());
    }
    match (page.skill.is_some(), page.adr.is_some()) {
        (true, _) => Some("skill".to_owned()),
        (_, true) => Some("adr".to_owned()),
        _ => None,
    }
}

/// The kind of a page that does not say: that of the nearest folder that names
/// one, else a guide. The word may stand at the end of a longer name
/// (`openshift-runbooks`). A folder's front page is about the folder, so it stays a guide.
pub fn kind_of_place(path: &RepoPath) -> &'static str {
    if path.is_front_page() {
        return "guide";
    }
    let folder = path.parent();
    let folder = folder.text();
    let named = |part: &str| {
        let last = part.rsplit(['-', '_', '.']).next().unwrap_or_default();
        Kind::of_folder(last)
    };
    folder.rsplit('/').find_map(named).map_or("guide", |kind| kind.name)
}

fn status(page: &Page) -> String {
    if let Some(record) = &page.adr {
        return record.status.as_ref().map_or_else(|| "unknown".to_owned(), adr_status);
    }
    let own = page.front.status.as_deref().or_else(|| skill_metadata(page, &["status"]));
    let status = own.map(|status| status.trim().to_lowercase()).unwrap_or_default();
    match status.as_str() {
        "" | "stable" => "active".to_owned(),
        _ => status,
    }
}

fn adr_status(status: &AdrStatus) -> String {
    let label = match status {
        AdrStatus::Draft => "draft",
        AdrStatus::Proposed => "proposed",
        AdrStatus::Accepted => "accepted",
        AdrStatus::Rejected => "rejected",
        AdrStatus::Deprecated => "deprecated",
        AdrStatus::Superseded => "superseded",
        AdrStatus::Unknown(written) => written,
    };
    label.to_owned()
}

/// What the page itself says of its last review, without the record of stamps.
pub fn own_review(page: &Page) -> Option<Reviewed> {
    page.front.reviewed.clone().or_else(|| skill_review(page))
}

fn skill_review(page: &Page) -> Option<Reviewed> {
    let day = skill_metadata(page, &["reviewed", "last_reviewed", "last-reviewed"]);
    let at = day?.trim().get(..10)?.parse().ok()?;
    Some(Reviewed { by: None, at, body: None, sources: None, elsewhere: None })
}

fn skill_metadata<'a>(page: &'a Page, keys: &[&str]) -> Option<&'a str> {
    let metadata = &page.skill.as_ref()?.metadata;
    let found = metadata.iter().find(|(key, _)| keys.contains(&key.as_str()))?;
    Some(found.1.as_str()).filter(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests;
