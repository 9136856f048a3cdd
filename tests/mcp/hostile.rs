//! Calls that are wrong, huge or hostile: each gets its answer, and so does
//! the next one.

use serde_json::{Value, json};

use super::memory;
use super::session::{ERAS, Era, Session};

/// That the server still answers.
fn is_well(session: &mut Session) {
    let answer = session.call("query", json!({"query": "queue"}));
    assert_eq!(answer["isError"], false, "{answer}");
}

/// That a call fails with what is wrong and what to give instead.
fn is_told(session: &mut Session, tool: &str, given: &Value, message: &str, hint: &str) {
    let text = session.failing(tool, given.clone());
    assert!(text.starts_with("error (") && text.contains(message), "{given}: {text}");
    assert!(hint.is_empty() || text.contains("hint: "), "{given}: {text}");
    assert!(text.contains(hint), "{given}: {text}");
}

#[test]
fn wrong_arguments_are_told_with_a_way_out() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        for (tool, given, message, hint) in [
            ("query", json!({}), "the argument 'query' is missing", "give query"),
            ("query", json!({"qeury": "a"}), "no argument 'qeury'", "did you mean 'query'?"),
            ("query", json!({"query": ""}), "'query' must not be empty", "give 1 to"),
            ("query", json!({"query": 7}), "'query' must be text", "give 1 to"),
            ("query", json!({"query": "a", "limit": 51}), "from 1 to 50", "leave it out for 10"),
            ("query", json!({"query": "a", "max_tokens": 199}), "from 200 to 20000", "4000"),
            ("query", json!({"query": "a", "cursor": null}), "'cursor' must be text", "give 1 to"),
            ("query", json!({"query": "a", "include": ["inbox"]}), "archived, drafts", "leave"),
            ("route", json!({"text": " \n"}), "the ticket is empty", "as it is"),
            ("get", json!({"ref": "wiki/queue.md"}), "wiki/queue.md", "wiki/runbooks/queue.md"),
            ("get", json!({"ref": "../../etc/passwd"}), "etc/passwd", ""),
            ("links", json!({"ref": "adr/99"}), "99", ""),
            ("cite_check", json!({"citations": []}), "a list of 1 to", "split"),
            ("query", json!({"query": "a", "rev": "nope"}), "no revision 'nope'", ""),
            ("query", json!({"query": "a", "as_of": "soon"}), "neither a date", "write a day"),
            (
                "query",
                json!({"query": "a", "rev": "main", "as_of": "2026-01-01"}),
                "exclude",
                "give",
            ),
        ] {
            is_told(&mut session, tool, &given, message, hint);
        }
        is_well(&mut session);
    }
}

#[test]
fn wrong_arguments_of_tools_that_add_or_judge_are_told_too() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        for (tool, given, message, hint) in [
            ("propose_learning", json!({"text": "x"}), "target", "page and a section"),
            (
                "propose_learning",
                json!({"text": "x", "target": "../../etc/passwd#x"}),
                "target",
                "name a page",
            ),
            (
                "propose_learning",
                json!({"text": "x", "target": "wiki/workers.md#scale", "action": "merge"}),
                "'action' must be one of: append, replace, new, contradict",
                "leave",
            ),
            ("propose_learning", json!({"text": "x", "dry_run": 1}), "true or false", "leave"),
            ("audit", json!({"owner": "a"}), "'owner' must be a list", "split"),
            ("audit", json!({"quarter": "soon"}), "soon", ""),
            (
                "audit",
                json!({"quarter": "2026Q1", "rev": "main"}),
                "exclude each other",
                "give one",
            ),
            ("triage_status", json!({"run": "../x"}), "is no name of a run", "R-20261126-3f9a1c"),
            ("triage_status", json!({"run": "R-20260101-abcdef"}), "", "hint: "),
            ("triage_gate", json!({}), "the argument 'run' is missing", "give run"),
            ("triage_gate", json!({"run": 7}), "'run' must be text", "give 1 to"),
            (
                "triage_submit_evidence",
                json!({"ticket": "a", "answers": {"sentry": "{}"}}),
                "an object of 1 to 16 objects",
                "under its name",
            ),
            (
                "triage_submit_evidence",
                json!({"ticket": "a", "answers": {"sentry": {"schema": "x"}}}),
                "the answer 'sentry' cannot be read",
                "prode.specialist.output/v1",
            ),
        ] {
            is_told(&mut session, tool, &given, message, hint);
        }
        is_well(&mut session);
    }
}

