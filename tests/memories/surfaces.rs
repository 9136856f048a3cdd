//! Several memories through every door: MCP, `doctor`, `eval`, the inbox.

use serde_json::{Value, json};

use super::{answer, billing, infra, name, places, settings};
use crate::mcp::session::{ERAS, Session};

#[cfg(unix)]
#[test]
fn pages_of_another_memory_are_found_and_read_in_a_browser() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    let server = crate::serve::Served::start(&own, &[]);
    let found = server.get("/search?q=broker+refuses", &[]).body;
    let address = "/wiki/infra:wiki/runbooks/broker.md";
    assert!(found.contains(&format!("href=\"{address}#confirm\"")), "{found}");
    let page = server.get(address, &[]);
    assert!(page.status == 200 && page.body.contains("no space is left"), "{}", page.body);
    let newer = server.get("/wiki/infra:wiki/runbooks/new-broker.md", &[]).body;
    assert!(
        newer.contains(&format!("href=\"{address}#confirm\"")),
        "its links stay there: {newer}"
    );
    let old = server.get("/wiki/infra:wiki/runbooks/old-broker.md", &[]).body;
    assert!(old.contains("href=\"/wiki/infra:wiki/runbooks/new-broker.md\""), "{old}");
    assert_eq!(server.get("/wiki/none:wiki/runbooks/broker.md", &[]).status, 404);
}

#[test]
fn the_tools_answer_what_the_commands_answer() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    let there = other.git(&["rev-parse", "HEAD"]);
    let cite = format!("infra:wiki/runbooks/broker.md#confirm@{there}");
    let ticket = "BrokerDiskFull: no space is left";
    let asks: [(&str, Value, &[&str]); 5] = [
        ("query", json!({"query": "broker refuses"}), &["query", "broker refuses", "--explain"]),
        ("route", json!({"text": ticket}), &["route", ticket, "--budget", "2000"]),
        ("get", json!({"ref": cite}), &["show", &cite]),
        ("links", json!({"ref": cite}), &["links", &cite]),
        ("cite_check", json!({"citations": [cite]}), &["cite", "check", &cite]),
    ];
    for era in ERAS {
        let mut session = Session::open(&own, era);
        for (tool, given, command) in &asks {
            let mut given = given.clone();
            if *tool == "route" {
                given["max_tokens"] = 4000.into();
            }
            let result = session.call(tool, given);
            let mut got = result["structuredContent"].clone();
            got.as_object_mut().unwrap().remove("took_ms");
            assert_eq!(got.to_string(), answer(&own, command).to_string(), "{tool}");
            let text = result["content"][0]["text"].as_str().unwrap();
            assert!(text.contains("infra:wiki/runbooks/broker.md"), "{text}");
            if matches!(*tool, "query" | "route") {
                assert!(text.contains(&format!(", infra at commit {}", &there[..12])), "{text}");
            }
        }
    }
}

#[test]
fn a_tool_says_which_memory_cannot_be_asked() {
    let own = billing();
    settings(&own, "memories: [{name: infra, path: /nowhere/at/all}]\n");
    let mut session = Session::open(&own, ERAS[0]);
    let result = session.call("query", json!({"query": "queue"}));
    let text = result["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("note: the memory 'infra' is not asked"), "{text}");
}

#[test]
fn an_answer_in_parts_stays_one_although_another_memory_moves() {
    let (own, other) = (billing(), infra());
    for number in 0..40 {
        other.write(
            format!("wiki/q{number}.md"),
            format!("# Queue {number}\n\nThe queue number {number}.\n"),
        );
    }
    other.commit("queues");
    name(&own, &[("infra", &other)]);
    let mut session = Session::open(&own, ERAS[0]);
    let given = json!({"query": "queue", "limit": 40, "max_tokens": 1000});
    let first = session.call("query", given.clone());
    let cursor = first["structuredContent"]["next_cursor"].as_str().unwrap().to_owned();
    let mut next = given;
    next["cursor"] = cursor.into();
    let second = session.call("query", next.clone());
    assert!(!second["structuredContent"]["hits"].as_array().unwrap().is_empty());
    other.write("wiki/q3.md", "# Another\n\nNothing of the kind.\n");
    other.commit("moved");
    let told = session.failing("query", next);
    assert!(told.contains("cursor"), "{told}");
}

#[test]
fn doctor_has_a_row_for_each() {
    let (own, other) = (billing(), infra());
    let place = other.path().display();
    settings(
        &own,
        &format!(
            "memories:\n  - {{name: infra, path: '{place}'}}\n  - {{name: gone, path: /nowhere/at/all}}\n"
        ),
    );
    let rows = answer(&own, &["doctor"])["rows"].as_array().unwrap().clone();
    let rows: Vec<&Value> = rows.iter().filter(|row| row["topic"] == "memories").collect();
    assert_eq!(rows.len(), 2, "{rows:?}");
    let commit = other.git(&["rev-parse", "--short=12", "HEAD"]);
    assert_eq!(rows[0]["found"], format!("infra: 4 pages of main at {commit} in {place}"));
    assert_eq!(rows[0]["state"], "ok");
    assert_eq!(rows[1]["state"], "warning");
    assert!(rows[1]["found"].as_str().unwrap().contains("'gone' is not asked"));
    assert!(rows[1]["repair"].as_str().unwrap().contains("memories"));
}

#[test]
fn route_tests_and_learnings_are_of_this_repository_alone() {
    let (own, other) = (billing(), infra());
    own.write("wiki/routes.yaml", "- ticket: BrokerDiskFull\n  expect: none\n");
    own.commit("route tests");
    name(&own, &[("infra", &other)]);
    own.prode(&["eval"]).ok();
    assert!(!other.path().join(".git/prode").exists());
}

#[test]
fn learnings_of_this_repository_stand_among_pages_of_all() {
    let (own, other) = (billing(), infra());
    for repo in [&own, &other] {
        repo.git(&["config", "user.name", "Ada Lovelace"]);
        repo.git(&["config", "user.email", "ada@example.org"]);
        let place =
            if repo.path() == own.path() { "wiki/glossary.md" } else { "wiki/runbooks/broker.md" };
        let add = ["inbox", "add", "-", "--target", place, "--action", "append"];
        let words = "The broker refuses every queue when the partition of the log is full.";
        repo.prode_with_input(&add, words).ok();
    }
    name(&own, &[("infra", &other)]);
    let found = answer(&own, &["query", "broker partition", "--include", "inbox"]);
    let hits = found["hits"].as_array().unwrap();
    let learnings: Vec<&Value> = hits.iter().filter(|hit| hit["status"] == "unreviewed").collect();
    assert_eq!(learnings.len(), 1, "{found}");
    assert!(learnings[0]["cite"].as_str().unwrap().starts_with("L-"));
    assert!(learnings[0]["snippet"].as_str().unwrap().contains("partition"));
    assert!(
        places(&found, "hits").contains(&"infra:wiki/runbooks/broker.md".to_owned()),
        "{found}"
    );
}

#[test]
fn more_is_told_with_v() {
    let (own, other) = (billing(), infra());
    name(&own, &[("infra", &other)]);
    own.prode(&["-v", "query", "broker"]).ok().warns("infra: answered from main at");
    assert_eq!(
        places(&answer(&own, &["query", "broker refuses"]), "hits")[0],
        "infra:wiki/runbooks/broker.md"
    );
}
