//! How a page would change: what readers would see, beside the lines of its source.

use maud::{Markup, html};

use crate::ops::proposal::{Change, Checks};
use crate::rendering::{Changed, Fate, changed, visible};
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::markdown::note;
use crate::web::parts::{badge, counted, safe, short};

/// Lines of a diff that are shown.
const LINES: usize = 600;
/// Blocks of a change that are shown.
const BLOCKS: usize = 120;

/// The change, and the proposal where there is one.
pub fn change(shell: &Shell, change: &Change) -> Markup {
    let before = change.before.as_deref().unwrap_or_default();
    let parts = changed(before, &change.after);
    html! {
        section aria-labelledby="Change" {
            h2 id="Change" {
                @if change.proposal.is_some() { "What is proposed" } @else { "What it would change" }
            }
            p.labels {
                @if change.before.is_none() { span.path { (safe(&change.path)) } " a new page" }
                @else { a.path href=(shell.addresses.of(Place::Page(&change.path))) { (safe(&change.path)) } }
                @if let Some(row) = &change.proposal {
                    (badge(&row.state))
                    span.path { (safe(&row.branch)) " " (short(&row.commit)) }
                    @if row.behind { span.badge.open { "behind the trunk" } }
                }
            }
            @if change.diff.is_empty() { p.banner.open { "The page says it already." } }
            @else {
                div.compare {
                    div { h3 { "As it reads" } (read(&parts)) }
                    div { h3 { "As it is written" } (lines(&change.diff)) }
                }
            }
            @for left in &change.left { p.note { "Left to write: " (safe(left)) } }
            @if let Some(found) = &change.checks { (checks(found)) }
            @if let Some(row) = &change.proposal { (waits(row)) }
        }
    }
}

/// Blocks, those that come and go set off.
pub fn read(parts: &[Changed]) -> Markup {
    html! {
        div.blocks {
            @if parts.is_empty() { p.none { "No word changes: only what the page says of itself." } }
            @for part in parts.iter().take(BLOCKS) {
                @match part {
                    Changed::Gap => { p.gap aria-label="left out" { "⋯" } }
                    Changed::Block(Fate::Same, text) => { div.words { (note(text)) } }
                    Changed::Block(Fate::Gone, text) => { div.words.gone role="deletion" { (note(text)) } }
                    Changed::Block(Fate::New, text) => { div.words.new role="insertion" { (note(text)) } }
                }
            }
            @if parts.len() > BLOCKS { p.more { "and " (counted(parts.len() - BLOCKS, "block")) " more" } }
        }
    }
}

/// A unified diff, its lines told apart by their first sign and by colour.
pub fn lines(diff: &str) -> Markup {
    let diff = visible(diff);
    let all: Vec<&str> = diff.lines().collect();
    let class = |line: &str| match line.as_bytes().first() {
        _ if line.starts_with("+++") || line.starts_with("---") => "file",
        Some(b'+') => "new",
        Some(b'-') => "gone",
        Some(b'@') => "place",
        _ => "same",
    };
    html! {
        pre.diff tabindex="0" {
            code { @for line in all.iter().take(LINES) { span.(class(line)) { (line) "\n" } } }
        }
        @if all.len() > LINES { p.more { "and " (counted(all.len() - LINES, "line")) " more" } }
    }
}

fn checks(checks: &Checks) -> Markup {
    html! {
        @if checks.findings.is_empty() && checks.failing.is_empty() {
            p.note { "Lint finds nothing new; " (counted(checks.route_tests, "route test")) ", none fails." }
        }
        @for it in &checks.findings {
            p.banner.open {
                (safe(&it.path)) ":" (it.line) " " code { (safe(&it.rule)) } " " (safe(&it.message))
            }
        }
        @for it in &checks.failing {
            @let got = it.case.got.first().map_or("nothing", String::as_str);
            @let expected = it.case.expect.first().map_or("nothing", String::as_str);
            p.banner.over {
                "A route test " @if it.regression { "begins to fail" } @else { "fails, as on the trunk" }
                ": “" (safe(it.case.text.lines().next().unwrap_or_default())) "” gives "
                code { (safe(got)) } ", not " code { (safe(expected)) }
            }
        }
    }
}

/// What the proposal still needs, and what its owners type: they sign on their machines.
fn waits(row: &crate::ops::proposal::Row) -> Markup {
    html! {
        dl.facts {
            @for approval in &row.approvals { dt { "Approval" } dd { (safe(approval)) } }
            @for missing in &row.missing { dt { "Missing" } dd { (safe(missing)) } }
            @if let Some(pull) = &row.pull { dt { "Pull request" } dd { (safe(&pull.name)) } }
            @if row.state == "open" && row.pull.is_none() {
                dt { "Approve it" } dd { code { "prode approve " (safe(&row.id)) } }
                dt { "Merge it" } dd { code { "prode proposal merge " (safe(&row.id)) } }
            }
        }
    }
}
