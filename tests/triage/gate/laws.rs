//! What holds of all evidence: doubt only lowers, the memory adds nothing,
//! order does not matter, and whatever becomes more than a stop has everything
//! that the gate demands.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use prode::canonical::{from_bytes, to_bytes};
use prode::triage::bundle::Bundle;
use prode::triage::class::Decision;
use prode::triage::evidence::{Answer, Answered, Evidence, Finding, How, Receipt};
use prode::triage::gate::{State, Verdict};
use prode::triage::output::Absence;
use prode::triage::output::{Output, QueryResult};
use prode::triage::snapshot::Snapshot;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::case::{Case, query, silent};
use super::random::{case, output, pages, quoting};

/// Cases of each law.
const CASES: u32 = 512;

fn bundle(case: &Case) -> Vec<u8> {
    let now = Timestamp::UNIX_EPOCH;
    let before = SignedDuration::from_hours(2);
    let snapshot = Snapshot::read("checkout answers 500", "file", before, now).unwrap();
    let bundle = Bundle::of(&snapshot, &[], case.evidence(), case.verdict()).unwrap();
    bundle.bytes().unwrap()
}

/// What a decision is worth: which, and how sure.
fn worth(verdict: &Verdict) -> (Decision, u8) {
    (verdict.decision, verdict.confidence.value)
}

fn said(verdict: &Verdict) -> impl PartialEq + std::fmt::Debug + use<> {
    let Verdict { decisive, confidence, classification, decision, .. } = verdict.clone();
    (decisive, confidence, classification, decision)
}

/// The same answers in another order, and with the parts of each in another.
fn shuffled(mut case: Case, order: &[usize]) -> Case {
    fn turn<T>(items: &mut [T], order: &[usize]) {
        for (at, to) in (0..items.len()).zip(order) {
            items.swap(at, to % items.len());
        }
    }
    for output in case.outputs() {
        turn(&mut output.queries, order);
        turn(&mut output.findings, order);
        turn(&mut output.gaps, order);
        turn(&mut output.requests, order);
        for finding in &mut output.findings {
            turn(&mut finding.receipts, order);
            turn(&mut finding.supports, order);
        }
    }
    turn(&mut case.answered, order);
    turn(&mut case.hypotheses, order);
    case
}

fn is_memory(receipt: &Receipt) -> bool {
    let source = receipt.source.to_lowercase();
    ["wiki", "adr", "memory", "skill", "runbook"].iter().any(|it| source.trim().starts_with(it))
}

/// A receipt that the gate may rely on, as the specification words it.
fn is_captured(evidence: &Evidence, finding: &Finding) -> bool {
    let receipts = evidence.receipts.iter().filter(|it| finding.receipts.contains(&it.id));
    let mut good = receipts.filter(|it| it.how == How::Captured && !is_memory(it));
    evidence.window.holds(finding.observed_at)
        && good.any(|it| it.window.holds(finding.observed_at))
}

/// What the specification demands of anything but a stop, worked out anew.
fn holds_everything(case: &Case, verdict: &Verdict) -> Result<(), String> {
    let evidence = case.evidence();
    let need = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    need(verdict.confidence.value >= case.bar.confidence.max(70), "the threshold")?;
    need(!verdict.decisive.is_empty(), "a claim")?;
    for claim in &verdict.decisive {
        let finding = evidence.findings.iter().find(|it| it.id == *claim);
        let finding = finding.ok_or("a claim that exists")?;
        need(is_captured(&evidence, finding), "a captured receipt of the window")?;
    }
    let needed = |it: &&prode::triage::evidence::Gap| it.required && it.absence != Absence::Empty;
    need(evidence.gaps.iter().find(needed).is_none(), "all that is required")?;
    let both = |it: &prode::triage::gate::Weighed| it.state == State::Contradicted;
    need(!verdict.hypotheses.iter().any(both), "no contradiction")?;
    let tried = |it: &prode::triage::evidence::Control| {
        it.how == How::Captured && matches!(it.result, QueryResult::Empty | QueryResult::Found)
    };
    need(evidence.controls.iter().any(tried), "a negative control")?;
    need(!case.bar.budget_spent && !case.bar.approval_outstanding, "budget and approval")
}

fn answered(specialist: &str, answer: Answer, required: bool) -> Answered {
    Answered { specialist: specialist.to_owned(), required, answer }
}

