//! What has rotted: how much of it, where, how fresh the rest is, and what to settle
//! first.

mod charts;
mod facets;
mod finding;

use maud::{Markup, html};

use crate::ops::audit::{Answer, Item, Report};
use crate::web::address::{Addresses, Place, When};
use crate::web::layout::Shell;
use crate::web::parts::{counted, day, pager, safe, short};
use crate::web::request::Audit;
pub use finding::finding;

/// Findings of one page.
pub const SIZE: usize = 20;
/// Points from which on a finding is marked.
const RISKY: u32 = 60;
/// Lines about what was not looked at.
const MOST_SKIPPED: usize = 50;
/// Past quarters that a press asks for.
const QUARTERS: [usize; 3] = [4, 8, 12];

/// The page.
pub fn audit(shell: &Shell, report: &Report, wanted: &Audit) -> Markup {
    let answer = &report.answer;
    let found: Vec<&Item> = answer.findings.iter().filter(|it| facets::fits(it, wanted)).collect();
    let shown = found.get(wanted.from..).unwrap_or_default();
    let shown = &shown[..shown.len().min(SIZE)];
    html! {
        h1 { "Audit of " (safe(&answer.quarter)) }
        (lead(answer))
        (choices(shell, wanted))
        @if !wanted.is_part() { (tiles(answer)) }
        (facets::facets(shell, answer, wanted))
        (list(shell, (&found, shown), answer, wanted))
        @if !wanted.is_part() {
            (charts::charts(report))
            @if answer.commit.is_some() { (trend(shell, answer, wanted)) }
        }
        (skipped(answer))
    }
}

/// What was looked at: both commits and the day.
fn lead(answer: &Answer) -> Markup {
    let commit = |id: &Option<String>, none: &'static str| {
        html! { @match id { Some(id) => code { (short(id)) }, None => (none) } }
    };
    html! {
        p.lead {
            "What evidence says of pages, and no date alone: what they describe changed, what they lead to is gone, "
            "nobody looked again. As of " (day(&answer.as_of)) ", " (safe(&answer.revision)) " at "
            (commit(&answer.commit, "no commit")) ", inbox at " (commit(&answer.inbox, "no commit")) "."
        }
    }
}

fn choices(shell: &Shell, wanted: &Audit) -> Markup {
    let at = match &shell.addresses.when {
        When::AsOf(day) => day.get(..10).unwrap_or_default(),
        _ => "",
    };
    let owner = wanted.owners.last().map(String::as_str).unwrap_or_default();
    html! {
        form.ask.kept action=(Addresses::default().of(Place::Audit)) {
            label { "As of " input type="date" name="as-of" value=(safe(at)); }
            label { "owner " input type="text" name="owner" value=(safe(owner)) placeholder="everybody; nobody" size="16"; }
            @for signal in &wanted.signals { input type="hidden" name="signal" value=(signal); }
            @for kind in &wanted.kinds { input type="hidden" name="kind" value=(safe(kind)); }
            @if let Some(page) = &wanted.page { input type="hidden" name="page" value=(safe(page)); }
            button { "Show" }
        }
    }
}

/// The figures.
fn tiles(answer: &Answer) -> Markup {
    let pages: std::collections::BTreeSet<&str> =
        answer.findings.iter().map(|it| it.path.as_str()).collect();
    let risky = answer.findings.iter().filter(|it| it.risk >= RISKY).count();
    let precision = answer.precision.as_ref();
    html! {
        dl.tiles {
            (tile("Findings", &answer.findings.len().to_string(), &format!("on {} of {}", pages.len(), counted(answer.checked, "page"))))
            (tile("Risky", &risky.to_string(), &format!("of {RISKY} points and more")))
            (tile("Dismissed", &answer.dismissed.to_string(), "false alarms, left out here"))
            @match precision.and_then(|it| it.precision) {
                Some(percent) => (tile("Precision", &format!("{percent} %"), "of what somebody judged led to a change")),
                None => (tile("Precision", "–", "no earlier finding was judged yet")),
            }
        }
        @if let Some(past) = precision { p.note { "What became of earlier findings: " (safe(&past.in_words())) "." } }
    }
}

