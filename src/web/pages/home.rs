//! The front page: what the memory holds, what changed last, how fresh it is.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::ops::list::{Entry, List};
use crate::ops::recent::Changed;
use crate::web::address::{Addresses, Place};
use crate::web::layout::Shell;
use crate::web::parts::{counted, day, safe, short};

/// Pages of one kind.
#[derive(Debug, Default, PartialEq, Eq)]
struct Kind {
    count: usize,
    stale: usize,
}

/// The page.
pub fn home(shell: &Shell, list: &List, recent: &[Changed]) -> Markup {
    html! {
        h1 { (safe(&shell.memory)) }
        p.lead {
            (counted(list.total, "page")) " that people agreed on. Search above by an alert, a symptom or a title"
            span.keys { "; press " kbd { "/" } " to begin" } "."
        }
        div.columns {
            section aria-labelledby="Kinds" {
                h2 id="Kinds" { "What is here" }
                (kinds(&shell.addresses, &list.pages))
            }
            section aria-labelledby="Fresh" {
                h2 id="Fresh" { "How fresh it is" }
                (freshness(&list.pages))
            }
        }
        section aria-labelledby="Recent" {
            h2 id="Recent" { "Changed last" }
            @if recent.is_empty() { p.none { "No commit says yet." } }
            @else { (changes(&shell.addresses, recent)) }
        }
    }
}

fn by_kind(pages: &[Entry]) -> BTreeMap<&str, Kind> {
    let mut kinds: BTreeMap<&str, Kind> = BTreeMap::new();
    for page in pages {
        let kind = kinds.entry(page.kind.as_str()).or_default();
        kind.count += 1;
        kind.stale += usize::from(page.stale);
    }
    kinds
}

fn kinds(addresses: &Addresses, pages: &[Entry]) -> Markup {
    html! {
        ul.kinds {
            @for (name, kind) in by_kind(pages) {
                li {
                    a href=(addresses.with(Place::Search, &[("kind", name)])) { (safe(name)) }
                    span.count { (kind.count) }
                    @if kind.stale > 0 { span.badge.stale { (kind.stale) " stale" } }
                }
            }
        }
    }
}

/// A review holds, is overdue, or there never was one.
fn freshness(pages: &[Entry]) -> Markup {
    let count = |fits: &dyn Fn(&Entry) -> bool| pages.iter().filter(|it| fits(it)).count();
    let stale = count(&|it| it.stale);
    let never = count(&|it| !it.stale && it.reviewed.is_none());
    let fresh = pages.len() - stale - never;
    let unowned = count(&|it| it.owner.is_empty());
    html! {
        dl.facts {
            dt { "Reviewed, and the review holds" } dd { (fresh) }
            dt { "Overdue or archived" } dd { (stale) }
            dt { "Never reviewed" } dd { (never) }
            dt { "Without an owner" } dd { (unowned) }
        }
        p.more { "What has rotted, and why: " code { "prode audit" } }
    }
}

/// By commit: what it says, and which pages it changed last.
fn changes(addresses: &Addresses, recent: &[Changed]) -> Markup {
    html! {
        ol.log {
            @for group in recent.chunk_by(|a, b| a.commit.id == b.commit.id) {
                @let commit = &group[0].commit;
                li {
                    span.subject { (safe(&commit.subject)) }
                    span.by {
                        (day(&commit.date)) " · " (safe(&commit.author)) " · " code { (short(&commit.id)) }
                    }
                    ul.pages {
                        @for changed in group {
                            li {
                                a href=(addresses.of(Place::Page(&changed.path))) { (safe(&changed.title)) }
                                " " span.by { (safe(&changed.kind)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
