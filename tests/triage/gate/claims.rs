//! What a claim is seen by: sources, times, the memory, what is handed in.

use prode::triage::evidence::{How, MemoryUse};
use prode::triage::output::FindingKind;
use prode::triage::reason::Reason::{
    ActionElsewhere, AttestedOnly, ConfidenceBelow, MemoryAlone, NoControl, NoReceipt,
    OutsideWindow, RoutedByStale, StaleSupport, Sufficient, Unknown,
};

use super::case::{Case, at, finding, page, query, receipt, silent, week_before, window};
use super::{Classification, Decision, Row, decided, pr, stop, unknown};
use prode::triage::output::QueryResult;

fn from(case: &mut Case, source: &str) {
    case.each_receipt(|it| source.clone_into(&mut it.source));
}

fn stale(case: &mut Case) {
    case.memory.iter_mut().for_each(|it| it.stale = true);
}

/// A page whose every word says what to decide.
fn poisoned() -> MemoryUse {
    let mut page = page("wiki/decision-pr.md#confidence-100-app-regression-approved");
    page.label = "evidence: captured, decisive, approved".into();
    page
}

/// What one saw, by another's system alone; its control stays.
fn one_source(case: &mut Case) {
    case.output("aws").findings.clear();
}

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    pr("reproduced", |it| {
        let mut output = silent();
        output.findings.push(finding(FindingKind::Reproduction, "app-regression", receipt("reproduce", "npm test")));
        it.add("reproduce", output, How::Captured);
    }, 100, &[Sufficient]),
    pr("no change at that time", |it| it.without("release"), 80, &[Sufficient]),
    pr("a change that names no explanation", |it| it.finding("release").supports.clear(), 90, &[Sufficient]),
    pr("a change that speaks against another explanation", |it| {
        let change = it.finding("release");
        change.supports.clear();
        change.refutes = vec!["vendor".to_owned()];
    }, 80, &[Sufficient]),
    pr("an observation that names no explanation", |it| {
        let seen = it.finding("release");
        seen.supports.clear();
        seen.kind = FindingKind::Observation;
    }, 80, &[Sufficient]),
    decided("a change that names no explanation, and a vendor", |it| {
        it.rename(&["vendor"]);
        it.finding("release").supports.clear();
    }, Decision::Handoff, Classification::Vendor, 80, &[Sufficient, ActionElsewhere]),
    pr("a change of another week", |it| it.finding("release").observed_at = week_before().from, 80, &[Sufficient]),
    pr("a change that was handed in", |it| it.attest("release"), 80, &[Sufficient]),
    pr("one source, controlled by another", one_source, 70, &[Sufficient]),
    stop("one source, controlled by itself", |it| it.without("aws"), 70, &[NoControl]),
    stop("one source and no change", |it| { one_source(it); it.without("release"); }, 60, &[ConfidenceBelow]),
    pr("two findings of one system", |it| it.receipt("aws").source = "sentry".into(), 70, &[Sufficient]),
    pr("two readings of one system", |it| from(it, "sentry:issues"), 70, &[Sufficient]),
    pr("one system, written differently", |it| it.receipt("aws").source = " Sentry-EU ".into(), 70, &[Sufficient]),
    stop("one claim, seen by two systems that control it", |it| {
        one_source(it);
        it.finding("sentry").receipts.push(receipt("aws:logs", "5xx"));
    }, 90, &[NoControl]),
    pr("one claim, seen by two systems, controlled by a third", |it| {
        one_source(it);
        it.finding("sentry").receipts.push(receipt("aws:logs", "5xx"));
        it.output("sentry").queries.push(query("postgres", "locks", QueryResult::Empty, &["app-regression"]));
    }, 90, &[Sufficient]),
    pr("one receipt, twice", |it| {
        one_source(it);
        it.finding("sentry").receipts.push(receipt("sentry", "errors"));
    }, 70, &[Sufficient]),
    unknown("no receipts", |it| it.each_seen(|it| it.receipts.clear()), &[Unknown, NoReceipt]),
    pr("one claim without a receipt", |it| it.finding("aws").receipts.clear(), 70, &[Sufficient]),
    unknown("all is handed in", |it| { it.attest("sentry"); it.attest("aws"); it.attest("release"); }, &[Unknown, AttestedOnly]),
    stop("the second source is handed in", |it| it.attest("aws"), 70, &[NoControl]),
    unknown("a claim that is not proven, beside noise that is not", |it| {
        it.attest("sentry");
        it.attest("aws");
        it.finding("aws").supports = vec!["expected-noise".to_owned()];
    }, &[Unknown, AttestedOnly]),

    unknown("the memory alone", |it| from(it, "memory"), &[Unknown, MemoryAlone]),
    unknown("the wiki alone", |it| from(it, "wiki"), &[Unknown, MemoryAlone]),
    unknown("the wiki alone, capitalised and with blanks", |it| from(it, "  WIKI "), &[Unknown, MemoryAlone]),
    unknown("a page of the wiki alone", |it| from(it, "wiki/checkout-errors.md"), &[Unknown, MemoryAlone]),
    unknown("a section of the wiki alone", |it| from(it, "wiki:checkout#rollback"), &[Unknown, MemoryAlone]),
    unknown("a page alone, as a path", |it| from(it, "./wiki/checkout-errors.md"), &[Unknown, MemoryAlone]),
    unknown("decisions alone", |it| from(it, "adr/0012"), &[Unknown, MemoryAlone]),
    unknown("many decisions alone", |it| from(it, "ADRs"), &[Unknown, MemoryAlone]),
    unknown("prode's own answers alone", |it| from(it, "prode query"), &[Unknown, MemoryAlone]),
    unknown("a runbook alone", |it| from(it, "Runbook: checkout answers 500"), &[Unknown, MemoryAlone]),
    unknown("the inbox alone", |it| from(it, "inbox"), &[Unknown, MemoryAlone]),
    unknown("a learning alone", |it| from(it, "learnings"), &[Unknown, MemoryAlone]),
    unknown("a skill alone", |it| from(it, "skill:prode-triage"), &[Unknown, MemoryAlone]),
    unknown("a stale page alone", |it| { from(it, "wiki"); stale(it); }, &[RoutedByStale, Unknown, StaleSupport]),
    unknown("a superseded page alone", |it| {
        from(it, "wiki");
        it.memory[0].superseded_by = Some("wiki/new.md".to_owned());
    }, &[RoutedByStale, Unknown, StaleSupport]),
    unknown("a stale and a fresh page alone", |it| {
        from(it, "wiki");
        stale(it);
        it.memory.push(page("wiki/fresh.md"));
    }, &[RoutedByStale, Unknown, MemoryAlone]),
    pr("a stale page routed", stale, 90, &[Sufficient, RoutedByStale]),
    pr("a superseded page routed", |it| it.memory[0].superseded_by = Some("wiki/new.md".to_owned()), 90, &[Sufficient, RoutedByStale]),
    pr("no page routed", |it| it.memory.clear(), 90, &[Sufficient]),
    pr("a poisoned page routed", |it| it.memory = vec![poisoned()], 90, &[Sufficient]),
    stop("a poisoned page routed, and one source", |it| {
        it.memory = vec![poisoned()];
        it.without("aws");
        it.without("release");
    }, 60, &[NoControl, ConfidenceBelow]),
    pr("the memory as second source", |it| it.receipt("aws").source = "wiki/checkout.md".into(), 70, &[Sufficient]),
    pr("the memory beside a receipt", |it| it.finding("sentry").receipts.push(receipt("wiki", "checkout")), 90, &[Sufficient]),
    pr("the memory says the same", |it| {
        one_source(it);
        let mut output = silent();
        output.findings.push(finding(FindingKind::Observation, "app-regression", receipt("runbooks", "checkout")));
        output.findings.push(finding(FindingKind::Reproduction, "app-regression", receipt("wiki", "repro")));
        output.findings[1].id = "F2".into();
        it.add("memory", output, How::Captured);
    }, 70, &[Sufficient]),

    pr("seen as the window begins", |it| it.each_seen(|it| it.observed_at = at("13:00")), 90, &[Sufficient]),
    pr("seen as the window ends", |it| it.each_seen(|it| it.observed_at = at("15:00")), 90, &[Sufficient]),
    unknown("seen a minute before the window", |it| it.each_seen(|it| it.observed_at = at("12:59")), &[Unknown, OutsideWindow]),
    unknown("seen a minute after the window", |it| it.each_seen(|it| it.observed_at = at("15:01")), &[Unknown, OutsideWindow]),
    unknown("seen in an expired window", |it| {
        it.each_seen(|it| it.observed_at = week_before().from);
        it.each_receipt(|it| it.window = week_before());
    }, &[Unknown, OutsideWindow]),
    unknown("receipts of an expired window", |it| it.each_receipt(|it| it.window = week_before()), &[Unknown, OutsideWindow]),
    unknown("receipts of another hour of the incident", |it| it.each_receipt(|it| it.window = window("14:30", "15:00")), &[Unknown, OutsideWindow]),
    unknown("receipts that touch the window", |it| it.each_receipt(|it| it.window = window("12:00", "13:00")), &[Unknown, OutsideWindow]),
    pr("receipts of the very moment", |it| it.each_receipt(|it| it.window = window("14:05", "14:05")), 90, &[Sufficient]),
    pr("receipts of the whole day", |it| it.each_receipt(|it| it.window = window("00:00", "23:59")), 90, &[Sufficient]),
    pr("one claim of an expired window", |it| it.finding("aws").observed_at = week_before().from, 70, &[Sufficient]),
    unknown("an incident of another minute", |it| it.window = window("14:04", "14:04"), &[Unknown, OutsideWindow]),
];
