//! The inbox: what was learned and waits for its owner.

use maud::{Markup, html};

use crate::inbox::State;
use crate::ops::inbox::{Listing, Row};
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{badge, counted, day, owners, pager, safe};
use crate::web::request::Inbox;

/// Learnings of one page.
pub const SIZE: usize = 50;

/// The page.
pub fn inbox(shell: &Shell, listing: &Listing, wanted: &Inbox) -> Markup {
    let shown = listing.learnings.get(wanted.from..).unwrap_or_default();
    let shown = &shown[..shown.len().min(SIZE)];
    let address = |name: &str, from: &str| {
        let owner = wanted.owner.iter().map(|owner| ("owner", owner.as_str()));
        let all = [("state", name), ("from", from)].into_iter().chain(owner);
        let all: Vec<_> = all.filter(|(_, value)| !value.is_empty()).collect();
        shell.addresses.with(Place::Inbox, &all)
    };
    html! {
        h1 { "Inbox" }
        p.lead {
            (counted(listing.total, "learning")) " on the branch " code { (safe(&listing.branch)) }
            ". What is here was seen once by somebody; it is no part of the memory before its owner says so."
        }
        @for problem in &listing.problems { p.banner.over { (safe(problem)) } }
        nav.chips aria-label="By state" {
            @for name in names() {
                @let is_chosen = is_chosen(wanted, name);
                a href=(address(name, "")) aria-current=[is_chosen.then_some("true")] { (name) }
            }
        }
        @if shown.is_empty() { p.none { "No learning fits." } }
        ul.catalogue { @for row in shown { li { (one(shell, row)) } } }
        @let at = |from: usize| address(chosen(wanted), &from.to_string());
        (pager(wanted.from, shown.len(), Some(listing.learnings.len()), SIZE, &at))
    }
}

/// What may be chosen: those that wait, each state, all.
fn names() -> impl Iterator<Item = &'static str> {
    let states = State::ALL.into_iter().map(State::name);
    std::iter::once("waiting").chain(states).chain(std::iter::once("all"))
}

fn is_chosen(wanted: &Inbox, name: &str) -> bool {
    match name {
        "all" => wanted.all,
        "waiting" => !wanted.all && wanted.states.is_empty(),
        _ => !wanted.all && wanted.states.iter().any(|state| state.name() == name),
    }
}

/// The state that the ways on and back keep to.
fn chosen(wanted: &Inbox) -> &'static str {
    names().find(|name| is_chosen(wanted, name)).unwrap_or("waiting")
}

fn one(shell: &Shell, row: &Row) -> Markup {
    html! {
        a href=(shell.addresses.of(Place::Learning(&row.id))) { (safe(&row.summary)) }
        p.labels {
            (badge(&row.state))
            span.kind { (safe(&row.action)) }
            span.path { (safe(&row.target)) }
            span { (owners(&row.owner)) }
            span { (counted(row.runs, "run")) }
            @if let Some(confidence) = row.confidence { span { (confidence) " % sure" } }
            @if let Some(at) = &row.at { (day(at)) }
        }
    }
}