fn tile(name: &str, value: &str, about: &str) -> Markup {
    html! { div { dt { (name) } dd { strong { (value) } " " span.count { (about) } } } }
}

fn list(
    shell: &Shell,
    (found, shown): (&[&Item], &[&Item]),
    answer: &Answer,
    wanted: &Audit,
) -> Markup {
    let at = |from: usize| {
        let from = from.to_string();
        let all: Vec<_> =
            wanted.parameters().into_iter().chain([("from", from.as_str())]).collect();
        shell.addresses.with(Place::Audit, &all)
    };
    html! {
        section aria-labelledby="Findings" {
            h2 id="Findings" { "Settle first " span.count { (found.len()) } }
            @if let Some(page) = &wanted.page {
                p { "Of " a href=(shell.addresses.of(Place::Page(page))) { (safe(page)) } " alone." }
            }
            @if found.is_empty() { (nothing(answer, wanted)) }
            ol.findings start=(wanted.from + 1) {
                @for item in shown { li.finding { (finding::row(shell, item, wanted)) } }
            }
            (pager(wanted.from, shown.len(), Some(found.len()), SIZE, &at))
        }
    }
}

/// Where nothing is found: that is good, or the question is why.
fn nothing(answer: &Answer, wanted: &Audit) -> Markup {
    html! {
        p.none {
            @if answer.commit.is_none() { "There is no commit yet, and an audit looks at commits: " code { "git commit" } "." }
            @else if wanted.is_part() || !wanted.owners.is_empty() {
                "Nothing is found that fits. Who owns what: " code { "prode list --json" } "."
            }
            @else { "Nothing is found: every page is what was reviewed. Whether pages say when they were: " code { "prode list" } "." }
        }
    }
}

/// Past quarters: what was found then, and what became of it.
fn trend(shell: &Shell, answer: &Answer, wanted: &Audit) -> Markup {
    let at = |count: usize| {
        let count = count.to_string();
        let all: Vec<_> =
            wanted.parameters().into_iter().chain([("trend", count.as_str())]).collect();
        shell.addresses.with(Place::Audit, &all)
    };
    let of = |quarter: &str| Addresses::default().with(Place::Audit, &[("quarter", quarter)]);
    let told = |count: Option<usize>| count.map_or_else(|| "–".to_owned(), |it| it.to_string());
    html! {
        section aria-labelledby="Past" {
            h2 id="Past" { "Past quarters" }
            nav.chips aria-label="Past quarters" {
                @for count in QUARTERS {
                    a href=(at(count)) aria-current=[(wanted.trend == count).then_some("true")] { (count) " quarters" }
                }
            }
            @if answer.trend.is_empty() {
                p.none { "They are worked out from history when you ask, each in about the time that this page took." }
            } @else {
                div.table tabindex="0" role="region" aria-labelledby="Past" {
                    table {
                        thead { tr {
                            @for name in ["Quarter", "Pages", "Findings", "Settled", "Dismissed", "Untouched", "Precision"] { th scope="col" { (name) } }
                        } }
                        tbody {
                            @for it in answer.trend.iter().rev() {
                                @let fate = it.fate.as_ref();
                                tr {
                                    th scope="row" { a href=(of(&it.quarter)) { (safe(&it.quarter)) } }
                                    td { (it.checked) } td { (it.findings) }
                                    td { (told(fate.map(|it| it.settled))) }
                                    td { (told(fate.map(|it| it.dismissed))) }
                                    td { (told(fate.map(|it| it.untouched))) }
                                    td { @match fate.and_then(|it| it.precision) { Some(it) => { (it) " %" }, None => "–" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn skipped(answer: &Answer) -> Markup {
    html! {
        @if !answer.skipped.is_empty() {
            details.skipped {
                summary { "Not looked at " span.count { (answer.skipped.len()) } }
                ul {
                    @for it in answer.skipped.iter().take(MOST_SKIPPED) { li { code { (safe(&it.what)) } ": " (safe(&it.reason)) } }
                }
                @if answer.skipped.len() > MOST_SKIPPED {
                    p.none { (answer.skipped.len() - MOST_SKIPPED) " more: " code { "prode audit --json" } }
                }
            }
        }
    }
}
