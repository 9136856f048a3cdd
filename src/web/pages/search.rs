//! Search, with why each page was found; the catalogue where nothing is looked for.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::ops::Hit;
use crate::ops::list::List;
use crate::ops::query::Answer;
use crate::web::address::{Addresses, Place};
use crate::web::layout::Shell;
use crate::web::parts::{badge, counted, day, owners, pager, safe, stale};
use crate::web::request::Search;

/// Hits of one page.
pub const SIZE: usize = 20;
/// Hits beyond which no way leads on.
const LAST: usize = 500;
pub use crate::web::place::LISTED;
/// Statuses that can be chosen.
const STATUSES: [&str; 9] = [
    "active",
    "draft",
    "archived",
    "proposed",
    "accepted",
    "rejected",
    "deprecated",
    "superseded",
    "unreviewed",
];
/// Reasons that are told of a hit.
const REASONS: usize = 4;

/// What was found.
pub enum Results<'a> {
    /// Of a question.
    Hits(&'a Answer),
    /// Of filters alone.
    Pages(&'a List),
}

/// The whole page.
pub fn search(shell: &Shell, search: &Search, kinds: &[String], found: &Results<'_>) -> Markup {
    html! {
        h1 { @if search.text.is_empty() { "Pages" } @else { "Search" } }
        @if shell.addresses.is_served() { (filters(shell, search, kinds)) }
        @else { (asked_here(shell, search, kinds)) }
        div id="Results" { (results(&shell.addresses, search, found)) }
    }
}

/// The results alone.
pub fn results(addresses: &Addresses, search: &Search, found: &Results<'_>) -> Markup {
    match found {
        Results::Hits(answer) => hits(addresses, search, answer),
        Results::Pages(list) => pages(addresses, search, list),
    }
}

fn hits(addresses: &Addresses, search: &Search, answer: &Answer) -> Markup {
    let shown = answer.hits.get(search.from..).unwrap_or_default();
    html! {
        p.summary role="status" {
            @if answer.hits.is_empty() {
                strong { "Nothing in this memory fits." }
                " It does not guess: try other words, or fewer filters."
            } @else {
                (counted(answer.total, "page")) " hold a word of the question; the best first."
            }
        }
        @for it in &answer.corrections {
            p.note { "No page holds “" (safe(&it.typed)) "”; looked for “" (safe(&it.meant)) "”." }
        }
        @for other in &answer.memories {
            @if let Some(problem) = &other.problem {
                p.note { "The memory " (safe(&other.name)) " was not asked: " (safe(problem)) }
            }
        }
        ol.hits start=(search.from + 1) {
            @for hit in shown { li { (one(addresses, hit)) } }
        }
        @let total = (search.from + shown.len() >= LAST).then_some(LAST);
        (pager(search.from, shown.len(), total, SIZE, &|from| address(addresses, search, from)))
    }
}

fn one(addresses: &Addresses, hit: &Hit) -> Markup {
    let is_page = hit.status != "unreviewed";
    html! {
        article {
            h2 {
                @if is_page {
                    a href=(addresses.section(&hit.place(), &hit.anchor)) { (safe(&hit.title)) }
                } @else { (safe(&hit.title)) }
            }
            p.labels {
                span.kind { (safe(&hit.kind)) }
                @if hit.status != "active" { (badge(&hit.status)) }
                @if hit.stale { (stale()) }
                @if let Some(newer) = &hit.superseded_by {
                    span.badge.over { "superseded by " (safe(newer)) }
                }
                span { (owners(&hit.owner)) }
                span.path { (safe(&hit.section_place())) }
            }
            @if hit.headings.len() > 1 {
                p.trail { (safe(&hit.headings[1..].join(" › "))) }
            }
            @if !hit.snippet.is_empty() { p.snippet { (marked(&hit.snippet, hit)) } }
            (why(hit))
        }
    }
}

/// What matched, by where it stands.
fn why(hit: &Hit) -> Markup {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for why in &hit.why {
        match fields.iter_mut().find(|(field, _)| *field == why.field) {
            Some((_, terms)) => terms.push(&why.term),
            None => fields.push((&why.field, vec![&why.term])),
        }
    }
    html! {
        @if !fields.is_empty() {
            p.why {
                span.unseen { "Why: " }
                @for (field, terms) in fields.iter().take(REASONS) {
                    span { (safe(field)) ": " b { (safe(&terms.join(", "))) } }
                }
            }
        }
    }
}

/// A snippet with the words set off that begin as a word that was looked for.
fn marked(snippet: &str, hit: &Hit) -> Markup {
    let stems: Vec<String> = hit.why.iter().map(|it| it.term.to_lowercase()).collect();
    let is_meant = |word: &str| {
        let word = word.to_lowercase();
        stems.iter().any(|stem| stem.len() > 2 && word.starts_with(stem.as_str()))
    };
    // Marks of Markdown say nothing here.
    let text = safe(snippet).replace("**", "").replace('`', "");
    html! {
        @for word in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            @let end = word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            @if is_meant(&word[..end]) { mark { (&word[..end]) } (&word[end..]) } @else { (word) }
        }
    }
}

