//! What a specialist answers, and what becomes of it as evidence.

use prode::triage::bundle::Waiting;
use prode::triage::class::{Classification, Decision, KINDS, Kind};
use prode::triage::evidence::How;
use prode::triage::inventory::{Inventory, Sort, Tool};
use prode::triage::output::{Absence, FindingKind, Output, QueryResult};
use serde_json::{Value, json};

use super::super::gate::case::{Case, at, finding, query, receipt, silent, wanted, window};

/// An answer with one claim and one query.
fn answer() -> Value {
    let span = window("14:00", "14:00");
    json!({"schema": Output::SCHEMA, "question": "q",
        "queries": [{"source": "aws", "query": "q", "window": span, "result": "found"}],
        "findings": [{"id": "F1", "claim": "c", "observed_at": at("14:00"), "receipts": [
            {"source": "aws", "query": "q", "window": span, "at": at("14:00"), "excerpt": "e"}]}]})
}

#[test]
fn an_answer_is_held_to_its_form() {
    let refused = |change: fn(&mut Value)| {
        let mut answer = answer();
        change(&mut answer);
        Output::parse(&answer.to_string()).unwrap_err().0
    };
    let read = Output::parse(&answer().to_string()).unwrap();
    assert_eq!(read.findings[0].kind, FindingKind::Observation);
    let schema = refused(|it| it["schema"] = json!("prode.specialist.output/v2"));
    assert_eq!(schema, "its schema is not prode.specialist.output/v1");
    let backwards = "a window ends before it begins: 2026-11-03T14:00:01Z";
    let late = |it: &mut Value| it["window"]["from"] = json!("2026-11-03T14:00:01Z");
    let mut query = answer();
    late(&mut query["queries"][0]);
    let mut seen = answer();
    late(&mut seen["findings"][0]["receipts"][0]);
    for answer in [query, seen] {
        assert_eq!(Output::parse(&answer.to_string()).unwrap_err().0, backwards);
    }
    assert_eq!(refused(|it| it["findings"][0]["id"] = json!(" ")), "finding 1 has no id");
    let more = |it: &mut Value, id: &str| {
        let mut one = it["findings"][0].clone();
        one["id"] = json!(id);
        it["findings"].as_array_mut().unwrap().push(one);
    };
    let mut two = answer();
    more(&mut two, "F2");
    assert!(Output::parse(&two.to_string()).is_ok());
    more(&mut two, "");
    assert_eq!(Output::parse(&two.to_string()).unwrap_err().0, "finding 3 has no id");
    let mut twice = answer();
    more(&mut twice, "F1");
    let error = Output::parse(&twice.to_string()).unwrap_err();
    assert_eq!(error.to_string(), "it is no answer of a specialist: two findings are called 'F1'");
}

#[test]
fn what_an_answer_took_is_counted() {
    let mut output = silent();
    output.cost_units = 7;
    for result in [
        QueryResult::Found,
        QueryResult::Empty,
        QueryResult::Error,
        QueryResult::NotSearched,
        QueryResult::OutsideWindow,
    ] {
        output.queries.push(query("aws", "q", result, &[]));
    }
    let seen = finding(FindingKind::Observation, "vendor", receipt("aws", "q"));
    output.findings = vec![seen.clone(), seen.clone(), seen];
    let spent = output.spent(1_000, 3);
    assert_eq!((spent.bytes, spent.seconds, spent.cost_units, spent.evidence), (1_000, 3, 7, 5));
}

#[test]
fn what_is_not_there_says_in_which_way() {
    for (result, absence, words) in [
        (QueryResult::Empty, Absence::Empty, "empty"),
        (QueryResult::Error, Absence::Error, "error"),
        (QueryResult::NotSearched, Absence::NotSearched, "not searched"),
        (QueryResult::OutsideWindow, Absence::OutsideWindow, "outside the window"),
    ] {
        assert_eq!(result.absence(), Some(absence));
        assert_eq!(absence.to_string(), words);
    }
    assert_eq!(QueryResult::Found.absence(), None);
}

