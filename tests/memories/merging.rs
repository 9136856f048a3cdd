//! Several memories rank as one repository that holds all of them.

use serde_json::Value;

use super::{answer, name};
use crate::support::{Random, TestRepo};

const WORDS: &[&str] = &[
    "queue",
    "backlog",
    "broker",
    "disk",
    "latency",
    "timeout",
    "replica",
    "failover",
    "certificate",
    "expires",
    "deploy",
    "rollback",
    "invoice",
    "ledger",
    "throttle",
    "shard",
    "snapshot",
    "cache",
    "memory",
    "worker",
    "retry",
    "cluster",
    "node",
    "pod",
    "secret",
    "token",
    "proxy",
    "upstream",
];

/// Writes `count` pages below `folder`: few words in few orders, so that pages of
/// one folder are alike and words are common in one and rare in another.
fn fill(repo: &TestRepo, folder: &str, count: usize, words: &[&str]) {
    let mut random = Random::new(count as u64);
    for number in 0..count {
        let mut some = |least: usize| {
            let many = least + random.below(12);
            (0..many).map(|_| *random.pick(words)).collect::<Vec<_>>().join(" ")
        };
        let kind = ["runbook", "guide", "service"][number % 3];
        let page = format!(
            "---\nkind: {kind}\n---\n# {} {number}\n\n{}\n\n## {}\n\n{}\n\n```sh\n{}\n```\n",
            some(2),
            some(5),
            some(1),
            some(20),
            some(2)
        );
        repo.write(format!("{folder}/page-{number}.md"), page);
    }
}

