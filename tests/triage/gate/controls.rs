//! Queries that could have refuted a claim, and the four ways in which
//! something is not there.

use prode::triage::evidence::How;
use prode::triage::output::{Absence, FindingKind};
use prode::triage::output::{AskedQuery, QueryResult};
use prode::triage::reason::Reason::{
    ConfidenceBelow, Conflict, NoControl, RequiredError, RequiredMissing, Sufficient, Unknown,
};

use super::case::{Case, finding, query, receipt, silent, week_before, window};
use super::{Row, pr, stop, unknown};

/// Neither who saw it is required.
fn optional(case: &mut Case) {
    case.answered.iter_mut().for_each(|it| it.required = false);
}

fn results(case: &mut Case, result: QueryResult) {
    case.each_control(|it| it.result = result);
}

/// The source has data of the last minutes only.
fn half_covered(control: &mut AskedQuery) {
    control.covered = Some(window("14:40", "15:00"));
}

/// Somebody who was asked for more.
fn postgres(case: &mut Case, required: bool, result: QueryResult) {
    let mut output = silent();
    output.queries.push(query("postgres", "locks", result, &[]));
    case.add("postgres", output, How::Captured);
    case.answered.last_mut().unwrap().required = required;
}

/// It says that something did not happen, from a query that failed.
fn mistaken(case: &mut Case, result: QueryResult) {
    case.without("aws");
    let mut output = silent();
    output.queries.push(query("aws:logs", "level=error", result, &["app-regression"]));
    let seen = receipt("aws:logs", "level=error");
    output.findings.push(finding(FindingKind::Observation, "app-regression", seen));
    output.findings[0].claim = "no other error happened".into();
    case.add("aws", output, How::Captured);
}

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    stop("no negative control", |it| it.each_control(|it| it.would_refute.clear()), 70, &[NoControl]),
    pr("one control, of the other's system", |it| it.control("aws").would_refute.clear(), 90, &[Sufficient]),
    stop("controls handed in", |it| {
        let mut output = silent();
        output.queries.push(it.control("aws").clone());
        it.each_control(|it| it.would_refute.clear());
        it.add("support", output, How::Attested);
    }, 70, &[NoControl]),
    stop("controls of an explanation that nobody named", |it| it.each_control(|it| it.would_refute = vec!["gremlins".to_owned()]), 70, &[NoControl]),
    stop("controls of another explanation", |it| it.each_control(|it| it.would_refute = vec!["vendor".to_owned()]), 70, &[NoControl]),
    pr("controls that name claims", |it| {
        it.control("sentry").would_refute = vec!["F1".to_owned()];
        it.control("aws").would_refute = vec!["sentry/F1".to_owned(), "F1".to_owned()];
    }, 90, &[Sufficient]),
    pr("controls that name one claim of two", |it| {
        it.control("sentry").would_refute = vec!["F1".to_owned()];
        it.control("aws").would_refute = vec!["sentry/F1".to_owned()];
    }, 70, &[Sufficient]),
    stop("controls that are the claims' own queries", |it| it.each_control(|it| it.query = "errors".into()), 70, &[NoControl]),
    pr("controls with other parameters than the claims' own queries", |it| it.each_control(|it| {
        it.query = "errors".into();
        it.parameters.insert("release".to_owned(), "86".to_owned());
    }), 90, &[Sufficient]),
    stop("controls by the memory", |it| it.each_control(|it| it.source = "wiki/checkout.md".into()), 70, &[NoControl]),
    pr("a control by the memory found it", |it| {
        it.output("aws").queries.push(query("runbook", "known causes", QueryResult::Found, &["app-regression"]));
    }, 90, &[Sufficient]),

    stop("a control found it", |it| it.control("aws").result = QueryResult::Found, 69, &[Conflict, ConfidenceBelow]),
    stop("both controls found it", |it| results(it, QueryResult::Found), 69, &[Conflict, ConfidenceBelow]),
    stop("a control of a claim found it", |it| {
        let control = it.control("aws");
        control.would_refute = vec!["sentry/F1".to_owned()];
        control.result = QueryResult::Found;
    }, 69, &[Conflict, ConfidenceBelow]),
    pr("a control found it a week before", |it| {
        it.control("aws").result = QueryResult::Found;
        it.control("aws").window = week_before();
    }, 90, &[Sufficient]),
    pr("a control that was handed in found it", |it| {
        let mut output = silent();
        output.queries.push(query("support", "reports", QueryResult::Found, &["app-regression"]));
        it.add("support", output, How::Attested);
    }, 90, &[Sufficient]),

    stop("controls of another week", |it| it.each_control(|it| it.window = week_before()), 70, &[NoControl]),
    stop("controls of another hour of the incident", |it| it.each_control(|it| it.window = window("14:30", "15:00")), 70, &[NoControl]),
    stop("controls that touch the window", |it| it.each_control(|it| it.window = window("15:00", "16:00")), 70, &[NoControl]),
    pr("controls of the hour in which it was seen", |it| it.each_control(|it| it.window = window("14:00", "14:30")), 90, &[Sufficient]),
    pr("controls of the whole day", |it| it.each_control(|it| it.window = window("00:00", "23:59")), 90, &[Sufficient]),
    pr("controls whose source has all of the time", |it| it.each_control(|it| it.covered = Some(window("12:00", "16:00"))), 90, &[Sufficient]),
    stop("controls whose source has half of the time", |it| { optional(it); it.each_control(half_covered); }, 70, &[NoControl]),
    pr("one control whose source has half of the time", |it| half_covered(it.control("aws")), 90, &[Sufficient]),
    stop("required, and its source has half of the time", |it| half_covered(it.control("sentry")), 69, &[RequiredMissing, ConfidenceBelow]),

    stop("controls that failed", |it| { optional(it); results(it, QueryResult::Error); }, 70, &[NoControl]),
    stop("controls that were not asked", |it| { optional(it); results(it, QueryResult::NotSearched); }, 70, &[NoControl]),
    stop("controls outside the time that is kept", |it| { optional(it); results(it, QueryResult::OutsideWindow); }, 70, &[NoControl]),
    stop("controls that failed, one of them required", |it| results(it, QueryResult::Error), 69, &[NoControl, RequiredError, ConfidenceBelow]),
    stop("controls that were not asked, one of them required", |it| results(it, QueryResult::NotSearched), 69, &[NoControl, RequiredMissing, ConfidenceBelow]),
    stop("an error mistaken for absence", |it| {
        it.control("sentry").would_refute.clear();
        mistaken(it, QueryResult::Error);
    }, 70, &[NoControl]),
    stop("not searched, mistaken for absence", |it| {
        it.control("sentry").would_refute.clear();
        mistaken(it, QueryResult::NotSearched);
    }, 70, &[NoControl]),

    stop("required and failed", |it| it.missing("postgres", Absence::Error, true), 69, &[RequiredError, ConfidenceBelow]),
    stop("required and not searched", |it| it.missing("postgres", Absence::NotSearched, true), 69, &[RequiredMissing, ConfidenceBelow]),
    stop("required and outside the time that is kept", |it| it.missing("postgres", Absence::OutsideWindow, true), 69, &[RequiredMissing, ConfidenceBelow]),
    stop("required twice, failed and not searched", |it| {
        it.missing("postgres", Absence::NotSearched, true);
        it.missing("support", Absence::Error, true);
    }, 69, &[RequiredMissing, RequiredError, ConfidenceBelow]),
    pr("optional and failed", |it| it.missing("postgres", Absence::Error, false), 90, &[Sufficient]),
    pr("optional and not searched", |it| it.missing("postgres", Absence::NotSearched, false), 90, &[Sufficient]),
    pr("required, and nothing was there", |it| postgres(it, true, QueryResult::Empty), 90, &[Sufficient]),
    stop("required, and a query of it failed", |it| postgres(it, true, QueryResult::Error), 69, &[RequiredError, ConfidenceBelow]),
    stop("required, and a query of it was not asked", |it| postgres(it, true, QueryResult::NotSearched), 69, &[RequiredMissing, ConfidenceBelow]),
    stop("required, and it has no data of that time", |it| postgres(it, true, QueryResult::OutsideWindow), 69, &[RequiredMissing, ConfidenceBelow]),
    pr("optional, and a query of it failed", |it| postgres(it, false, QueryResult::Error), 90, &[Sufficient]),
    pr("an answer names a gap", |it| it.gap("aws", Absence::Error, false), 90, &[Sufficient]),
    stop("an answer names a gap that it needs", |it| it.gap("aws", Absence::NotSearched, true), 69, &[RequiredMissing, ConfidenceBelow]),
    stop("an answer names an error that it needs", |it| it.gap("aws", Absence::Error, true), 69, &[RequiredError, ConfidenceBelow]),
    pr("an answer names what is empty", |it| it.gap("aws", Absence::Empty, true), 90, &[Sufficient]),
    unknown("all that was required failed", |it| {
        for name in ["sentry", "aws", "release"] { it.missing(name, Absence::Error, true); }
    }, &[Unknown, RequiredError]),
    unknown("nobody could be asked", |it| {
        for name in ["sentry", "aws", "release"] { it.missing(name, Absence::NotSearched, true); }
    }, &[Unknown, RequiredMissing]),
];