#[test]
fn an_answer_is_put_together_under_names_of_its_own() {
    let mut case = Case::sufficient();
    case.output("aws").requests = vec![wanted(), wanted()];
    case.output("sentry").requests = vec![wanted()];
    case.gap("sentry", Absence::Error, true);
    case.finding("aws").supports.push("gremlins".to_owned());
    let evidence = case.evidence();
    let named: Vec<&str> = evidence.findings.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(named, ["aws/F1", "release/F1", "sentry/F1"]);
    let seen: Vec<(&str, &str)> =
        evidence.receipts.iter().map(|it| (it.id.as_str(), it.source.as_str())).collect();
    assert_eq!(seen, [("R1", "aws:cloudwatch"), ("R2", "git"), ("R3", "sentry")]);
    assert_eq!((evidence.requests.len(), evidence.cost_units), (1, 3));
    let gaps: Vec<String> = evidence
        .gaps
        .iter()
        .map(|it| format!("{}: {} ({})", it.specialist, it.what, it.absence))
        .collect();
    let expected = [
        "aws: aws/F1 names an explanation that nobody weighs: gremlins (not searched)",
        "sentry: the other half (error)",
    ];
    assert_eq!(gaps, expected);
    assert!(evidence.gaps[1].required && !evidence.gaps[0].required);
    assert_eq!(evidence.receipt("R2").map(|it| it.source.as_str()), Some("git"));
    assert_eq!((evidence.receipt("R4"), evidence.finding("aws/F2")), (None, None));
    let digest = prode::canonical::digest(b"what git says");
    assert_eq!(evidence.receipts[1].digest, digest);
}

#[test]
fn what_was_made_to_happen_again_counts_whenever_it_was() {
    let reproduced = |change: &dyn Fn(&mut Case), how: How| {
        let mut output = silent();
        let mut again = receipt("reproduce", "npm test");
        again.window = window("20:00", "21:00");
        output.findings.push(finding(FindingKind::Reproduction, "app-regression", again));
        output.findings[0].observed_at = at("20:30");
        let mut case = Case::sufficient();
        case.add("reproduce", output, how);
        change(&mut case);
        let evidence = case.evidence();
        let found = evidence.finding("reproduce/F1").unwrap();
        (evidence.is_reproduced(found), case.verdict().confidence.value)
    };
    let captured = How::Captured;
    assert_eq!(reproduced(&|_| {}, captured), (true, 100));
    assert_eq!(reproduced(&|_| {}, How::Attested), (false, 90));
    let late = |it: &mut Case| it.finding("reproduce").observed_at = at("21:01");
    assert_eq!(reproduced(&late, captured), (false, 90));
    let quoted = |it: &mut Case| it.receipt("reproduce").source = "wiki".to_owned();
    assert_eq!(reproduced(&quoted, captured), (false, 90));
    let other = |it: &mut Case| it.finding("reproduce").supports = vec!["vendor".to_owned()];
    assert_eq!(reproduced(&other, captured), (true, 90));
    let observed = |it: &mut Case| it.finding("reproduce").kind = FindingKind::Observation;
    assert!(!reproduced(&observed, captured).0);
}

#[test]
fn a_request_for_approval_is_named_by_its_digest() {
    let waiting = Waiting::of(wanted()).unwrap();
    assert_eq!((waiting.state.as_str(), waiting.digest.len()), ("outstanding", 71));
    let mut other = wanted();
    other.what.push('0');
    assert_ne!(Waiting::of(other).unwrap().digest, waiting.digest);
}

#[test]
fn a_specialist_is_asked_in_the_way_that_was_chosen() {
    let tool = |name: &str, sort: Sort, chosen: bool| Tool {
        name: name.to_owned(),
        sort,
        answered: true,
        identity: None,
        read_only: None,
        blocked: None,
        chosen,
    };
    let aws = tool("aws", Sort::Program, true);
    let all = [
        tool("sentry", Sort::McpTool, true),
        tool("aws", Sort::BuiltIn, false),
        aws.clone(),
        aws.clone(),
        tool("vendor", Sort::BuiltIn, false),
    ];
    let inventory = Inventory::of(all.to_vec());
    let names: Vec<&str> = inventory.tools.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["aws", "aws", "sentry", "vendor"]);
    assert_eq!(inventory.schema, "prode.inventory/v1");
    assert_eq!(inventory.route("aws"), Some(&aws));
    assert_eq!([inventory.route("vendor"), inventory.route("github")], [None, None]);
}

#[test]
fn what_follows_from_an_explanation_is_the_table_s_alone() {
    let table: Vec<String> =
        KINDS.iter().map(|it| format!("{} is {}: {}", it.name, it.class, it.rule)).collect();
    let expected = [
        "app-regression is app-regression: pr",
        "config is config: pr",
        "config-elsewhere is config: handoff",
        "data-state is data-state: handoff",
        "infra-capacity is infra-capacity: handoff",
        "vendor is vendor: handoff",
        "expected-noise is expected-noise: stop",
        "duplicate is duplicate: stop",
    ];
    assert_eq!(table, expected);
    let here = KINDS.iter().filter(|it| it.is_fault_here()).map(|it| it.name);
    assert_eq!(here.collect::<Vec<_>>(), ["app-regression", "config"]);
    assert_eq!(Kind::named("Vendor").map(|it| it.name), None);
    assert_eq!(Kind::named("vendor").map(|it| it.rule), Some(Decision::Handoff));
    assert_eq!(Classification::Unknown.to_string(), "unknown");
}
