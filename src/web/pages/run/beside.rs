//! What stands beside a run: the ticket, what routed, who was asked, what is kept.

use maud::{Markup, html};

use super::MOST;
use crate::ops::triage::Timeline;
use crate::triage::bundle::Bundle;
use crate::triage::evidence::MemoryUse;
use crate::triage::run::Run;
use crate::web::address::{Addresses, When};
use crate::web::layout::Shell;
use crate::web::pages::runs::time;
use crate::web::parts::{safe, short, stale};

/// Everything beside.
pub(super) fn beside(shell: &Shell, run: &Run, timeline: &Timeline) -> Markup {
    html! {
        (facts(run, timeline))
        (memory(shell, run))
        (questions(run))
        @if let Some(bundle) = &run.bundle { (tools(bundle)) }
        (kept(run))
    }
}

fn facts(run: &Run, timeline: &Timeline) -> Markup {
    let opened = timeline.moments.first().map(|it| it.at.as_str());
    html! {
        section {
            h2 { "Run" }
            dl.facts {
                dt { "Name" } dd { (safe(&run.run)) }
                @if let Some(opened) = opened { dt { "Opened" } dd { (time(opened)) } }
                dt { "Time over" } dd { (time(&timeline.deadline)) }
                @if let Some(ticket) = &run.ticket {
                    dt { "Incident" } dd { (time(&ticket.window.from.to_string())) " – " (time(&ticket.window.until.to_string())) }
                }
            }
            @if let Some(ticket) = &run.ticket { p.cite { "Ticket " code { (safe(&ticket.digest)) } } }
            @if let Some(digest) = &run.bundle_digest { p.cite { "Bundle " code { (safe(digest)) } } }
        }
    }
}

/// Pages that routed. They say where to look, and prove nothing.
fn memory(shell: &Shell, run: &Run) -> Markup {
    let all = run.bundle.as_ref().map(|it| it.memory.as_slice()).unwrap_or_default();
    html! {
        section {
            h2 { "Routed by " span.count { (all.len()) } }
            @if all.is_empty() { p.none { "No page of the memory fits." } }
            ul { @for it in all.iter().take(MOST) { li { (page(shell, it)) } } }
        }
    }
}

/// A page as it was when it routed.
fn page(shell: &Shell, it: &MemoryUse) -> Markup {
    let (place, commit) = it.cite.rsplit_once('@').unwrap_or((it.cite.as_str(), ""));
    let (path, anchor) = place.split_once('#').unwrap_or((place, ""));
    let then = match commit {
        "" => shell.addresses.clone(),
        commit => Addresses::at(When::Rev(commit.to_owned())),
    };
    html! {
        a href=(then.section(path, anchor)) { (safe(place)) }
        @if !commit.is_empty() { " at " code { (safe(short(commit))) } }
        @if it.stale { " " (stale()) }
        @if let Some(newer) = &it.superseded_by { " superseded by " (safe(newer)) }
    }
}

fn questions(run: &Run) -> Markup {
    let is_answered = |name: &str| {
        let kept = format!("output:{name}");
        run.artifacts.iter().any(|it| it.name == kept)
    };
    html! {
        section {
            h2 { "Asked " span.count { (run.questions.len()) } }
            ul {
                @for it in run.questions.iter().take(MOST) {
                    li {
                        strong { (safe(&it.name)) } @if it.required { ", needed" }
                        @if !is_answered(&it.name) { " " span.badge.open { "no answer" } }
                        ": " (safe(&it.because))
                    }
                }
            }
        }
    }
}

fn tools(bundle: &Bundle) -> Markup {
    html! {
        details {
            summary { "What could be asked " span.count { (bundle.inventory.len()) } }
            ul {
                @for it in bundle.inventory.iter().take(MOST) {
                    li {
                        strong { (safe(&it.name)) }
                        @if let Some(identity) = &it.identity { ", as " (safe(identity)) }
                        @if let Some(proof) = &it.read_only { ", " (safe(proof)) }
                        @if let Some(why) = &it.blocked { " " span.badge.over { "blocked" } " " (safe(why)) }
                        @else if !it.answered { " " span.badge.over { "no answer" } }
                        @else if !it.chosen { ", not chosen" }
                    }
                }
            }
        }
    }
}

fn kept(run: &Run) -> Markup {
    html! {
        details {
            summary { "What is kept of it " span.count { (run.artifacts.len()) } }
            ul { @for it in run.artifacts.iter().take(MOST) { li.path { (safe(&it.name)) " " (safe(&it.digest)) } } }
        }
    }
}
