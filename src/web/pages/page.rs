//! A page: what it says, and what to know before it is believed.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::ops::adr::Entry as Decision;
use crate::ops::links::{Links, State};
use crate::ops::log::Log;
use crate::ops::show::{Part, Shown};
use crate::web::address::{Place, When};
use crate::web::layout::Shell;
use crate::web::markdown::{elsewhere, words};
use crate::web::parts::{as_of, badge, day, entries, owners, page_link, safe, stale};

/// Links of one list that are shown.
const MOST_LINKS: usize = 200;
/// Headings of a table of contents.
const MOST_HEADINGS: usize = 300;

/// What is shown of one page.
pub struct Whole<'a> {
    /// What it says.
    pub shown: &'a Shown,
    /// Where it leads, and what leads to it.
    pub links: &'a Links,
    /// Its last commits; none outside Git and in another memory.
    pub log: Option<&'a Log>,
    /// What it says as a decision.
    pub decision: Option<&'a Decision>,
    /// Days on which the trunk changed it, the oldest first.
    pub days: &'a [String],
}

/// The page.
pub fn page(shell: &Shell, whole: &Whole<'_>) -> Markup {
    let Whole { shown, links, decision, .. } = whole;
    let path = elsewhere(shown, &shown.path);
    let title = shown.sections.iter().find(|it| it.level == 1).map_or("", |it| it.anchor.as_str());
    html! {
        div.reading {
            article {
                (banners(shell, shown))
                p.crumbs { (safe(&path)) }
                h1 id=[Some(title).filter(|it| !it.is_empty())] { (safe(&shown.title)) }
                (labels(shown))
                @if let Some(decision) = decision { (facts(shell, decision)) }
                (body(shell, shown, links, &path))
                (files(shown))
            }
            aside.beside aria-label="About this page" {
                (contents(&shown.sections))
                (around(shell, links))
                (past(shell, whole, &path))
            }
        }
    }
}

/// What a reader must know before the first word.
fn banners(shell: &Shell, shown: &Shown) -> Markup {
    let newer = shown.superseded_by.as_deref();
    html! {
        @if let Some(newer) = newer {
            p.banner.over {
                strong { "Superseded." } " Read "
                (page_link(&shell.addresses, newer, newer)) " instead."
            }
        }
        @if shown.status == "archived" {
            p.banner.over { strong { "Archived." } " " (safe(shown.archived.as_deref().unwrap_or("No reason is given."))) }
        } @else if shown.stale {
            p.banner.stale {
                strong { "Stale." } " "
                @match &shown.reviewed {
                    Some(reviewed) => { "Reviewed " (day(reviewed)) },
                    None => { "Never reviewed" },
                }
                @if let Some(due) = &shown.due { ", due again " (day(due)) }
                ": check every step before you rely on it."
                @if shown.memory.is_none() {
                    " " a href=(findings(shell, &shown.path)) { "What an audit finds" }
                }
            }
        }
        @if shown.status == "draft" {
            p.banner.open { strong { "Draft." } " Nobody has agreed to this yet." }
        }
    }
}

/// What an audit finds on a page.
fn findings(shell: &Shell, path: &str) -> String {
    shell.addresses.with(Place::Audit, &[("page", path)])
}

fn labels(shown: &Shown) -> Markup {
    html! {
        p.labels {
            span.kind { (safe(&shown.kind)) }
            (badge(&shown.status))
            @if shown.stale { (stale()) }
            span { "Owner: " (owners(&shown.owner)) }
            span {
                @match &shown.reviewed {
                    Some(reviewed) => { "Reviewed " (day(reviewed)) },
                    None => { "Never reviewed" },
                }
            }
            @if let (Some(due), false) = (&shown.due, shown.stale) { span { "due " (day(due)) } }
        }
    }
}

fn facts(shell: &Shell, decision: &Decision) -> Markup {
    let to = |path: &str| page_link(&shell.addresses, path, path);
    html! {
        dl.facts {
            dt { "Decision" } dd { (safe(&decision.name())) }
            @if let Some(date) = &decision.date { dt { "Decided" } dd { (day(date)) } }
            @if !decision.deciders.is_empty() { dt { "By" } dd { (safe(&decision.deciders.join(", "))) } }
            @for older in &decision.supersedes { dt { "Supersedes" } dd { (to(older)) } }
            @if let Some(newer) = &decision.superseded_by { dt { "Superseded by" } dd { (to(newer)) } }
        }
    }
}