/// Folder, pages, words.
type Part = (&'static str, usize, &'static [&'static str]);

/// A repository that holds these folders, each a root.
fn holding(parts: &[Part]) -> TestRepo {
    let repo = TestRepo::new();
    let names: Vec<&str> = parts.iter().map(|(folder, ..)| *folder).collect();
    repo.write("prode.yaml", format!("roots: {{wiki: [{}]}}\n", names.join(", ")));
    for (folder, count, words) in parts {
        fill(&repo, folder, *count, words);
    }
    repo.commit("pages");
    repo
}

fn parts() -> [Part; 3] {
    [("billing", 7, &WORDS[..14]), ("infra", 160, WORDS), ("edge", 31, &WORDS[9..])]
}

/// What tells a hit apart from another, whichever repository it is of.
fn told(answer: &Value, list: &str) -> Vec<String> {
    let hits = answer[list].as_array().unwrap();
    let hit = |hit: &Value| {
        let keys = ["path", "anchor", "score", "snippet", "why", "confidence"];
        keys.map(|key| hit[key].to_string()).join(" ")
    };
    hits.iter().map(hit).collect()
}

#[test]
fn the_order_and_the_scores_are_those_of_one_repository_that_holds_all() {
    let parts = parts();
    let [own, infra, edge] = parts.map(|part| holding(&[part]));
    let all = holding(&parts);
    name(&own, &[("infra", &infra), ("edge", &edge)]);
    let mut mixed = 0;
    for question in [
        "queue backlog",
        "certificate expires",
        "\"broker disk\"",
        "invoice ledger timeout",
        "shard snapshot -cache",
        "kind:runbook worker retry",
        "kuqueue",
        "latncy",
        "secret token proxy",
        "deploy rollback",
        "ledger expires broker",
    ] {
        let args = ["query", "--explain", "-n", "200", "--", question];
        let (several, one) = (answer(&own, &args), answer(&all, &args));
        assert_eq!(told(&several, "hits"), told(&one, "hits"), "{question}");
        assert_eq!(several["total"], one["total"], "{question}");
        assert_eq!(several["corrections"], one["corrections"], "{question}");
        let from = |memory: Value| {
            several["hits"].as_array().unwrap().iter().any(|it| it["memory"] == memory)
        };
        mixed += usize::from(from(Value::Null) && from("infra".into()) && from("edge".into()));
    }
    assert!(mixed >= 3, "too few questions have hits in all memories: {mixed}");
}

#[test]
fn tickets_are_routed_and_refused_as_in_one_repository() {
    let parts = parts();
    let [own, infra, edge] = parts.map(|part| holding(&[part]));
    let all = holding(&parts);
    name(&own, &[("infra", &infra), ("edge", &edge)]);
    let mut abstained = 0;
    for ticket in [
        "the broker disk is full and the queue has a backlog",
        "failover of the replica",
        "rename the marketing banner",
        "ALERT: InvoiceLedgerTimeout on shard 3",
        "coffee machine leaks",
    ] {
        let args = ["route", "-n", "8", "--budget", "900", ticket];
        let (several, one) = (answer(&own, &args), answer(&all, &args));
        assert_eq!(told(&several, "pages"), told(&one, "pages"), "{ticket}");
        assert_eq!(several["abstained"], one["abstained"], "{ticket}");
        assert_eq!(several["signals"], one["signals"], "{ticket}");
        for key in ["/context/used", "/context/budget"] {
            assert_eq!(several.pointer(key), one.pointer(key), "{ticket}");
        }
        let texts = |answer: &Value| {
            let items = answer["context"]["items"].as_array().unwrap().clone();
            items.iter().map(|item| item["text"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(texts(&several), texts(&one), "{ticket}");
        abstained += usize::from(several["abstained"] == true);
    }
    assert!((1..5).contains(&abstained), "{abstained}");
}

#[test]
fn an_ordinary_word_of_a_large_memory_is_not_rare_because_a_small_one_has_it_once() {
    let small = TestRepo::new();
    small.write("wiki/a.md", "# Lunch\n\nThe cluster of tables.\n");
    small.write("wiki/b.md", "# Ledger export\n\nThe export of the ledger.\n");
    small.commit("small");
    let large = TestRepo::new();
    for number in 0..60 {
        large.write(
            format!("wiki/c{number}.md"),
            format!("# Cluster {number}\n\nThe cluster {number}.\n"),
        );
    }
    large.write("wiki/x.md", "# Ledger\n\nThe ledger of the cluster.\n");
    large.commit("large");
    let alone = answer(&small, &["query", "cluster", "ledger"]);
    assert_eq!(alone["hits"].as_array().unwrap().len(), 2);
    name(&small, &[("large", &large)]);
    let both = answer(&small, &["query", "cluster", "ledger", "-n", "100"]);
    let places = super::places(&both, "hits");
    assert_eq!(places[0], "large:wiki/x.md");
    let at = |place: &str| places.iter().position(|it| it == place).unwrap();
    assert!(at("wiki/b.md") < at("large:wiki/c7.md"), "the rare word counts: {places:?}");
    assert!(at("wiki/a.md") > at("wiki/b.md"), "the word that all have does not: {places:?}");
    assert_eq!(both["total"], 63);
}

#[test]
fn a_batch_is_merged_in_the_same_way() {
    let [billing, infra, _] = parts();
    let (own, other) = (holding(&[billing]), holding(&[infra]));
    name(&own, &[("infra", &other)]);
    let questions = "{\"qid\":1,\"query\":\"queue backlog\"}\n{\"qid\":2,\"query\":\"zzz\"}\n";
    let several = own.prode_with_input(&["query", "--batch", "-"], questions).ok().json_lines();
    let all = holding(&[billing, infra]);
    let one = all.prode_with_input(&["query", "--batch", "-"], questions).ok().json_lines();
    assert_eq!(told(&several[0], "ranked"), told(&one[0], "ranked"));
    assert_eq!(several[0]["ranked"].as_array().unwrap().len(), 50);
    assert_eq!(several[1], one[1]);
    let of_infra = |place: &Value| place["path"].as_str().unwrap().starts_with("infra/");
    for place in several[0]["ranked"].as_array().unwrap() {
        let memory = if of_infra(place) { Value::from("infra") } else { Value::Null };
        assert_eq!(place["memory"], memory, "{place}");
    }
}
