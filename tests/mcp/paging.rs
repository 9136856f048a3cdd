//! Long answers: within the tokens asked for, and whole when put together.

use serde_json::{Value, json};

use super::session::{Era, Session};
use super::{calls, memory};
use crate::support::TestRepo;

/// A memory with many pages and one long one.
fn large() -> TestRepo {
    let repo = TestRepo::new();
    for number in 0..30 {
        let text = format!("# Page {number}\n\nThe pump of hall {number} runs hot.\n");
        repo.write(format!("wiki/page{number:02}.md"), text);
    }
    let line = |n| format!("Line {n} \u{2013} \"pumps\" \u{1f600}.\n\n");
    let lines = (0..400).map(line).collect::<Vec<_>>().concat();
    repo.write("wiki/long.md", format!("# Long\n\n{lines}"));
    repo.commit("pumps");
    repo
}

/// Follows the cursor to the end; gives the answers of all parts.
fn parts(session: &mut Session, tool: &str, given: &Value) -> Vec<Value> {
    let mut given = given.clone();
    let mut parts = Vec::new();
    loop {
        let part = session.call(tool, given.clone())["structuredContent"].clone();
        let cursor = part["next_cursor"].clone();
        assert_eq!(cursor.is_null(), part["omitted"].is_null(), "{part}");
        parts.push(part);
        if cursor.is_null() {
            return parts;
        }
        given["cursor"] = cursor;
        assert!(parts.len() < 200, "a cursor that leads nowhere");
    }
}

#[test]
fn the_parts_of_a_list_are_the_list() {
    let repo = large();
    let mut session = Session::open(&repo, Era::Modern);
    let given = json!({"query": "pump hall", "limit": 30, "max_tokens": 1_000});
    let parts = parts(&mut session, "query", &given);
    assert!(parts.len() > 3);
    let hits: Vec<_> =
        parts.iter().flat_map(|part| part["hits"].as_array().unwrap().clone()).collect();
    let whole = repo.prode(&["query", "pump hall", "-n", "30", "--json"]).json();
    assert_eq!(json!(hits), whole["hits"]);
    for part in &parts {
        assert!(part.to_string().len() <= 4_000, "{} bytes", part.to_string().len());
    }
}

#[test]
fn the_parts_of_a_page_are_the_page() {
    let repo = large();
    let mut session = Session::open(&repo, Era::Legacy);
    let parts = parts(&mut session, "get", &json!({"ref": "wiki/long.md", "max_tokens": 500}));
    assert!(parts.len() > 5);
    let text: String = parts.iter().filter_map(|part| part["markdown"].as_str()).collect();
    let whole = repo.prode(&["show", "wiki/long.md", "--json"]).json();
    assert_eq!(json!(text), whole["markdown"]);
    for part in &parts {
        assert!(part.to_string().len() <= 2_000, "{} bytes", part.to_string().len());
    }
}

#[test]
fn the_text_form_is_no_longer_than_was_asked() {
    let repo = large();
    let mut session = Session::open(&repo, Era::Modern);
    for (tool, given) in [
        ("get", json!({"ref": "wiki/long.md", "max_tokens": 500})),
        ("query", json!({"query": "pump hall", "limit": 30, "max_tokens": 500})),
        (
            "route",
            json!({"text": "long line of pumps, hall runs hot", "limit": 20, "max_tokens": 500}),
        ),
    ] {
        let result = session.call(tool, given);
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(text.len() <= 2_000, "{tool}: {} bytes", text.len());
        assert!(text.contains("go on with cursor"), "{tool}: {text}");
    }
}

#[test]
fn a_cursor_keeps_to_its_commit_when_the_trunk_moves() {
    let repo = large();
    let mut session = Session::open(&repo, Era::Modern);
    let mut given = json!({"query": "pump hall", "limit": 30, "max_tokens": 1_000});
    let first = session.call("query", given.clone())["structuredContent"].clone();
    repo.write("wiki/page00.md", "# Pump hall\n\nThe pump hall of the pump hall.\n");
    repo.commit("moves the trunk");
    given["cursor"] = first["next_cursor"].clone();
    let second = session.call("query", given)["structuredContent"].clone();
    assert_eq!(second["commit"], first["commit"]);
    let expected = first["hits"].as_array().unwrap().len() + 1;
    assert_eq!(second["hits"][0]["rank"], expected);
}

