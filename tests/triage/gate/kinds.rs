//! What the ticket is: explanations that stand, compete, or are refuted.

use prode::triage::class::Classification as Class;
use prode::triage::class::Decision::{Handoff, Pr, Stop};
use prode::triage::evidence::{How, Hypothesis};
use prode::triage::output::FindingKind;
use prode::triage::output::QueryResult;
use prode::triage::reason::Reason::{
    ActionElsewhere, ApprovalWaiting, CodeAtFault, Competing, ConfidenceBelow, Conflict,
    NothingToDo, Sufficient, Unknown,
};

use super::case::{Case, finding, query, receipt, silent, wanted, week_before};
use super::{Row, decided, pr, stop, unknown};

/// A third who saw something.
fn third(case: &mut Case, supports: &str, refutes: &str, how: How) {
    let mut output = silent();
    let mut seen = finding(FindingKind::Observation, supports, receipt("support", "reports"));
    seen.supports.retain(|it| !it.is_empty());
    seen.refutes = Some(refutes.to_owned()).into_iter().filter(|it| !it.is_empty()).collect();
    output.findings.push(seen);
    case.add("support", output, how);
}

fn also_config(case: &mut Case) {
    case.rename(&["data-state"]);
    case.finding("sentry").supports.push("app-regression".to_owned());
    case.finding("aws").supports.push("config".to_owned());
}

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    pr("sufficient", |_| {}, 90, &[Sufficient]),
    decided("a setting here", |it| it.rename(&["config"]), Pr, Class::Config, 90, &[Sufficient]),
    decided("a setting elsewhere", |it| it.rename(&["config-elsewhere"]), Handoff, Class::Config, 90, &[Sufficient, ActionElsewhere]),
    decided("a system has too little", |it| it.rename(&["infra-capacity"]), Handoff, Class::InfraCapacity, 90, &[Sufficient, ActionElsewhere]),
    decided("a vendor fails", |it| it.rename(&["vendor"]), Handoff, Class::Vendor, 90, &[Sufficient, ActionElsewhere]),
    decided("noise", |it| it.rename(&["expected-noise"]), Stop, Class::ExpectedNoise, 90, &[Sufficient, NothingToDo]),
    decided("a duplicate", |it| it.rename(&["duplicate"]), Stop, Class::Duplicate, 90, &[Sufficient, NothingToDo]),
    decided("wrong data alone", |it| it.rename(&["data-state"]), Handoff, Class::DataState, 90, &[Sufficient, ActionElsewhere]),
    decided("wrong data, made by the code", |it| it.rename(&["data-state", "app-regression"]), Pr, Class::DataState, 90, &[Sufficient, CodeAtFault]),
    decided("wrong data, made by a setting here", |it| it.rename(&["data-state", "config"]), Pr, Class::DataState, 90, &[Sufficient, CodeAtFault]),
    decided("wrong data, made by the code, to be corrected", |it| {
        it.rename(&["data-state", "app-regression"]);
        it.output("sentry").requests.push(wanted());
    }, Pr, Class::DataState, 90, &[Sufficient, CodeAtFault, ApprovalWaiting]).waiting(1),
    unknown("wrong data and a setting elsewhere", |it| it.rename(&["data-state", "config-elsewhere"]), &[Competing]),
    unknown("wrong data and a vendor", |it| it.rename(&["data-state", "vendor"]), &[Competing]),
    unknown("wrong data and two causes of it", also_config, &[Competing]),
    unknown("the code and a setting here", |it| it.rename(&["app-regression", "config"]), &[Competing]),
    unknown("the code and a system that has too little", |it| it.rename(&["app-regression", "infra-capacity"]), &[Competing]),
    unknown("one saw the code fail, the other a vendor", |it| it.finding("aws").supports = vec!["vendor".to_owned()], &[Competing]),
    unknown("noise and the code", |it| third(it, "expected-noise", "", How::Captured), &[Competing]),
    unknown("another explanation, contradicted", |it| third(it, "vendor", "vendor", How::Captured), &[Competing, Conflict]),
    stop("one who saw it says that it is not so", |it| {
        let finding = it.finding("aws");
        finding.refutes = std::mem::take(&mut finding.supports);
    }, 69, &[Conflict, ConfidenceBelow]),
    stop("a third refutes it", |it| third(it, "", "app-regression", How::Captured), 69, &[Conflict, ConfidenceBelow]),
    stop("a claim that supports and refutes", |it| it.finding("aws").refutes = vec!["app-regression".to_owned()], 69, &[Conflict, ConfidenceBelow]),
    unknown("both say that it is not so", |it| it.each_seen(|it| it.refutes = std::mem::take(&mut it.supports)), &[Unknown]),
    pr("another explanation is refuted", |it| third(it, "", "vendor", How::Captured), 90, &[Sufficient]),
    pr("a refutation that was handed in", |it| third(it, "", "app-regression", How::Attested), 90, &[Sufficient]),
    pr("a refutation of another week", |it| {
        third(it, "", "app-regression", How::Captured);
        it.finding("support").observed_at = week_before().from;
    }, 90, &[Sufficient]),
    pr("a refutation by the memory", |it| {
        third(it, "", "app-regression", How::Captured);
        it.receipt("support").source = "wiki/checkout.md".into();
    }, 90, &[Sufficient]),
    unknown("a change alone", |it| { it.without("aws"); it.without("sentry"); }, &[Unknown]),
    unknown("nobody found anything", |it| it.outputs().for_each(|it| it.findings.clear()), &[Unknown]),
    unknown("nobody was asked", |it| it.answered.clear(), &[Unknown]),
    unknown("an explanation that nobody named", |it| it.each_seen(|it| it.supports = vec!["gremlins".to_owned()]), &[Unknown]),
    unknown("claims for no explanation", |it| it.each_seen(|it| it.supports.clear()), &[Unknown]),
    unknown("no explanation is weighed", |it| it.hypotheses.clear(), &[Unknown]),
    unknown("an explanation of no row of the table", |it| it.hypotheses = vec![Hypothesis {
        id: "app-regression".to_owned(), kind: "gremlins".to_owned(), text: "they did it".to_owned(),
    }], &[Unknown]),
    pr("an explanation in a coordinator's words", |it| it.hypotheses = vec![Hypothesis {
        id: "app-regression".to_owned(), kind: "app-regression".to_owned(), text: "the gift cards".to_owned(),
    }], 90, &[Sufficient]),
    pr("a control that would have refuted another explanation finds it", |it| {
        it.output("aws").queries.push(query("aws", "status page", QueryResult::Found, &["vendor"]));
    }, 90, &[Sufficient]),
];