#[test]
fn an_error_has_the_form_of_the_command_lines_beside_it() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let result = session.call("get", json!({"ref": "wiki/queue.md"}));
    let run = repo.prode(&["show", "wiki/queue.md", "--json"]);
    let wanted: Value = serde_json::from_str(run.stderr()).unwrap();
    assert_eq!(result["_meta"]["prode/error"], wanted);
}

#[test]
fn a_tool_that_is_not_there_is_a_protocol_error() {
    let repo = memory();
    for era in ERAS {
        let mut session = Session::open(&repo, era);
        for (name, hint) in [("rout", "did you mean 'route'?"), ("approve", "the tools are: query")]
        {
            let answer = session.request("tools/call", json!({"name": name, "arguments": {}}));
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
            assert!(answer["error"]["message"].as_str().unwrap().contains(hint), "{answer}");
        }
        is_well(&mut session);
    }
}

#[test]
fn huge_arguments_are_refused_or_answered() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let long = "queue ".repeat(200_000);
    for (tool, name) in [("query", "query"), ("route", "text"), ("get", "ref"), ("links", "ref")] {
        let text = session.failing(tool, json!({ name: long }));
        assert!(text.contains("characters") && text.len() < 500, "{tool}: {text}");
    }
    let many = vec!["wiki/workers.md"; 5_000];
    assert!(session.failing("cite_check", json!({"citations": many})).len() < 500);
    session.failing("query", json!({"query": "a", &long: 1}));
    let result = session.call("route", json!({"text": &long[..100_000]}));
    assert_eq!(result["isError"], false, "{result}");
    is_well(&mut session);
}

#[test]
fn a_line_too_long_for_memory_is_dropped_and_the_next_is_answered() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Legacy);
    let line = vec![b'x'; 17 * 1024 * 1024];
    session.send_raw(&line);
    session.send_raw(b"\n");
    is_well(&mut session);
}

#[test]
fn lines_that_are_no_messages_do_no_harm() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Legacy);
    for line in ["", "\r", "{", "null x", "\u{0}", "\u{1b}[2J", "<html>"] {
        session.send_raw(format!("{line}\n").as_bytes());
    }
    session.send_raw(b"\xff\xfe\n");
    session.send(&json!({"jsonrpc": "2.0", "method": "notifications/no-such-thing"}));
    is_well(&mut session);
}

#[test]
fn control_characters_of_files_stay_out_of_the_text() {
    let repo = memory();
    repo.write("wiki/evil.md", "# Evil \u{1b}]0;owned\u{7}\n\nflamingo \u{1b}[31mred\u{9b}\u{8}\n");
    repo.commit("escapes");
    let mut session = Session::open(&repo, Era::Modern);
    for (tool, given) in [
        ("query", json!({"query": "flamingo"})),
        ("get", json!({"ref": "wiki/evil.md"})),
        ("query", json!({"query": "a", "rev": "\u{1b}[31m"})),
    ] {
        let text = session.call(tool, given)["content"][0]["text"].as_str().unwrap().to_owned();
        assert!(text.chars().all(|it| it == '\n' || it == '\t' || !it.is_control()), "{text:?}");
    }
}

#[test]
fn calls_at_once_are_all_answered() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let call = json!({"name": "query", "arguments": {"query": "queue"}});
    let mut ids: Vec<_> = (0..200).map(|_| session.ask("tools/call", call.clone())).collect();
    while !ids.is_empty() {
        let answer = session.receive().expect("an answer");
        assert_eq!(answer["result"]["isError"], false, "{answer}");
        ids.retain(|id| answer["id"] != *id);
    }
}
