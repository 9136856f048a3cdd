//! What stands in another memory is cited by its name, and read by that citation.

use serde_json::Value;

use super::{answer, billing, infra, name, places, settings};
use crate::support::TestRepo;

fn both() -> (TestRepo, TestRepo) {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    (own, other)
}

fn cites(answer: &Value, list: &str) -> Vec<String> {
    let hits = answer.pointer(list).unwrap().as_array().unwrap();
    hits.iter().map(|hit| hit["cite"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn hits_name_their_memory_and_the_answer_its_commit() {
    let (own, other) = both();
    let [here, there] = [&own, &other].map(|repo| repo.git(&["rev-parse", "HEAD"]));
    let answer = answer(&own, &["query", "queue"]);
    assert_eq!(answer["commit"], here);
    assert_eq!(
        answer["memories"],
        serde_json::json!([{"name": "infra", "commit": there, "problem": null}])
    );
    let hits = answer["hits"].as_array().unwrap();
    let of = |memory: Value| hits.iter().find(|hit| hit["memory"] == memory).unwrap();
    assert_eq!(of("infra".into())["path"], "wiki/runbooks/broker.md");
    assert_eq!(
        of("infra".into())["cite"],
        format!("infra:wiki/runbooks/broker.md#confirm@{there}")
    );
    assert!(of("infra".into())["snippet"].as_str().unwrap().contains("refuses every queue"));
    assert!(of(Value::Null)["cite"].as_str().unwrap().ends_with(&format!("@{here}")));
    assert!(of(Value::Null).as_object().unwrap().get("memory").is_none());
    own.prode(&["query", "queue"]).ok().says("infra:wiki/runbooks/broker.md#confirm");
    own.prode(&["route", "BrokerDiskFull"]).ok().says("infra:wiki/runbooks/broker.md");
}

#[test]
fn every_citation_is_read_back_by_show_and_stands_in_cite_check() {
    let (own, _other) = both();
    let mut all = cites(&answer(&own, &["query", "queue broker invoices"]), "/hits");
    let routed = answer(&own, &["route", "BrokerDiskFull: the broker refuses every queue"]);
    all.extend(cites(&routed, "/context/items"));
    assert!(all.iter().filter(|cite| cite.starts_with("infra:")).count() > 3, "{all:?}");
    for cite in &all {
        let shown = answer(&own, &["show", cite]);
        assert_eq!(shown["cite"], **cite);
        let memory = cite.split_once(':').map(|(memory, _)| memory);
        assert_eq!(shown["memory"].as_str(), memory);
    }
    let args: Vec<&str> =
        ["cite", "check"].into_iter().chain(all.iter().map(String::as_str)).collect();
    let checked = answer(&own, &args);
    assert_eq!(checked["found"], 0, "{checked}");
    for (check, cite) in checked["checks"].as_array().unwrap().iter().zip(&all) {
        assert_eq!(check["citation"], **cite);
        assert_eq!(check["now"]["cite"], **cite);
    }
}

#[test]
fn a_citation_of_another_memory_is_held_against_its_own_trunk() {
    let (own, other) = both();
    let old = other.git(&["rev-parse", "HEAD"]);
    let cite = format!("infra:wiki/runbooks/broker.md#confirm@{old}");
    other.rename("wiki/runbooks/broker.md", "wiki/runbooks/disk.md");
    let new = other.commit("another name");
    let checked =
        answer_failing(&own, &["cite", "check", &cite, "infra:wiki/none.md", "edge:a.md"]);
    assert_eq!(checked["found"], 3);
    let check = |at: usize| &checked["checks"][at];
    assert_eq!((&check(0)["state"], &check(0)["memory"]), (&"moved".into(), &"infra".into()));
    assert_eq!(check(0)["now"]["cite"], format!("infra:wiki/runbooks/disk.md#confirm@{new}"));
    assert_eq!(check(1)["state"], "missing");
    assert_eq!(check(2)["state"], "invalid");
    assert!(check(2)["message"].as_str().unwrap().contains("no memory is called 'edge'"));
    let here = own.prode(&["cite", "check", "infra:adr/0007-one-broker.md", "--worktree"]).ok();
    here.warns("'work tree' is of this repository alone: infra answered from the trunk");
    // The old commit still has what was cited.
    own.prode(&["show", &cite, "--format", "md"]).ok().says("refuses every queue");
}

fn answer_failing(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[&["--json"], args].concat()).fails(1).json()
}

#[test]
fn whatever_names_a_page_names_it_there() {
    let (own, other) = both();
    let there = other.git(&["rev-parse", "HEAD"]);
    for (typed, path) in [
        ("infra:adr/7", "adr/0007-one-broker.md"),
        ("infra:ADR-7", "adr/0007-one-broker.md"),
        ("infra:Broker disk full", "wiki/runbooks/broker.md"),
        ("infra:wiki/runbooks/broker", "wiki/runbooks/broker.md"),
        ("infra:/wiki/runbooks/broker.md#escalate", "wiki/runbooks/broker.md"),
    ] {
        let shown = answer(&own, &["show", typed]);
        assert_eq!(
            (&shown["path"], &shown["commit"]),
            (&path.into(), &there.clone().into()),
            "{typed}"
        );
    }
    let links = answer(&own, &["links", "infra:wiki/runbooks/broker.md"]);
    assert_eq!(links["incoming"][0]["path"], "wiki/runbooks/new-broker.md");
    assert_eq!(links["memory"], "infra");
    assert!(links["cite"].as_str().unwrap().starts_with("infra:wiki/runbooks/broker.md@"));
}

#[test]
fn what_is_not_there_says_in_which_memory_and_where_to_look() {
    let (own, other) = both();
    let run = own.prode(&["show", "infra:wiki/runbooks/brokr.md"]).fails(1);
    run.warns("in the memory 'infra'")
        .warns("wiki/runbooks/broker.md")
        .warns(&format!("prode --repo '{}' list", other.path().display()));
    own.prode(&["show", "edge:wiki/a.md"]).fails(1).warns("names a memory 'edge'");
}

#[test]
fn a_title_of_this_repository_may_begin_like_a_memory() {
    let (own, _other) = both();
    own.write("wiki/colon.md", "# infra: who to call\n\nCall them.\n");
    own.commit("a colon");
    assert_eq!(answer(&own, &["show", "infra: who to call"])["path"], "wiki/colon.md");
}

#[test]
fn odd_paths_are_cited_so_that_they_are_read_back() {
    let (own, other) = both();
    let odd = ["wiki/a:b.md", "wiki/a#b@c%d.md", "wiki/ü ä.md", "x:y.md", "skill:z.md"];
    for repo in [&own, &other] {
        repo.write("prode.yaml", "roots: {wiki: [\".\"]}\n");
        for (number, path) in odd.iter().enumerate() {
            repo.write(
                path,
                format!("# Odd {number} of {}\n\nAn oddity.\n", repo.path().display()),
            );
        }
        repo.commit("odd names");
    }
    let found = answer(&own, &["query", "oddity", "-n", "50"]);
    assert_eq!(places(&found, "hits").len(), 2 * odd.len());
    for hit in found["hits"].as_array().unwrap() {
        let cite = hit["cite"].as_str().unwrap();
        let shown = answer(&own, &["show", cite]);
        assert_eq!((&shown["path"], &shown["memory"]), (&hit["path"], &hit["memory"]), "{cite}");
        own.prode(&["cite", "check", cite]).ok();
    }
}

#[test]
fn names_may_hold_dots_dashes_and_underscores() {
    let (own, other) = (billing(), infra());
    for called in ["a.b", "the-infra_2", "I"] {
        name(&own, &[(called, &other)]);
        let cite = cites(&answer(&own, &["query", "broker refuses"]), "/hits").remove(0);
        assert!(cite.starts_with(&format!("{called}:wiki/")), "{cite}");
        assert_eq!(answer(&own, &["show", &cite])["memory"], called);
    }
    settings(&own, "");
    own.prode(&["show", "I:wiki/runbooks/broker.md"])
        .fails(1)
        .warns("only this repository is asked");
}