#[test]
fn a_cursor_leads_through_the_past() {
    let repo = large();
    let commit = repo.git(&["rev-parse", "HEAD"]);
    let page = repo.prode(&["show", "wiki/long.md", "--json"]).json();
    let time = "2026-01-01T00:00:00Z";
    let query = ["query", "pump hall", "-n", "30", "--as-of", time, "--json"];
    let hits = repo.prode(&query).json();
    repo.write("wiki/long.md", "# Long\n\nPump hall.\n");
    repo.commit("a shorter page");
    let mut session = Session::open(&repo, Era::Modern);
    let given = json!({"ref": format!("wiki/long.md@{commit}"), "max_tokens": 900});
    let texts = parts(&mut session, "get", &given);
    let text: String = texts.iter().filter_map(|part| part["markdown"].as_str()).collect();
    assert_eq!(json!(text), page["markdown"]);
    let given = json!({"query": "pump hall", "limit": 30, "max_tokens": 900, "as_of": time});
    let lists = parts(&mut session, "query", &given);
    let list: Vec<_> = lists.iter().flat_map(|part| part["hits"].as_array().unwrap()).collect();
    assert_eq!(json!(list), hits["hits"]);
    assert!(texts.len() > 2 && lists.len() > 2);
}

#[test]
fn a_cursor_of_another_call_is_refused() {
    let repo = large();
    let mut session = Session::open(&repo, Era::Modern);
    let given = json!({"query": "pump hall", "max_tokens": 500});
    let cursor = session.call("query", given)["structuredContent"]["next_cursor"].clone();
    for other in [
        json!({"query": "pump", "max_tokens": 500, "cursor": cursor}),
        json!({"query": "pump hall", "max_tokens": 501, "cursor": cursor}),
        json!({"query": "pump hall", "max_tokens": 500, "rev": "main", "cursor": cursor}),
    ] {
        let text = session.failing("query", other);
        assert!(text.starts_with("error (usage): the cursor belongs to a call"), "{text}");
        assert!(text.contains("hint: repeat every argument"), "{text}");
    }
    let other_tool = json!({"ref": "wiki/long.md", "max_tokens": 500, "cursor": cursor});
    assert!(session.failing("get", other_tool).contains("other arguments"));
}

#[test]
fn a_changed_cursor_is_refused() {
    let repo = large();
    let mut session = Session::open(&repo, Era::Modern);
    let mut given = json!({"query": "pump hall", "max_tokens": 500});
    let cursor = session.call("query", given.clone())["structuredContent"]["next_cursor"].clone();
    let cursor = cursor.as_str().unwrap();
    let flipped = cursor.replace(char::is_numeric, "a");
    for bad in [&flipped, &cursor[1..], "x", "..", &"0".repeat(cursor.len())] {
        given["cursor"] = bad.into();
        let text = session.failing("query", given.clone());
        assert!(text.contains("error (usage): the cursor is damaged"), "{bad}: {text}");
        assert!(text.contains("hint: copy next_cursor"), "{text}");
    }
}

#[test]
fn a_cursor_through_files_that_changed_is_refused() {
    let repo = TestRepo::no_repository();
    for number in 0..20 {
        repo.write(format!("wiki/{number}.md"), format!("# Pump {number}\n"));
    }
    let mut session = Session::open(&repo, Era::Modern);
    let mut given = json!({"query": "pump", "limit": 20, "max_tokens": 500});
    given["cursor"] =
        session.call("query", given.clone())["structuredContent"]["next_cursor"].clone();
    repo.write("wiki/3.md", "# Nothing\n");
    let text = session.failing("query", given);
    assert!(text.contains("error (conflict): the answer that the cursor"), "{text}");
}

#[test]
fn small_answers_have_no_cursor() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    for (tool, given, _) in calls(&repo) {
        let answer = session.call(tool, given)["structuredContent"].clone();
        assert!(answer["next_cursor"].is_null() && answer["omitted"].is_null(), "{tool}");
    }
}

#[test]
fn what_an_agent_asks_is_counted_once_however_many_parts_it_has() {
    let repo = large();
    let mut session = Session::open(&repo, Era::Modern);
    let given = json!({"query": "pump hall", "limit": 30, "max_tokens": 1_000});
    assert!(parts(&mut session, "query", &given).len() > 3);
    let given = json!({"ref": "wiki/long.md", "max_tokens": 500});
    assert!(parts(&mut session, "get", &given).len() > 1);
    session.call("route", json!({"text": "nothing like that"}));
    session.call("links", json!({"ref": "wiki/long.md"}));
    let usage = repo.prode(&["usage", "--json"]).ok().json();
    assert_eq!(usage["questions"], 2);
    let opened = usage["pages"].as_array().unwrap().iter().map(|it| it["opened"].as_u64().unwrap());
    assert_eq!(opened.sum::<u64>(), 1, "{usage:#}");
    let routed = usage["pages"].as_array().unwrap().iter().map(|it| it["routed"].as_u64().unwrap());
    assert_eq!(routed.sum::<u64>(), 3, "{usage:#}");
}
