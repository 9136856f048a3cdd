//! Learnings that wait, in answers that ask for them and in no other.

use serde_json::Value;

use super::memory;
use crate::support::TestRepo;

const CAUSE: &str = "The batch took seven minutes and the timeout was six.\n";

fn add(repo: &TestRepo, text: &str, more: &[&str]) -> String {
    let args = [&["inbox", "add", "-", "--json"], more].concat();
    let added = repo.prode_with_input(&args, text).ok().json();
    added["id"].as_str().unwrap().to_owned()
}

fn hits(repo: &TestRepo, more: &[&str]) -> Vec<Value> {
    let args = [&["query", "seven minutes batch", "--json"], more].concat();
    repo.prode(&args).ok().json()["hits"].as_array().unwrap().clone()
}

#[test]
fn a_learning_is_found_where_it_is_asked_for_and_is_labelled() {
    let repo = memory();
    let id = add(&repo, CAUSE, &["--target", "wiki/queue.md#known-causes"]);
    let hits = hits(&repo, &["--include", "inbox"]);
    let hit = hits.iter().find(|hit| hit["cite"] == id.as_str()).expect("the learning");
    assert_eq!((&hit["kind"], &hit["status"]), (&"learning".into(), &"unreviewed".into()));
    assert_eq!(hit["title"], "The batch took seven minutes and the timeout was six.");
    assert_eq!(hit["path"], format!("inbox/{id}/learning.md"));
    assert_eq!(hit["owner"][0], "team-payments");
    assert!(hit["reviewed"].is_null() && hit["snippet"].as_str().unwrap().contains("seven"));
    let blob = repo.git(&["rev-parse", &format!("prode/inbox:inbox/{id}/learning.md")]);
    assert_eq!(hit["blob"], blob);
    let text = repo.prode(&["query", "seven minutes batch", "--include", "inbox"]).ok();
    text.says(&id).says("unreviewed").says("team-payments");
    let filtered = ["query", "seven kind:learning", "--include", "inbox", "--json"];
    assert_eq!(repo.prode(&filtered).ok().json()["hits"].as_array().unwrap().len(), 1);
}

#[test]
fn no_other_answer_holds_it() {
    let repo = memory();
    let id = add(&repo, CAUSE, &["--target", "wiki/queue.md"]);
    let before = hits(&repo, &[]);
    assert!(hits(&repo, &["--include", "inbox"]).len() > before.len());
    assert_eq!(hits(&repo, &[]), before);
    for args in [
        &["query", "seven minutes batch", "--include", "archived,drafts"][..],
        &["route", "seven minutes batch timeout six", "--json"],
        &["runbook", "seven minutes batch"],
        &["list"],
    ] {
        let run = repo.prode(args).ok();
        assert!(!run.stdout().contains(&id) && !run.stdout().contains("seven"), "{args:?}");
    }
    repo.prode(&["inbox", "reject", &id, "--why", "a symptom"]).ok();
    assert_eq!(hits(&repo, &["--include", "inbox"]).len(), before.len());
}

#[test]
fn words_as_last_edited_are_searched_in_a_batch_too() {
    let repo = memory();
    let id = add(&repo, CAUSE, &["--target", "wiki/queue.md"]);
    repo.prode_with_input(&["inbox", "edit", &id, "-"], "Raise the visibility ceiling.\n").ok();
    assert!(hits(&repo, &["--include", "inbox"]).iter().all(|hit| hit["cite"] != id.as_str()));
    let question = "{\"qid\": 1, \"query\": \"visibility ceiling\"}\n";
    let run = repo.prode_with_input(&["query", "--batch", "-", "--include", "inbox"], question);
    run.ok().says(&id);
    let run = repo.prode_with_input(&["query", "--batch", "-"], question).ok();
    assert!(!run.stdout().contains(&id));
}

#[test]
fn show_leads_to_the_inbox() {
    let repo = memory();
    let id = add(&repo, CAUSE, &["--target", "wiki/queue.md"]);
    let shown = |args: &[&str]| repo.prode(args).ok().stdout().to_owned();
    assert_eq!(shown(&["show", &id]), shown(&["inbox", "show", &id]));
    assert_eq!(shown(&["show", &id, "--json"]), shown(&["inbox", "show", &id, "--json"]));
    let args = ["finding", "add", "--severity", "low", "--item", "a dead link", "--json"];
    let finding = repo.prode(&args).ok().json()["id"].as_str().unwrap().to_owned();
    assert_eq!(shown(&["show", &finding]), shown(&["finding", "show", &finding]));
}
