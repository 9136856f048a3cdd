//! All decisions: when they were taken, and which still hold.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::ops::adr::Entry;
use crate::ops::adr::list::List;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{badge, counted, day, page_link, pager, safe};

pub use crate::web::place::DECIDED as SIZE;

/// The page. `all` are ordered by day, the oldest first; they are shown the other way
/// round, those of `statuses` alone where some are given.
pub fn decisions(shell: &Shell, all: &List, statuses: &[String], from: usize) -> Markup {
    let of = |entry: &Entry| entry.status.clone().unwrap_or_else(|| "none".to_owned());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &all.decisions {
        *counts.entry(of(entry)).or_default() += 1;
    }
    let fits = |entry: &&Entry| {
        statuses.is_empty() || statuses.iter().any(|it| it.eq_ignore_ascii_case(&of(entry)))
    };
    let left: Vec<&Entry> = all.decisions.iter().rev().filter(fits).collect();
    let shown = left.get(from..).unwrap_or_default();
    let shown = &shown[..shown.len().min(SIZE)];
    let numbers = numbers(&all.decisions);
    html! {
        h1 { "Decisions" }
        p.lead {
            (counted(all.total, "decision")) ", the latest first. "
            a href=(shell.addresses.with(Place::Graph, &[("kind", "adr")])) { "How they hang together" }
        }
        nav.chips aria-label="By status" {
            a href=(shell.addresses.of(Place::Decisions)) aria-current=[statuses.is_empty().then_some("true")] { "all " span.count { (all.decisions.len()) } }
            @for (status, count) in &counts {
                @let is_chosen = statuses.iter().any(|it| it.eq_ignore_ascii_case(status));
                a href=(shell.addresses.with(Place::Decisions, &[("status", status)])) aria-current=[is_chosen.then_some("true")] {
                    (safe(status)) " " span.count { (count) }
                }
            }
        }
        @if shown.is_empty() { p.none { "No decision fits." } }
        (timeline(shell, shown, &numbers))
        @let at = |from: usize| {
            let from = from.to_string();
            let mut all: Vec<_> = statuses.iter().map(|it| ("status", it.as_str())).collect();
            all.push(("from", &from));
            shell.addresses.with(Place::Decisions, &all)
        };
        (pager(from, shown.len(), Some(left.len()), SIZE, &at))
    }
}

/// How many decisions have a number: one of several is no address.
fn numbers(all: &[Entry]) -> BTreeMap<u32, usize> {
    let mut numbers = BTreeMap::new();
    for number in all.iter().filter_map(|it| it.number) {
        *numbers.entry(number).or_default() += 1;
    }
    numbers
}

fn timeline(shell: &Shell, shown: &[&Entry], numbers: &BTreeMap<u32, usize>) -> Markup {
    let year = |entry: &&Entry| {
        entry.date.as_deref().and_then(|it| it.get(..4)).unwrap_or("no date").to_owned()
    };
    html! {
        @for group in shown.chunk_by(|a, b| year(a) == year(b)) {
            section.year {
                h2 { (year(&group[0])) }
                ol.timeline { @for entry in group { li { (one(shell, entry, numbers)) } } }
            }
        }
    }
}

fn one(shell: &Shell, entry: &Entry, numbers: &BTreeMap<u32, usize>) -> Markup {
    let number = entry.number.filter(|number| numbers.get(number) == Some(&1));
    let place = number.map_or(Place::Page(&entry.path), Place::Decision);
    let to = |path: &str| page_link(&shell.addresses, path, path);
    html! {
        @if let Some(date) = &entry.date { span.when { (day(date)) } } @else { span.when { "–" } }
        div {
            a href=(shell.addresses.of(place)) {
                @if let Some(number) = entry.number { span.number { "ADR-" (number) } " " }
                (safe(&entry.title))
            }
            p.labels {
                (badge(entry.status.as_deref().unwrap_or("no status")))
                @if !entry.deciders.is_empty() { span { (safe(&entry.deciders.join(", "))) } }
                @for older in &entry.supersedes { span { "supersedes " (to(older)) } }
                @if let Some(newer) = &entry.superseded_by { span { "superseded by " (to(newer)) } }
                span.path { (safe(&entry.path)) }
            }
        }
    }
}
