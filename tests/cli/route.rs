//! `prode route`, `prode runbook`

use serde_json::{Value, json};

use super::memory::memory;
use crate::support::TestRepo;

fn route(repo: &TestRepo, args: &[&str]) -> Value {
    let answer = repo.prode(&[&["route", "--json"], args].concat()).ok().json();
    assert_eq!(answer["schema"], "prode.route/v1");
    assert_eq!(answer["label"], "routing memory, not evidence");
    answer
}

fn first(answer: &Value) -> &Value {
    &answer["pages"][0]["path"]
}

#[test]
fn an_alert_an_error_and_an_expression_come_before_words() {
    let repo = memory();
    for ticket in [
        "QueueOldestMessageAge firing, disk full, writes fail, no space left on device",
        "worker died: SQSError: OverLimit while the disk is full and writes fail",
        "age of oldest message > 900 but the disk is full and writes fail",
    ] {
        let answer = route(&repo, &[ticket]);
        assert_eq!(first(&answer), "wiki/runbooks/queue.md", "{ticket}");
        assert_eq!(answer["abstained"], false);
        assert_eq!(answer["specialists"], json!(["aws", "release"]));
    }
}

#[test]
fn payloads_are_recognised_and_their_signals_stand_in_the_input() {
    let repo = memory();
    let payload = json!({"version": "4", "status": "firing", "alerts": [{"status": "firing",
        "labels": {"alertname": "QueueOldestMessageAge", "service": "billing"},
        "annotations": {"summary": "messages wait"}}]})
    .to_string();
    let answer = repo.prode_with_input(&["route", "--json", "-"], &payload).ok().json();
    assert_eq!(first(&answer), "wiki/runbooks/queue.md");
    let signals = answer["signals"].as_array().unwrap();
    let alert = signals.iter().find(|signal| signal["type"] == "alert_name").unwrap();
    let span = |at: usize| usize::try_from(alert["span"][at].as_u64().unwrap()).unwrap();
    assert_eq!(&payload[span(0)..span(1)], "QueueOldestMessageAge");
}

#[test]
fn the_context_holds_whole_sections_within_the_budget_and_says_what_is_left_out() {
    let repo = memory();
    let answer = route(&repo, &["messages wait for workers in the queue", "--budget", "20"]);
    let context = &answer["context"];
    assert!(context["used"].as_u64().unwrap() <= 20);
    assert!(!context["omitted"].as_array().unwrap().is_empty());
    let whole = route(&repo, &["messages wait for workers in the queue"]);
    let texts: Vec<&str> = whole["context"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["text"].as_str().unwrap())
        .collect();
    assert!(texts.contains(&"## Symptoms\n\nMessages wait for workers.\n\n"), "{texts:?}");
}

#[test]
fn an_archived_page_is_never_read_but_an_exact_match_is_told() {
    let repo = memory();
    let answer = route(&repo, &["OldBrokerDown: the queue of the old broker"]);
    assert_ne!(first(&answer), "wiki/old-queue.md");
    let omitted = answer["context"]["omitted"].as_array().unwrap();
    let told = omitted.iter().any(|it| it["reason"] == "archived: the old broker is gone");
    assert!(told, "{omitted:?}");
}

#[test]
fn it_abstains_and_says_so() {
    let repo = memory();
    let answer = route(&repo, &["please rename the marketing banner"]);
    assert_eq!((&answer["abstained"], &answer["context"]["items"]), (&true.into(), &json!([])));
    repo.prode(&["route", "please rename the marketing banner"]).ok().says("no page fits");
    repo.prode(&["route", "--fail-empty", "rename the banner"]).fails(1);
    repo.prode(&["route", " "]).fails(2).warns("the ticket is empty");
    repo.prode(&["route", "--ticket", "nowhere.json"]).fails(1).warns("cannot use 'nowhere.json'");
}

#[test]
fn ticket_text_is_literal_and_may_be_hostile() {
    let repo = memory();
    let long = "no space left ".repeat(8_000);
    for ticket in
        ["kind:adr -queue \"open", "{\"alerts\": [", "\u{1b}]0;x\u{7} disk", "\u{0}", &long]
    {
        let run = repo.prode_with_input(&["route", "-"], ticket);
        assert!(matches!(run.code(), Some(0 | 2)), "{}", run.stderr());
        assert!(!run.stdout().contains('\u{1b}'));
    }
}

#[test]
fn a_runbook_is_shown_from_top_to_bottom_with_its_commands() {
    let repo = memory();
    let answer = repo.prode(&["runbook", "--json", "QueueOldestMessageAge"]).ok().json();
    assert_eq!(answer["page"]["path"], "wiki/runbooks/queue.md");
    assert_eq!(answer["sections"][2]["commands"], json!(["aws sqs list-queues"]));
    repo.prode(&["runbook", "writes fail: no space left"])
        .ok()
        .says("stale: last reviewed 2020-01-01")
        .says("Delete old logs.");
    repo.prode(&["runbook", "rename the marketing banner"]).ok().says("no runbook fits");
    repo.prode(&["runbook", "--fail-empty", "rename the marketing banner"]).fails(1);
}