fn body(shell: &Shell, shown: &Shown, links: &Links, path: &str) -> Markup {
    let Some(_) = &shown.markdown else {
        let hints = shown.expect_read().err();
        let told = hints.map(|error| crate::hint::Helpful::hints(&error)).unwrap_or_default();
        return html! {
            p.banner.open { "This page is too large to be shown. " @for hint in told { (safe(&hint)) } }
        };
    };
    let words = words(shown, links, &shell.addresses);
    html! {
        div.words { (words.html) }
        @if words.is_cut {
            p.banner.open {
                "The page goes on: it is too large to be shown whole. "
                a href=(shell.addresses.of(Place::Raw(path))) { "All of it as Markdown" }
            }
        }
    }
}

fn files(shown: &Shown) -> Markup {
    html! {
        @if !shown.files.is_empty() {
            h2 { "Files of the package" }
            ul.files { @for file in &shown.files { li { code { (safe(file)) } } } }
        }
    }
}

/// Headings below the title; the deepest that are told are of the third level.
fn contents(sections: &[Part]) -> Markup {
    let told = || sections.iter().filter(|it| (2..=3).contains(&it.level) && !it.anchor.is_empty());
    html! {
        @if told().nth(1).is_some() {
            nav.contents aria-label="Contents" {
                h2 { "Contents" }
                ul {
                    @for part in told().take(MOST_HEADINGS) {
                        li.deep[part.level == 3] {
                            a href={ "#" (percent(&part.anchor)) } { (safe(&part.title)) }
                        }
                    }
                }
            }
        }
    }
}

fn percent(anchor: &str) -> String {
    percent_encoding::utf8_percent_encode(anchor, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2D", "-")
        .replace("%5F", "_")
}

fn around(shell: &Shell, links: &Links) -> Markup {
    let of = |path: &str| match &links.memory {
        Some(memory) => shell.addresses.of(Place::Page(&format!("{memory}:{path}"))),
        None => shell.addresses.of(Place::Page(path)),
    };
    let incoming: BTreeMap<&str, &str> =
        links.incoming.iter().map(|it| (it.path.as_str(), it.title.as_str())).collect();
    let pages = links.outgoing.iter().filter(|it| it.state == State::Page);
    let outgoing: BTreeMap<&str, &str> = pages
        .filter_map(|it| Some((it.path.as_deref()?, it.text.as_str())))
        .filter(|(path, _)| *path != links.path)
        .collect();
    let is_dead =
        |state: State| matches!(state, State::Missing | State::NoSection | State::Ambiguous);
    let dead: Vec<_> = links.outgoing.iter().filter(|it| is_dead(it.state)).collect();
    html! {
        section {
            h2 { "Linked from " span.count { (incoming.len()) } }
            @if incoming.is_empty() { p.none { "No page links here." } }
            ul { @for (path, title) in incoming.iter().take(MOST_LINKS) { li { a href=(of(path)) { (safe(title)) } } } }
        }
        @if !outgoing.is_empty() {
            details {
                summary { "Links to " span.count { (outgoing.len()) } }
                ul { @for (path, _) in outgoing.iter().take(MOST_LINKS) { li { a href=(of(path)) { (safe(path)) } } } }
            }
        }
        @if !dead.is_empty() {
            details {
                summary { "Leads nowhere " span.count { (dead.len()) } }
                ul {
                    @for it in dead.iter().take(MOST_LINKS) {
                        li { code { (safe(&it.target)) } " in line " (it.line)
                            @if let Some(reason) = &it.reason { ": " (safe(reason)) } }
                    }
                }
            }
        }
    }
}

fn past(shell: &Shell, whole: &Whole<'_>, path: &str) -> Markup {
    let (addresses, Whole { shown, log, days, .. }) = (&shell.addresses, whole);
    let at = match &addresses.when {
        When::AsOf(day) => day.get(..10).unwrap_or_default(),
        _ => "",
    };
    html! {
        @if let Some(log) = log {
            section {
                h2 { "Last changes" }
                (entries(addresses, &log.entries))
                p.more {
                    a href=(addresses.of(Place::History(path))) { "History" }
                    @if addresses.is_served() {
                        " · " a href=(addresses.of(Place::Blame(path))) { "Who wrote which line" }
                    }
                }
                @if addresses.is_served() { (as_of(&addresses.form(Place::Page(path)), at, days)) }
            }
        }
        section {
            h2 { "Take it with you" }
            p.more {
                a href=(addresses.of(Place::Raw(path))) { "Markdown" }
                @if shown.memory.is_none() && addresses.is_served() {
                    " · " a href=(addresses.with(Place::Graph, &[("page", path)])) { "What is around it" }
                    " · " a href=(findings(shell, path)) { "What an audit finds" }
                }
            }
            p.cite { "Cite: " code { (safe(&shown.cite)) } }
        }
    }
}