/// A doubt, in each of the ways in which one comes.
fn doubted(mut case: Case, way: usize, required: bool, output: Output) -> Case {
    let absence = [Absence::Error, Absence::NotSearched, Absence::OutsideWindow][way % 3];
    let result =
        [QueryResult::Error, QueryResult::NotSearched, QueryResult::OutsideWindow][way % 3];
    let why = "no answer".to_owned();
    let missing = Answer::Missing { absence, why: why.clone() };
    match (way / 3, case.answered.first_mut().map(|it| &mut it.answer)) {
        (1, Some(Answer::Given(first, _))) => {
            first.queries.push(query("aws:logs", "one more", result, &["app-regression"]));
        }
        (2, Some(Answer::Given(first, _))) => {
            let gap = prode::triage::output::GivenGap { what: why, absence, required };
            first.gaps.push(gap);
        }
        (3, _) => {
            // Only its doubts.
            let mut queries = output.queries;
            for it in &mut queries {
                it.result = result;
            }
            let output = Output { queries, gaps: output.gaps, ..silent() };
            case.answered.push(answered("zeta", Answer::Given(output, How::Captured), required));
        }
        _ => case.answered.push(answered("zeta", missing, required)),
    }
    case
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_answers_changes_no_byte(
        case in case(),
        order in proptest::collection::vec(0_usize..7, 7),
    ) {
        prop_assert_eq!(bundle(&shuffled(case.clone(), &order)), bundle(&case));
    }

    #[test]
    fn the_same_answers_make_the_same_bytes_which_are_read_as_the_same_bundle(case in case()) {
        let bytes = bundle(&case);
        prop_assert_eq!(&bundle(&case), &bytes);
        let read: Bundle = from_bytes(&bytes).unwrap();
        prop_assert_eq!(to_bytes(&read).unwrap(), bytes);
    }

    #[test]
    fn pages_add_nothing(case in case(), pages in pages()) {
        let mut more = case.clone();
        more.memory.extend(pages);
        prop_assert_eq!(said(&more.verdict()), said(&case.verdict()));
    }

    #[test]
    fn an_answer_that_quotes_the_memory_adds_nothing(case in case(), quoting in quoting()) {
        let mut more = case.clone();
        more.add("zeta", quoting, How::Captured);
        prop_assert_eq!(said(&more.verdict()), said(&case.verdict()));
    }

    #[test]
    fn an_answer_that_was_handed_in_adds_nothing(case in case(), output in output()) {
        let mut more = case.clone();
        let gaps = Vec::new();
        more.add("zeta", Output { gaps, ..output }, How::Attested);
        let (before, after) = (case.verdict(), more.verdict());
        prop_assert_eq!(said(&after), said(&before));
    }

    #[test]
    fn an_error_or_a_gap_never_raises(
        case in case(),
        way in 0_usize..12,
        required in any::<bool>(),
        output in output(),
    ) {
        let before = case.verdict();
        let after = doubted(case, way, required, output).verdict();
        prop_assert!(worth(&after) <= worth(&before), "{:?} after {:?}", worth(&after), worth(&before));
    }

    #[test]
    fn a_spent_budget_and_a_higher_threshold_never_raise(case in case(), bar in any::<u8>()) {
        let before = case.verdict();
        let (mut spent, mut higher) = (case.clone(), case);
        spent.bar.budget_spent = true;
        higher.bar.confidence = bar;
        prop_assert!(worth(&spent.verdict()) <= worth(&before));
        prop_assert!(worth(&higher.verdict()) <= worth(&before));
    }

    #[test]
    fn a_coordinator_only_lowers(case in case(), wanted in 0_u8..=100) {
        let alone = case.verdict();
        let mut chosen = case;
        let name = alone.classification.to_string();
        let claims: Vec<&str> = alone.decisive.iter().map(String::as_str).collect();
        chosen.choose(&name, &claims, Some(wanted));
        let said = chosen.verdict();
        prop_assert!(said.confidence.value <= alone.confidence.value.min(wanted));
        prop_assert!(worth(&said) <= worth(&alone));
    }

    #[test]
    fn more_than_a_stop_has_all_that_the_gate_demands(case in case()) {
        let verdict = case.verdict();
        if verdict.decision != Decision::Stop {
            prop_assert_eq!(holds_everything(&case, &verdict), Ok(()));
        }
    }
}

/// The laws say nothing where chance never comes to a decision.
#[test]
fn chance_comes_to_every_decision() {
    let mut runner = TestRunner::deterministic();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..2_000 {
        let case = case().new_tree(&mut runner).unwrap().current();
        let verdict = case.verdict();
        *met.entry(verdict.decision.to_string()).or_default() += 1;
        *met.entry(verdict.classification.to_string()).or_default() += 1;
    }
    println!("of 2000 random cases: {met:?}");
    for name in ["pr", "handoff", "stop", "app-regression", "vendor", "data-state", "unknown"] {
        assert!(met.get(name).is_some_and(|count| *count >= 40), "{name}: {met:?}");
    }
}
