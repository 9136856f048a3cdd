//! One finding: in a list, and all that is known of it.

use maud::{Markup, html};

use super::RISKY;
use crate::audit::signal;
use crate::ops::audit::{Answer, File, Item};
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{counted, day, owners, safe};
use crate::web::request::Audit;

/// Files of a finding in a list.
const FEW_FILES: usize = 4;
/// Commits of a file in a list.
const FEW_COMMITS: usize = 3;
/// Commits of a file on a finding's own page.
const MOST_COMMITS: usize = 20;
/// Names beside a file.
const MOST_AUTHORS: usize = 8;
/// Digits of a commit.
const DIGITS: usize = 7;

/// A finding in a list.
pub(super) fn row(shell: &Shell, item: &Item, wanted: &Audit) -> Markup {
    html! {
        h3 {
            (risk(item)) " "
            a href=(address(shell, item, wanted)) { (safe(&item.title)) }
            " " span.badge.open { (words(&item.signal)) }
        }
        (labels(shell, item))
        p { (safe(&item.why)) }
        (points(item))
        @if !item.changed.is_empty() {
            ul.changed { @for file in item.changed.iter().take(FEW_FILES) { li { (changed(file, FEW_COMMITS)) } } }
            @if let more @ 1.. = item.changed_total.saturating_sub(item.changed.len().min(FEW_FILES)) {
                p.none { "and " (counted(more, "more file")) }
            }
        }
        @if let Some(command) = item.settle.first() { (command_block(command)) }
    }
}

/// All of a finding, and what else is found on its page.
pub fn finding(
    shell: &Shell,
    answer: &Answer,
    (item, beside): (&Item, &[&Item]),
    wanted: &Audit,
) -> Markup {
    let list = wanted.quarter.as_deref().map(|it| ("quarter", it));
    let list = shell.addresses.with(Place::Audit, list.as_slice());
    html! {
        div.reading {
            article {
                p.crumbs { a href=(list) { "audit of " (safe(&answer.quarter)) } " / " (safe(&item.id)) }
                h1 { (safe(&item.title)) }
                (labels(shell, item))
                p.banner.(if item.risk >= RISKY { "over" } else { "open" }) {
                    strong { (words(&item.signal)) ". " } (safe(&item.why))
                }
                (settling(item))
                @if !item.changed.is_empty() { (files(item)) }
            }
            aside.beside aria-label="About this finding" {
                section {
                    h2 { "Risk " span.count { (item.risk) " points" } }
                    (points_table(item))
                }
                (facts(answer, item))
                @if !beside.is_empty() {
                    section {
                        h2 { "Also found here" }
                        ul { @for it in beside { li { (risk(it)) " " a href=(address(shell, it, wanted)) { (words(&it.signal)) } } } }
                    }
                }
            }
        }
    }
}

fn settling(item: &Item) -> Markup {
    html! {
        section aria-labelledby="Settle" {
            h2 id="Settle" { "What settles it" }
            @for command in &item.settle { (command_block(command)) }
            p { "A false alarm is dismissed, and stays away as long as it is about the same:" }
            (command_block(&format!("prode dismiss {} --why WHY", item.id)))
        }
    }
}

fn files(item: &Item) -> Markup {
    html! {
        section aria-labelledby="Changed" {
            h2 id="Changed" { "What changed " span.count { (item.changed_total) } }
            ul.changed { @for file in &item.changed { li { (changed(file, MOST_COMMITS)) } } }
            @if let more @ 1.. = item.changed_total.saturating_sub(item.changed.len()) {
                p.none { "and " (counted(more, "more file")) " with fewer lines" }
            }
        }
    }
}

fn facts(answer: &Answer, item: &Item) -> Markup {
    html! {
        section {
            h2 { "About it" }
            dl.facts {
                dt { "Sure" } dd { (item.confidence) " %" }
                dt { "Id" } dd { code { (safe(&item.id)) } }
                dt { "As of" } dd { (day(&answer.as_of)) }
                @if let Some(known) = signal(&item.signal) { dt { "Signal" } dd { (known.summary) } }
            }
            p.cite { "It is about " code { (safe(&item.of)) } }
        }
    }
}

fn labels(shell: &Shell, item: &Item) -> Markup {
    html! {
        p.labels {
            span.kind { (safe(&item.kind)) }
            a.path href=(shell.addresses.of(Place::Page(&item.path))) { (safe(&item.path)) }
            span { "Owner: " (owners(&item.owner)) }
            span { (item.confidence) " % sure" }
            span.path { (safe(&item.id)) }
        }
    }
}

fn address(shell: &Shell, item: &Item, wanted: &Audit) -> String {
    let quarter = wanted.quarter.as_deref().map(|it| ("quarter", it));
    shell.addresses.with(Place::Finding(&item.id), quarter.as_slice())
}

/// A signal as people read it.
fn words(signal: &str) -> String {
    signal.replace('_', " ")
}

fn risk(item: &Item) -> Markup {
    html! {
        span.risk.risky[item.risk >= RISKY] { span.unseen { "risk " } (item.risk) }
    }
}

/// The parts of the risk that there are.
fn parts(item: &Item) -> Vec<(&'static str, &'static str, u32)> {
    let it = &item.points;
    let all = [
        ("signal", "what was found, as far as it is sure", it.signal),
        ("kind", "how much hangs on pages of this kind", it.kind),
        ("size", "how many lines changed", it.size),
        ("age", "for how long", it.age),
        ("links", "how many pages lead here", it.links),
    ];
    all.into_iter().filter(|it| it.2 > 0).collect()
}

fn points(item: &Item) -> Markup {
    let parts: Vec<String> =
        parts(item).iter().map(|(name, _, points)| format!("{name} {points}")).collect();
    html! { @if !parts.is_empty() { p.points { (item.risk) " = " (parts.join(" + ")) } } }
}

fn points_table(item: &Item) -> Markup {
    html! {
        table.sum {
            tbody {
                @for (name, about, points) in parts(item) {
                    tr { th scope="row" { (name) " " span.none { (about) } } td { (points) } }
                }
            }
            tfoot { tr { th scope="row" { "risk" } td { (item.risk) } } }
        }
    }
}

/// A file, its lines, its newest commits and their authors.
fn changed(file: &File, most: usize) -> Markup {
    let ids: Vec<&str> =
        file.commits.iter().take(most).map(|it| it.get(..DIGITS).unwrap_or(it)).collect();
    let authors = &file.authors[..file.authors.len().min(MOST_AUTHORS)];
    html! {
        code { @if let Some(name) = &file.repository { (safe(name)) ":" } (safe(&file.path)) }
        @match (&file.moved_to, file.how.as_str()) {
            (Some(to), _) => { " moved to " code { (safe(to)) } },
            (_, "removed") => " gone",
            (_, "added") => " new",
            _ => "",
        }
        " " ins { "+" (file.added) } " " del { "−" (file.removed) }
        @if !ids.is_empty() {
            span.by {
                " " code { (ids.join(" ")) }
                @if let more @ 1.. = file.commits.len() - ids.len() { " and " (more) " more" }
                @if !authors.is_empty() { " by " (safe(&authors.join(", "))) }
            }
        }
    }
}

/// A command that is copied with one press.
fn command_block(command: &str) -> Markup {
    html! { div.code { pre tabindex="0" { code { (safe(command)) } } } }
}
