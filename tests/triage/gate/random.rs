//! Random evidence of a small world: few systems, names, times, so that claims
//! and controls meet.

use prode::triage::evidence::{Answer, Answered, How, MemoryUse};
use prode::triage::output::{Absence, FindingKind};
use prode::triage::output::{
    AskedQuery, GivenFinding, GivenGap, GivenReceipt, Output, QueryResult,
};
use prode::triage::window::Window;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::case::{Case, at, incident, page, query, receipt, silent, wanted, week_before, window};

const SPECIALISTS: &[&str] = &["git", "logs", "postgres", "support", "vendor"];
const SYSTEMS: &[&str] =
    &["sentry", "aws:logs", "aws:metrics", "postgres", "git", "wiki/a.md", "adr"];
const MEMORIES: &[&str] = &["wiki/a.md", "Memory", "adr/12", "skill:x", " runbooks "];
const QUERIES: &[&str] = &["errors", "the same before", "locks"];
const NAMES: &[&str] = &["app-regression", "config", "data-state", "vendor", "gremlins"];

fn times() -> Vec<Window> {
    vec![incident(), window("14:00", "14:10"), window("14:30", "16:00"), week_before()]
}

fn text(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(from).prop_map(str::to_owned)
}

/// Mostly few.
fn names() -> impl Strategy<Value = Vec<String>> {
    let few = subsequence(NAMES, 0..=2);
    prop_oneof![2 => Just(vec!["app-regression"]), 3 => few]
        .prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn result() -> impl Strategy<Value = QueryResult> {
    use QueryResult::{Empty, Error, Found, NotSearched, OutsideWindow};
    select(vec![Found, Empty, Empty, Error, NotSearched, OutsideWindow])
}

fn absence() -> impl Strategy<Value = Absence> {
    select(vec![Absence::Empty, Absence::Error, Absence::NotSearched, Absence::OutsideWindow])
}

pub(super) fn how() -> impl Strategy<Value = How> {
    prop_oneof![4 => Just(How::Captured), 1 => Just(How::Attested)]
}

fn asked(systems: &'static [&'static str]) -> impl Strategy<Value = AskedQuery> {
    let parts = (text(systems), text(QUERIES), select(times()), result());
    (parts, option::weighted(0.2, select(times())), names()).prop_map(
        |((source, text, window, result), covered, would_refute)| AskedQuery {
            window,
            covered,
            would_refute,
            ..query(&source, &text, result, &[])
        },
    )
}

fn given_receipt(systems: &'static [&'static str]) -> impl Strategy<Value = GivenReceipt> {
    let parts = (text(systems), text(QUERIES), select(times()));
    parts.prop_map(|(source, text, window)| GivenReceipt { window, ..receipt(&source, &text) })
}

fn given_finding(systems: &'static [&'static str]) -> impl Strategy<Value = GivenFinding> {
    use FindingKind::{Change, Observation, Reproduction};
    let kind = select(vec![Observation, Observation, Observation, Change, Reproduction]);
    let refutes = prop_oneof![4 => Just(Vec::new()), 1 => names()];
    let observed_at = select(vec![at("13:00"), at("14:05"), at("14:05"), at("15:01")]);
    (kind, names(), refutes, vec(given_receipt(systems), 0..3), observed_at).prop_map(
        |(kind, supports, refutes, receipts, observed_at)| GivenFinding {
            id: String::new(),
            claim: "it is so".to_owned(),
            kind,
            supports,
            refutes,
            receipts,
            observed_at,
        },
    )
}

fn given_gap() -> impl Strategy<Value = GivenGap> {
    (absence(), any::<bool>()).prop_map(|(absence, required)| {
        let required = required && absence == Absence::Empty;
        GivenGap { what: "the rest".to_owned(), absence, required }
    })
}

fn output_of(systems: &'static [&'static str]) -> impl Strategy<Value = Output> {
    let parts = (vec(asked(systems), 0..4), vec(given_finding(systems), 0..4));
    (parts, vec(given_gap(), 0..2), any::<bool>()).prop_map(|((queries, findings), gaps, wants)| {
        let mut output = Output { queries, findings, gaps, ..silent() };
        for (number, finding) in output.findings.iter_mut().enumerate() {
            finding.id = format!("F{}", number + 1);
        }
        output.requests.extend(wants.then(wanted));
        output
    })
}

pub(super) fn output() -> impl Strategy<Value = Output> {
    output_of(SYSTEMS)
}

/// An answer that quotes nothing but the memory, and has no gaps.
pub(super) fn quoting() -> impl Strategy<Value = Output> {
    output_of(MEMORIES).prop_map(|output| {
        let told = |it: &AskedQuery| {
            matches!(it.result, QueryResult::Found | QueryResult::Empty) && it.covered.is_none()
        };
        let queries = output.queries.into_iter().filter(told).collect();
        Output { queries, gaps: Vec::new(), requests: Vec::new(), ..output }
    })
}

pub(super) fn pages() -> impl Strategy<Value = Vec<MemoryUse>> {
    let one = (select(vec!["wiki/a.md", "adr/1.md", "wiki/b.md#x"]), any::<bool>(), any::<bool>());
    vec(one, 0..3).prop_map(|pages| {
        let page = |(cite, stale, newer): (&str, bool, bool)| MemoryUse {
            stale,
            superseded_by: newer.then(|| "wiki/new.md".to_owned()),
            ..page(cite)
        };
        pages.into_iter().map(page).collect()
    })
}

fn answer() -> impl Strategy<Value = Answer> {
    let missing =
        absence().prop_map(|absence| Answer::Missing { absence, why: "no answer".to_owned() });
    let given = (output(), how()).prop_map(|(output, how)| Answer::Given(output, how));
    prop_oneof![1 => missing, 5 => given]
}

fn answered() -> impl Strategy<Value = Vec<Answered>> {
    let names = subsequence(SPECIALISTS, 0..=3);
    (names, vec((answer(), prop::bool::weighted(0.1)), 3)).prop_map(|(names, answers)| {
        let row = |(specialist, (answer, required)): (&&str, (Answer, bool))| Answered {
            specialist: (*specialist).to_owned(),
            required,
            answer,
        };
        names.iter().zip(answers).map(row).collect()
    })
}

/// A sufficient case with more beside it, or chance alone.
pub(super) fn case() -> impl Strategy<Value = Case> {
    let begin = select(vec!["", "app-regression", "app-regression", "vendor", "data-state"]);
    (begin, answered(), pages(), any::<bool>()).prop_map(|(begin, more, memory, less)| {
        let mut case = Case::of(if begin.is_empty() { "vendor" } else { begin });
        if begin.is_empty() {
            case.answered.clear();
        } else if less {
            case.without("aws");
        }
        case.memory.extend(memory);
        case.answered.extend(more);
        case
    })
}
