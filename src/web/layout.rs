//! What stands around every page.

use maud::{DOCTYPE, Markup, html};

use super::address::{Addresses, Place, When};
use super::markdown::own_style;
use super::parts::{safe, short};

/// Around one page.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// What the memory is called.
    pub memory: String,
    /// Addresses of its links.
    pub addresses: Addresses,
    /// What the browser calls the page.
    pub title: String,
    /// True if the page has a search field of its own.
    pub has_search: bool,
    /// The revision's name and commit; `None` where nothing was asked.
    pub revision: Option<(String, Option<String>)>,
    /// What the reader should know of the answer.
    pub notes: Vec<String>,
    /// This page of the trunk, where it is of another revision.
    pub now: Option<String>,
    /// What a file says of itself, since no server says it.
    pub file: Option<Head>,
}

/// What stands in the head of a page that no server sends.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// What the page may load and do.
    pub policy: &'static str,
    /// Feeds, each with its name.
    pub feeds: Vec<(&'static str, String)>,
    /// Where the page is for everybody.
    pub canonical: Option<String>,
}

impl Shell {
    /// The whole document around `main`.
    pub fn around(&self, main: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    @if let Some(head) = &self.file {
                        meta http-equiv="Content-Security-Policy" content=(head.policy);
                        meta name="referrer" content="no-referrer";
                    }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (safe(&self.title)) " · " (safe(&self.memory)) }
                    link rel="icon" type="image/svg+xml" href=(self.addresses.asset("sign.svg"));
                    @if self.addresses.is_served() { style { (own_style()) } } @else {
                        link rel="stylesheet" href=(self.addresses.asset("style.css"));
                    }
                    @if let Some(head) = &self.file { (head.links()) }
                    script src=(self.addresses.asset("page.js")) defer {}
                    @if self.has_search && !self.addresses.is_served() {
                        script src=(self.addresses.asset("search.js")) defer {}
                    }
                }
                body {
                    a.skip href="#Main" { "Skip to content" }
                    (self.head())
                    @if let Some(banner) = self.past() { (banner) }
                    main id="Main" tabindex="-1" {
                        (main)
                    }
                    (self.foot())
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let to = |place| self.addresses.of(place);
        html! {
            header.top {
                a.brand href=(to(Place::Home)) { (safe(&self.memory)) }
                @if self.has_search { div.find {} } @else {
                    form.find role="search" action=(self.addresses.form(Place::Search)) {
                        label.unseen for="Q" { "Search this memory" }
                        input #Q type="search" name="q" maxlength="1000" autocomplete="off"
                            placeholder="Search: an alert, a symptom, a title";
                        (self.keep())
                        button { "Search" }
                    }
                }
                nav aria-label="Memory" {
                    a href=(to(Place::Search)) { "Pages" }
                    a href=(to(Place::Decisions)) { "Decisions" }
                    a href=(to(Place::Skills)) { "Skills" }
                    a href=(to(Place::Graph)) { "Graph" }
                    @if self.addresses.is_served() {
                        a href=(to(Place::Inbox)) { "Inbox" }
                        a href=(to(Place::Audit)) { "Audit" }
                        a href=(to(Place::Runs)) { "Runs" }
                    }
                }
            }
        }
    }

    /// The revision, kept by a form.
    pub fn keep(&self) -> Markup {
        html! {
            @match &self.addresses.when {
                When::Now => {}
                When::AsOf(day) => { input type="hidden" name="as-of" value=(day); }
                When::Rev(rev) => { input type="hidden" name="rev" value=(rev); }
            }
        }
    }

    fn past(&self) -> Option<Markup> {
        let now = self.now.as_ref()?;
        let said = match &self.addresses.when {
            When::Now => return None,
            When::AsOf(day) => format!("as of {day}"),
            When::Rev(rev) => format!("at {}", short(rev)),
        };
        Some(html! {
            div.past role="status" {
                "You are reading the memory " strong { (safe(&said)) } ". "
                a href=(now) { "Read it as it is now" }
            }
        })
    }

    fn foot(&self) -> Markup {
        html! {
            footer {
                @for note in &self.notes { p.note { "Note: " (safe(note)) } }
                p {
                    @if let Some((name, commit)) = &self.revision {
                        @if self.addresses.is_served() { "Answered from " } @else { "Written from " }
                        (safe(name))
                        @if let Some(commit) = commit { " at " code { (short(commit)) } }
                        ". "
                    }
                    "Made by prode " (env!("CARGO_PKG_VERSION"))
                }
            }
        }
    }
}

impl Head {
    fn links(&self) -> Markup {
        html! {
            @if let Some(canonical) = &self.canonical { link rel="canonical" href=(canonical); }
            @for (name, feed) in &self.feeds {
                link rel="alternate" type="application/atom+xml" title=(name) href=(feed);
            }
        }
    }
}