fn pages(addresses: &Addresses, search: &Search, list: &List) -> Markup {
    let shown: Vec<_> = list.pages.iter().skip(search.from).take(LISTED).collect();
    html! {
        p.summary role="status" { (counted(list.found, "page")) " of " (list.total) ", by path." }
        ul.catalogue {
            @for page in &shown {
                li {
                    a href=(addresses.of(Place::Page(&page.path))) { (safe(&page.title)) }
                    p.labels {
                        span.kind { (safe(&page.kind)) }
                        @if page.status != "active" { (badge(&page.status)) }
                        @if page.stale { (stale()) }
                        span { (owners(&page.owner)) }
                        @if let Some(reviewed) = &page.reviewed { span { "reviewed " (day(reviewed)) } }
                        span.path { (safe(&page.path)) }
                    }
                }
            }
        }
        (pager(search.from, shown.len(), Some(list.found), LISTED, &|from| address(addresses, search, from)))
    }
}

/// The same question from another hit on.
fn address(addresses: &Addresses, search: &Search, from: usize) -> String {
    let from = from.to_string();
    let mut all: Vec<(&str, &str)> = vec![("q", &search.text)];
    let lists = BTreeMap::from([
        ("kind", &search.filters.kinds),
        ("owner", &search.filters.owners),
        ("service", &search.filters.services),
        ("tag", &search.filters.tags),
        ("status", &search.filters.statuses),
    ]);
    all.extend(
        lists.iter().flat_map(|(name, values)| values.iter().map(|it| (*name, it.as_str()))),
    );
    let lets_in = included(search).into_iter().filter(|(_, is_in)| *is_in);
    all.extend(lets_in.map(|(name, _)| ("include", name)));
    all.push(("from", &from));
    all.retain(|(name, value)| !value.is_empty() && (*name, *value) != ("from", "0"));
    addresses.with(Place::Search, &all)
}

fn included(search: &Search) -> [(&'static str, bool); 3] {
    let it = search.include;
    [("archived", it.archived), ("drafts", it.drafts), ("inbox", it.inbox)]
}

fn filters(shell: &Shell, search: &Search, kinds: &[String]) -> Markup {
    let filters = &search.filters;
    let any = !filters.is_empty() || included(search).iter().any(|(_, is_in)| *is_in);
    html! {
        form id="Ask" action="/search" role="search" aria-label="Search with filters" {
            p.ask {
                label for="Text" { "Look for" }
                input id="Text" type="search" name="q" value=(safe(&search.text)) maxlength="1000" autocomplete="off";
                button { "Search" }
            }
            (shell.keep())
            details open[any] {
                summary { "Filters" }
                div.filters {
                    (choice("kind", "Kind", kinds.iter().map(String::as_str), &filters.kinds))
                    (choice("status", "Status", STATUSES.into_iter(), &filters.statuses))
                    (field("owner", "Owner", &filters.owners))
                    (field("service", "Service", &filters.services))
                    (field("tag", "Tag", &filters.tags))
                    fieldset {
                        legend { "Let in" }
                        @for (name, is_in) in included(search) {
                            label { input type="checkbox" name="include" value=(name) checked[is_in]; " " (name) }
                        }
                    }
                }
            }
        }
    }
}

/// Where no server answers: a script looks through what was written, and lists by kind
/// are there without one.
fn asked_here(shell: &Shell, search: &Search, kinds: &[String]) -> Markup {
    let chosen = search.filters.kinds.first();
    let to = |kind: &str| shell.addresses.with(Place::Search, &[("kind", kind)]);
    html! {
        form id="Find" action=(shell.addresses.form(Place::Search)) role="search" aria-label="Search" data-root=(shell.addresses.to_file("")) {
            p.ask {
                label for="Text" { "Look for" }
                input id="Text" type="search" name="q" maxlength="1000" autocomplete="off";
                button { "Search" }
            }
        }
        noscript { p.note { "Searching takes a script. Without one, all pages are listed here, and by kind." } }
        nav.chips aria-label="By kind" {
            a href=(shell.addresses.of(Place::Search)) aria-current=[chosen.is_none().then_some("true")] { "all" }
            @for kind in kinds {
                a href=(to(kind)) aria-current=[(chosen == Some(kind)).then_some("true")] { (safe(kind)) }
            }
        }
    }
}

fn choice<'a>(
    name: &str,
    label: &str,
    known: impl Iterator<Item = &'a str>,
    chosen: &[String],
) -> Markup {
    let is_chosen = |it: &str| chosen.iter().any(|one| one.eq_ignore_ascii_case(it));
    html! {
        label { (label) " "
            select name=(name) {
                option value="" { "any" }
                @for it in known { option value=(it) selected[is_chosen(it)] { (safe(it)) } }
            }
        }
    }
}

fn field(name: &str, label: &str, values: &[String]) -> Markup {
    let value = values.last().map(String::as_str).unwrap_or_default();
    html! {
        label { (label) " " input type="text" name=(name) value=(safe(value)); }
    }
}
