//! What the gate decided: reasons, arithmetic, explanations.

use maud::{Markup, html};

use super::MOST;
use super::claims::Claims;
use crate::ops::triage::Timeline;
use crate::triage::bundle::Bundle;
use crate::triage::confidence::ClaimSum;
use crate::triage::gate::{State, Weighed};
use crate::triage::reason::Reason;
use crate::web::parts::safe;

/// The parts of a claim's sum.
const PARTS: [&str; 5] =
    ["captured", "second source", "negative control", "correlation", "reproduction"];

/// Why it was decided so, and the sums.
pub(super) fn decision(bundle: &Bundle, timeline: &Timeline, claims: &Claims<'_>) -> Markup {
    html! {
        section aria-labelledby="Decision" {
            h2 id="Decision" { "Decision: " (bundle.decision) }
            ul.reasons { @for reason in &bundle.reasons { li { (one(*reason)) } } }
        }
        section aria-labelledby="Gate" {
            h2 id="Gate" { "How sure, in whole per cent" }
            (sums(bundle, claims))
            (comes_to(bundle, timeline))
        }
    }
}

fn one(reason: Reason) -> Markup {
    html! {
        @if reason.blocks() { span.badge.over { "blocks" } } @else { span.badge.plain { "says" } }
        " " code { (reason.code()) } " " (reason.about())
    }
}

fn sums(bundle: &Bundle, claims: &Claims<'_>) -> Markup {
    let all = &bundle.confidence.claims;
    html! {
        @if all.is_empty() { p.none { "The decision rests on no claim: there is nothing to add up." } }
        @else {
            div.table tabindex="0" role="region" aria-label="Sums of the decisive claims" {
                table.gate {
                    thead { tr { th scope="col" { "Claim" } @for part in PARTS { th scope="col" { (part) } } th scope="col" { "Sum" } } }
                    tbody {
                        @for sum in all.iter().take(MOST) {
                            tr {
                                th scope="row" { (claims.link(&sum.claim)) }
                                @for points in parts(sum) { td { (points) } }
                                td { strong { (sum.total) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn parts(sum: &ClaimSum) -> [u8; 5] {
    [sum.captured, sum.second_source, sum.negative_control, sum.correlation, sum.reproduction]
}

/// From the sums to what counts.
fn comes_to(bundle: &Bundle, timeline: &Timeline) -> Markup {
    let confidence = &bundle.confidence;
    let lowest = confidence.claims.iter().map(|it| it.total).min();
    let holds = confidence.value >= timeline.bar;
    html! {
        dl.facts.gate {
            @if let Some(lowest) = lowest { dt { "Lowest sum" } dd { (lowest) } }
            @if let Some(cap) = confidence.capped_at { dt { "Capped at" } dd { (cap) ", since something that is needed is missing or contradicted" } }
            @if let Some(to) = confidence.lowered_to { dt { "Lowered to" } dd { (to) " by the coordinator, which may not raise it" } }
            dt { "Counts" } dd { strong { (confidence.value) " %" } }
            dt { "Threshold" } dd {
                (timeline.bar) " % for anything but a stop: "
                @if holds { span.badge.good { "reached" } } @else { span.badge.over { "not reached" } }
            }
        }
    }
}

/// What would explain the ticket, and how each stands.
pub(super) fn hypotheses(bundle: &Bundle, claims: &Claims<'_>) -> Markup {
    let mut all: Vec<&Weighed> = bundle.hypotheses.iter().collect();
    all.sort_by_key(|it| it.state == State::Proposed);
    html! {
        section aria-labelledby="Hypotheses" {
            h2 id="Hypotheses" { "What would explain it " span.count { (all.len()) } }
            div.table tabindex="0" role="region" aria-labelledby="Hypotheses" {
                table.hypotheses {
                    thead { tr { @for name in ["Explanation", "Stands", "Speaks for it", "Speaks against it"] { th scope="col" { (name) } } } }
                    tbody {
                        @for it in all.iter().take(MOST) {
                            tr {
                                th scope="row" { code { (safe(&it.hypothesis.id)) } " " (safe(&it.hypothesis.text)) }
                                td { (state(it.state)) }
                                td { (claims.links(&it.supported_by)) }
                                td { (claims.links(&it.refuted_by)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn state(state: State) -> Markup {
    let (class, word) = match state {
        State::Supported => ("good", "supported"),
        State::Refuted => ("over", "refuted"),
        State::Contradicted => ("over", "contradicted"),
        State::Proposed => ("plain", "not shown"),
    };
    html! { span.badge.(class) { (word) } }
}
