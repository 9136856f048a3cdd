//! What is known of a page is worked out by the rules of its own repository.

use std::fs;

use serde_json::Value;

use super::{answer, billing, infra, name, places};
use crate::support::TestRepo;

fn hit<'a>(answer: &'a Value, memory: Option<&str>, path: &str) -> &'a Value {
    let hits = answer["hits"].as_array().unwrap();
    let hit = hits.iter().find(|hit| hit["memory"].as_str() == memory && hit["path"] == path);
    hit.unwrap_or_else(|| panic!("no {path} of {memory:?} in {answer}"))
}

#[test]
fn owners_and_intervals_are_the_pages_own() {
    let (own, other) = (billing(), infra());
    let page = |day: &str| {
        format!("---\nkind: sop\nreviewed: {day}\n---\n# Rotate keys\n\nRotate {day}.\n")
    };
    own.write("wiki/keys.md", page("2020-01-01"))
        .write("CODEOWNERS", "* @org/billing\n")
        .write("prode.yaml", "review: {sop: 1d}\n");
    own.commit("keys");
    other
        .write("wiki/keys.md", page("2020-01-02"))
        .write("CODEOWNERS", "* @org/infra\n")
        .write("prode.yaml", "review: {sop: 99y}\n");
    other.commit("keys");
    name(&own, &[("infra", &other)]);
    let found = answer(&own, &["query", "rotate keys"]);
    let (here, there) =
        (hit(&found, None, "wiki/keys.md"), hit(&found, Some("infra"), "wiki/keys.md"));
    assert_eq!((&here["owner"][0], &here["stale"]), (&"@org/billing".into(), &true.into()));
    assert_eq!((&there["owner"][0], &there["stale"]), (&"@org/infra".into(), &false.into()));
    for (owner, place) in [("@org/infra", "infra:wiki/keys.md"), ("@org/billing", "wiki/keys.md")] {
        let found = answer(&own, &["query", "rotate", "--owner", owner]);
        assert_eq!(places(&found, "hits"), [place]);
    }
}

#[test]
fn what_replaces_a_page_is_named_with_its_memory() {
    let (own, other) = (billing(), infra());
    other.write(
        "adr/0008-two-brokers.md",
        "# 8. Two brokers\n\nDate: 2026-02-01\n\n## Status\n\nAccepted\n\nSupersedes [7](0007-one-broker.md)\n",
    );
    other.write(
        "adr/0007-one-broker.md",
        "# 7. One broker\n\nDate: 2026-01-01\n\n## Status\n\nSuperseded by [8](0008-two-brokers.md)\n\n## Context\n\nBrokers.\n",
    );
    other.commit("two brokers");
    name(&own, &[("infra", &other)]);
    let found = answer(&own, &["query", "one broker", "kind:adr"]);
    let old = hit(&found, Some("infra"), "adr/0007-one-broker.md");
    assert_eq!(old["superseded_by"], "infra:adr/0008-two-brokers.md");
    let shown = answer(&own, &["show", old["superseded_by"].as_str().unwrap()]);
    assert_eq!(shown["title"], "Two brokers");
    let shown = answer(&own, &["show", "infra:adr/7"]);
    assert_eq!(shown["superseded_by"], "infra:adr/0008-two-brokers.md");
}

#[test]
fn archived_pages_of_another_memory_are_left_out_and_told() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    let routed = answer(&own, &["route", "OldBrokerDown"]);
    let there = other.git(&["rev-parse", "HEAD"]);
    let omitted = &routed["context"]["omitted"];
    let of = omitted
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["reason"].as_str().unwrap().contains("archived"));
    let of = of.unwrap_or_else(|| panic!("{omitted}"));
    assert_eq!(of["cite"], format!("infra:wiki/runbooks/old-broker.md@{there}"));
    assert_eq!(
        of["reason"],
        "archived: the old broker is gone; replaced by infra:wiki/runbooks/new-broker.md"
    );
}

#[test]
fn a_runbook_of_another_memory_is_whole() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    let found = answer(&own, &["runbook", "BrokerDiskFull"]);
    assert_eq!(found["page"]["memory"], "infra");
    assert_eq!(found["page"]["path"], "wiki/runbooks/broker.md");
    let sections = found["sections"].as_array().unwrap();
    let confirm = sections.iter().find(|it| it["heading"] == "Confirm").unwrap();
    assert_eq!(confirm["commands"], serde_json::json!(["df -h /var/broker"]));
    assert!(
        confirm["cite"].as_str().unwrap().starts_with("infra:wiki/runbooks/broker.md#confirm@")
    );
    own.prode(&["runbook", "BrokerDiskFull"]).ok().says("infra:wiki/runbooks/broker.md");
    let routed = answer(&own, &["route", "BrokerDiskFull"]);
    assert_eq!(routed["specialists"], serde_json::json!(["aws"]));
    assert_eq!(routed["memories"][0]["name"], "infra");
}

#[test]
fn pages_of_another_repository_are_not_counted_as_this_ones() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    own.prode(&["query", "broker refuses"]).ok();
    own.prode(&["route", "BrokerDiskFull"]).ok();
    own.prode(&["runbook", "BrokerDiskFull"]).ok();
    own.prode(&["show", "infra:wiki/runbooks/broker.md"]).ok();
    own.prode(&["show", "wiki/glossary.md"]).ok();
    let counted = |repo: &TestRepo| {
        let pages = answer(repo, &["usage"])["pages"].as_array().unwrap().clone();
        pages.iter().map(|row| row["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let here = counted(&own);
    assert!(here.iter().any(|path| path == "wiki/glossary.md"), "{here:?}");
    assert!(here.iter().all(|path| !path.contains("broker")), "{here:?}");
    assert_eq!(counted(&other), Vec::<String>::new());
    assert!(!fs::exists(other.path().join(".git/prode/usage-v1.log")).unwrap());
}
