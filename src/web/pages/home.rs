//! The front page: what the memory holds, what changed last, how fresh it is.

use maud::{Markup, html};

use crate::ops::overview::Overview;
use crate::ops::recent::Changed;
use crate::web::address::{Addresses, Place};
use crate::web::layout::Shell;
use crate::web::parts::{counted, day, safe, short};

/// The page.
pub fn home(shell: &Shell, overview: &Overview) -> Markup {
    html! {
        h1 { (safe(&shell.memory)) }
        p.lead {
            (counted(overview.total, "page")) " that people agreed on. Search above by an alert, a symptom or a title"
            span.keys { "; press " kbd { "/" } " to begin" } "."
        }
        div.columns {
            section aria-labelledby="Kinds" {
                h2 id="Kinds" { "What is here" }
                (kinds(&shell.addresses, overview))
            }
            section aria-labelledby="Fresh" {
                h2 id="Fresh" { "How fresh it is" }
                (freshness(overview))
            }
        }
        section aria-labelledby="Recent" {
            h2 id="Recent" { "Changed last" }
            @if overview.recent.is_empty() { p.none { "No commit says yet." } }
            @else { (changes(&shell.addresses, &overview.recent)) }
        }
    }
}

fn kinds(addresses: &Addresses, overview: &Overview) -> Markup {
    html! {
        ul.kinds {
            @for (name, kind) in &overview.kinds {
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
fn freshness(overview: &Overview) -> Markup {
    html! {
        dl.facts {
            dt { "Reviewed, and the review holds" } dd { (overview.fresh) }
            dt { "Overdue or archived" } dd { (overview.stale) }
            dt { "Never reviewed" } dd { (overview.never) }
            dt { "Without an owner" } dd { (overview.unowned) }
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
