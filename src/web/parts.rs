//! Small parts that several pages show.

use std::borrow::Cow;

use maud::{Markup, html};

use super::address::{Addresses, Place};
use crate::ops::log::{Change, Entry};
use crate::rendering::visible_line;

/// A text of one line, without characters that move or hide others.
pub fn safe(text: &str) -> Cow<'_, str> {
    visible_line(text)
}

/// As much of a commit's id as people read.
pub fn short(commit: &str) -> &str {
    let is_id = commit.len() >= 20 && commit.bytes().all(|it| it.is_ascii_hexdigit());
    if is_id { &commit[..10] } else { commit }
}

/// A day, or the day of a time.
pub fn day(text: &str) -> Markup {
    let day = text.get(..10).unwrap_or(text);
    html! { time datetime=(day) { (day) } }
}

/// A count and what is counted.
pub fn counted(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {one}{plural}")
}

/// A page's status, and how it is set off. Words say it, colour repeats it.
pub fn badge(status: &str) -> Markup {
    let class = match status {
        "active" | "accepted" | "promoted" => "good",
        "draft" | "proposed" | "unreviewed" | "new" => "open",
        "superseded" | "deprecated" | "rejected" | "archived" => "over",
        _ => "plain",
    };
    html! { span.badge.(class) { (safe(status)) } }
}

/// The sign of what needs a look.
pub fn stale() -> Markup {
    html! { span.badge.stale { "stale" } }
}

/// Owners, or that there is none.
pub fn owners(owners: &[String]) -> Markup {
    html! {
        @if owners.is_empty() { span.none { "no owner" } }
        @else { (safe(&owners.join(", "))) }
    }
}

/// Where a list stands: how many, and the ways on and back. `address` takes how many
/// are passed over.
pub fn pager(
    from: usize,
    shown: usize,
    total: Option<usize>,
    size: usize,
    address: &dyn Fn(usize) -> String,
) -> Markup {
    let more = total.map_or(shown == size, |total| shown > 0 && from + shown < total);
    if from == 0 && !more {
        return html! {};
    }
    html! {
        nav.pager aria-label="More" {
            @if from > 0 { a rel="prev" href=(address(from.saturating_sub(size))) { "← Before" } }
            span {
                @if shown > 0 { (from + 1) "–" (from + shown) } @else { "none" }
                @if let Some(total) = total { " of " (total) }
            }
            @if more { a rel="next" href=(address(from + shown)) { "After →" } }
        }
    }
}

/// A field that asks for an earlier day, without any script. With one it becomes a slider
/// over `days`, on which something changed, the oldest first.
pub fn as_of(address: &str, day: &str, days: &[String]) -> Markup {
    let days = (days.len() > 1).then(|| days.join(" "));
    html! {
        form.asof action=(address) data-days=[days] {
            label { "As of " input type="date" name="as-of" value=(day) required; }
            button { "Show" }
        }
    }
}

/// A link to a page, or its path alone where it is left out of what is written.
pub fn page_link(addresses: &Addresses, path: &str, text: &str) -> Markup {
    html! {
        @match addresses.page(path) {
            Some(address) => { a href=(address) { (safe(text)) } },
            None => { span.dead title="left out of this site" { (safe(text)) } },
        }
    }
}

/// Entries of a page's history. An earlier state is asked of a server.
pub fn entries(addresses: &Addresses, entries: &[Entry]) -> Markup {
    html! {
        ol.log {
            @for entry in entries { li { (one(addresses, entry)) } }
        }
    }
}

/// What a commit changed of the page.
fn changes(entry: &Entry, commit: &str) -> String {
    let then = Addresses::at(super::address::When::Rev(commit.to_owned()));
    then.with(Place::Diff(&entry.path), &[("since", &format!("{commit}^"))])
}

/// A field that asks what changed since a day, without any script.
pub fn since(addresses: &Addresses, path: &str) -> Markup {
    html! {
        @if addresses.is_served() {
            form.asof action=(addresses.form(Place::Diff(path))) {
                label { "What changed since " input type="date" name="since" required; }
                button { "Show" }
            }
        }
    }
}

fn one(addresses: &Addresses, entry: &Entry) -> Markup {
    let did = match entry.change {
        Change::Added => "added",
        Change::Changed => "changed",
        Change::Moved => "moved",
        Change::Merged => "merged",
    };
    html! {
        @match &entry.commit {
            None => { span.subject { "not committed yet" } },
            Some(commit) => {
                @if addresses.is_served() {
                    @let then = Addresses::at(super::address::When::Rev(commit.id.clone()));
                    a.subject href=(then.of(Place::Page(&entry.path))) { (safe(&commit.subject)) }
                } @else { span.subject { (safe(&commit.subject)) } }
                span.by {
                    (day(&commit.date)) " · " (safe(&commit.author)) " · " code { (short(&commit.id)) }
                }
            },
        }
        span.by {
            (did)
            @if let Some(before) = &entry.previous_path { " from " code { (safe(before)) } }
            @if let (Some(added), Some(removed)) = (entry.added, entry.removed) {
                @let lines = html! { ins { "+" (added) } " " del { "−" (removed) } };
                " · "
                @match entry.commit.as_ref().filter(|_| entry.change != Change::Added && addresses.is_served()) {
                    Some(commit) => { a href=(changes(entry, &commit.id)) { (lines) } }
                    None => { (lines) }
                }
            }
        }
    }
}
