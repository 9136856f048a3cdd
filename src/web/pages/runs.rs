//! Runs of tickets: how far each is, what was decided, what it waits for.

use maud::{Markup, html};

use crate::ops::triage::{Listing, Row};
use crate::triage::phase::Phase;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::parts::{counted, pager, safe};
use crate::web::request::Runs;

/// Runs of one page.
pub const SIZE: usize = 50;

/// The page.
pub fn runs(shell: &Shell, listing: &Listing, wanted: &Runs) -> Markup {
    let fits = |row: &&Row| wanted.phases.is_empty() || wanted.phases.contains(&row.phase);
    let left: Vec<&Row> = listing.runs.iter().filter(fits).collect();
    let shown = left.get(wanted.from..).unwrap_or_default();
    let shown = &shown[..shown.len().min(SIZE)];
    let at = |from: usize| {
        let names: Vec<String> = wanted.phases.iter().map(ToString::to_string).collect();
        let from = from.to_string();
        let mut all: Vec<_> = names.iter().map(|it| ("phase", it.as_str())).collect();
        all.push(("from", &from));
        shell.addresses.with(Place::Runs, &all)
    };
    html! {
        h1 { "Runs" }
        p.lead {
            (counted(listing.runs.len(), "run")) " of tickets in the store of this machine, the newest first. "
            "What a run may do outside, and who may approve it, is decided where it runs; here it is read."
        }
        @if let Some(why) = &listing.frozen {
            p.banner.over { strong { "Frozen." } " Nothing but reading, until it is lifted: " (safe(why)) }
        }
        @if !listing.runs.is_empty() { (phases(shell, listing, wanted)) }
        @if shown.is_empty() { (nothing(listing)) } @else { (table(shell, shown)) }
        (pager(wanted.from, shown.len(), Some(left.len()), SIZE, &at))
    }
}

fn nothing(listing: &Listing) -> Markup {
    html! {
        @if listing.runs.is_empty() {
            p.none { "No run was opened here yet. Open one, or have an agent hand in evidence; an example ends here too." }
            div.code { pre tabindex="0" { code { "prode triage run ticket.json" } } }
            div.code { pre tabindex="0" { code { "prode triage examples run backend-500" } } }
        } @else { p.none { "No run is in such a phase." } }
    }
}

/// Each phase that a run is in, and how many are.
fn phases(shell: &Shell, listing: &Listing, wanted: &Runs) -> Markup {
    let count = |phase: Phase| listing.runs.iter().filter(|row| row.phase == phase).count();
    let address = |phase: &str| shell.addresses.with(Place::Runs, &[("phase", phase)]);
    html! {
        nav.chips aria-label="By phase" {
            a href=(shell.addresses.of(Place::Runs)) aria-current=[wanted.phases.is_empty().then_some("true")] { "all " span.count { (listing.runs.len()) } }
            @for phase in Phase::ALL.into_iter().filter(|phase| count(*phase) > 0) {
                @let is_chosen = wanted.phases.contains(&phase);
                a href=(address(&phase.to_string())) aria-current=[is_chosen.then_some("true")] {
                    (phase) " " span.count { (count(phase)) }
                }
            }
        }
    }
}

fn table(shell: &Shell, rows: &[&Row]) -> Markup {
    html! {
        div.table tabindex="0" role="region" aria-label="Runs" {
            table.runs {
                thead { tr { @for name in ["Run", "Ticket", "Phase", "Decided", "Started", "Waits for"] { th scope="col" { (name) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" { a href=(shell.addresses.of(Place::Run(&row.run))) { (safe(&row.run)) } }
                            td { (safe(&row.ticket)) }
                            td { (badge(row.phase)) }
                            td { (decided(row)) }
                            td { (time(&row.opened)) }
                            td { (waits(row)) }
                        }
                    }
                }
            }
        }
    }
}

fn decided(row: &Row) -> Markup {
    html! {
        @if let (Some(decision), Some(class), Some(confidence)) = (row.decision, row.classification, row.confidence) {
            strong { (decision) } " " (class) ", " (confidence) " %"
        } @else { span.none { "not yet" } }
    }
}

fn waits(row: &Row) -> Markup {
    html! {
        @if row.waiting > 0 { (counted(row.waiting, "approval")) }
        @else if let Some(holder) = &row.holder { "at work: " (safe(holder)) }
        @else if let Some(why) = &row.outcome { span.none { (waits_for_nothing(row)) (safe(why)) } }
        @else { span.none { "whoever resumes it" } }
    }
}

/// A run that is over waits for nobody; the others for what their outcome names.
fn waits_for_nothing(row: &Row) -> &'static str {
    if row.phase.is_over() { "nothing: " } else { "" }
}

/// How far a run is. Words say it, colour repeats it.
pub fn badge(phase: Phase) -> Markup {
    let class = match phase {
        Phase::Closed => "good",
        Phase::Waiting | Phase::AwaitMerge | Phase::Monitor => "open",
        Phase::Failed => "over",
        _ => "plain",
    };
    html! { span.badge.(class) { (phase) } }
}

/// A time to the second, in UTC.
pub fn time(text: &str) -> Markup {
    let told = text.get(..19).unwrap_or(text).replace('T', " ");
    html! { time datetime=(safe(text)) { (safe(&told)) } }
}
