//! Evidence: claims with their receipts, queries that could have refuted them, and what
//! was not looked at.

use std::collections::HashMap;

use maud::{Markup, html};

use super::MOST;
use crate::rendering::visible;
use crate::triage::bundle::Bundle;
use crate::triage::evidence::{Finding, How, Receipt};
use crate::triage::output::FindingKind;
use crate::triage::run::Run;
use crate::triage::window::Window;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::pages::runs::time;
use crate::web::parts::{counted, pager, safe};

/// Claims of one page.
const SIZE: usize = 15;
/// Receipts of a claim.
const MOST_RECEIPTS: usize = 4;
/// Characters of an excerpt.
const LONGEST: usize = 600;
/// Names in one cell.
const FEW: usize = 8;

/// Where each claim stands, so that whatever names it can lead there.
pub(super) struct Claims<'a> {
    shell: &'a Shell,
    run: &'a str,
    places: HashMap<&'a str, usize>,
}

impl<'a> Claims<'a> {
    pub(super) fn of(shell: &'a Shell, run: &'a Run) -> Self {
        let findings = run.bundle.iter().flat_map(|it| &it.findings);
        let places = findings.enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
        Self { shell, run: &run.run, places }
    }

    fn at(&self, from: usize) -> String {
        let from = from.to_string();
        let all = [("from", from.as_str())];
        self.shell.addresses.with(Place::Run(self.run), &all[..usize::from(from != "0")])
    }

    /// A claim's name, which leads to it where it stands here.
    pub(super) fn link(&self, claim: &str) -> Markup {
        html! {
            @match self.places.get(claim) {
                Some(at) => { a href={ (self.at(at / SIZE * SIZE)) "#claim-" (at) } { code { (safe(claim)) } } },
                None => { code { (safe(claim)) } },
            }
        }
    }

    /// Several.
    pub(super) fn links(&self, claims: &[String]) -> Markup {
        html! {
            @if claims.is_empty() { span.none { "nothing" } }
            @for (at, claim) in claims.iter().take(FEW).enumerate() { @if at > 0 { ", " } (self.link(claim)) }
            @if let more @ 1.. = claims.len().saturating_sub(FEW) { " and " (more) " more" }
        }
    }
}

/// Claims in the order of their names.
pub(super) fn claims(bundle: &Bundle, claims: &Claims<'_>, from: usize) -> Markup {
    let receipts: HashMap<&str, &Receipt> =
        bundle.receipts.iter().map(|it| (it.id.as_str(), it)).collect();
    let total = bundle.findings.len();
    let shown: Vec<(usize, &Finding)> =
        bundle.findings.iter().enumerate().skip(from).take(SIZE).collect();
    html! {
        section aria-labelledby="Evidence" {
            h2 id="Evidence" { "Evidence " span.count { (counted(total, "claim")) ", " (counted(bundle.receipts.len(), "receipt")) } }
            @if bundle.findings.is_empty() { p.none { "Nobody found anything." } }
            @for (at, finding) in &shown { (one(*at, finding, &receipts)) }
            (pager(from, shown.len(), Some(total), SIZE, &|from| claims.at(from)))
        }
    }
}

fn one(at: usize, finding: &Finding, receipts: &HashMap<&str, &Receipt>) -> Markup {
    let own: Vec<&Receipt> =
        finding.receipts.iter().filter_map(|id| receipts.get(id.as_str()).copied()).collect();
    let kind = match finding.kind {
        FindingKind::Observation => "observation",
        FindingKind::Change => "change",
        FindingKind::Reproduction => "reproduction",
    };
    html! {
        section.claim id={ "claim-" (at) } {
            h3 { (safe(&finding.claim)) }
            p.labels {
                code { (safe(&finding.id)) }
                span.kind { (kind) }
                span { "observed " (time(&finding.observed_at.to_string())) }
                @for it in finding.supports.iter().take(FEW) { span { "for " code { (safe(it)) } } }
                @for it in finding.refutes.iter().take(FEW) { span { "against " code { (safe(it)) } } }
            }
            @if own.is_empty() { p.none { "It has no receipt." } }
            @for it in own.iter().take(MOST_RECEIPTS) { (receipt(it)) }
            @if let more @ 1.. = own.len().saturating_sub(MOST_RECEIPTS) {
                p.none { "and " (counted(more, "more receipt")) ": " code { "prode triage show --json" } }
            }
        }
    }
}

/// Where it was seen, by which query, when, and how that came here.
fn receipt(receipt: &Receipt) -> Markup {
    html! {
        div.receipt {
            p.labels {
                (how(receipt))
                span.kind { (safe(&receipt.source)) }
                span { "asked " (time(&receipt.at.to_string())) }
                span { "of " (window(&receipt.window)) }
            }
            p.query { code { (safe(&receipt.query)) } }
            pre.excerpt tabindex="0" { (visible(cut(&receipt.excerpt))) @if cut(&receipt.excerpt).len() < receipt.excerpt.len() { " …" } }
            p.cite { code { (safe(&receipt.digest)) } }
            @if let Some(link) = &receipt.link { (outside(link)) }
        }
    }
}

fn how(receipt: &Receipt) -> Markup {
    html! {
        @if receipt.is_memory() { span.badge.over { "memory: weighs nothing" } }
        @else if receipt.how == How::Captured { span.badge.good { "captured" } }
        @else { span.badge.open { "attested: handed in, weighs nothing" } }
    }
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// An address that a tool named, written out. It is followed only by whoever presses it.
fn outside(link: &str) -> Markup {
    let is_web = ["https://", "http://"].iter().any(|it| link.starts_with(it));
    html! {
        p.cite {
            "Seen at "
            @if is_web && !link.chars().any(char::is_control) {
                a href=(link) rel="noopener noreferrer nofollow" { (safe(link)) }
            } @else { code { (safe(link)) } }
        }
    }
}

fn window(window: &Window) -> Markup {
    html! { (time(&window.from.to_string())) " – " (time(&window.until.to_string())) }
}

/// Queries whose hits would have refuted something.
pub(super) fn controls(bundle: &Bundle) -> Markup {
    let all = &bundle.negative_controls;
    html! {
        section aria-labelledby="Controls" {
            h2 id="Controls" { "What could have refuted it " span.count { (all.len()) } }
            @if all.is_empty() { p.none { "No such query was tried." } }
            @else {
                div.table tabindex="0" role="region" aria-labelledby="Controls" {
                    table.controls {
                        thead { tr { @for name in ["Query", "Came back", "A hit would have refuted", "Of"] { th scope="col" { (name) } } } }
                        tbody {
                            @for it in all.iter().take(MOST) {
                                tr {
                                    th scope="row" { span.kind { (safe(&it.source)) } " " code { (safe(cut(&it.query))) } }
                                    td { @match it.result.absence() { Some(absence) => (absence), None => strong { "found" } } @if it.how == How::Attested { " (handed in)" } }
                                    td { (safe(&it.would_refute.join(", "))) }
                                    td { (window(&it.window)) }
                                }
                            }
                        }
                    }
                }
                @if let more @ 1.. = all.len().saturating_sub(MOST) { p.none { (more) " more" } }
            }
        }
    }
}

/// What was not looked at, and where evidence contradicts itself.
pub(super) fn gaps(bundle: &Bundle) -> Markup {
    html! {
        @if !bundle.gaps.is_empty() {
            section aria-labelledby="Gaps" {
                h2 id="Gaps" { "What was not looked at " span.count { (bundle.gaps.len()) } }
                ul.gaps {
                    @for gap in bundle.gaps.iter().take(MOST) {
                        li {
                            @if gap.required { span.badge.over { "needed" } " " }
                            code { (safe(&gap.specialist)) } " " (safe(&gap.what)) " " span.none { "(" (gap.absence) ")" }
                        }
                    }
                }
            }
        }
        @if !bundle.conflicts.is_empty() {
            p.banner.over { strong { "Contradicted: " } (safe(&bundle.conflicts.join(", "))) }
        }
    }
}
