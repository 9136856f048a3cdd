//! Every call is logged without what it asked, and nobody asks too often.

use serde_json::{Value, json};

use super::session::{ERAS, Era, Session};
use super::{calls, memory};
use crate::support::TestRepo;

fn logged(repo: &TestRepo) -> Vec<Value> {
    let log = repo.path().join(".git/prode/mcp-calls.jsonl");
    let text = std::fs::read_to_string(log).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_call_is_one_line_with_its_result_and_without_its_words() {
    let repo = memory();
    let calls = calls(&repo);
    for era in ERAS {
        let before = logged(&repo).len();
        let mut session = Session::open(&repo, era);
        for (tool, given, _) in &calls {
            session.call(tool, given.clone());
        }
        session.failing("get", json!({"ref": "wiki/flamingo.md"}));
        session.failing("query", json!({"qeury": "flamingo"}));
        session.request("resources/read", json!({"uri": "wiki://wiki/flamingo.md"}));
        session.request("resources/list", json!({}));
        session.request(
            "prompts/get",
            json!({"name": "review-page", "arguments": {"page": "flamingo"}}),
        );
        session.request("skills/list", json!({}));
        session.request("tools/call", json!({"name": "flamingo", "arguments": {}}));
        session.end(true);
        let lines = logged(&repo).split_off(before);
        let mut wanted: Vec<_> = calls.iter().map(|(tool, ..)| (*tool, "ok")).collect();
        wanted.extend([("get", "not_found"), ("query", "usage"), ("resources/read", "not_found")]);
        wanted.extend([("resources/list", "ok"), ("prompts/get", "ok"), ("skills/list", "ok")]);
        wanted.push(("tools/call", "usage"));
        let told = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
        let got: Vec<_> = lines.iter().map(|it| (told(it, "what"), told(it, "result"))).collect();
        let got: Vec<_> =
            got.iter().map(|(what, result)| (what.as_str(), result.as_str())).collect();
        assert_eq!(got, wanted);
        for line in &lines {
            assert_eq!(line["who"], "stdio");
            assert!(told(line, "arguments").starts_with("hmac-sha256:"), "{line}");
            assert!(!line.to_string().contains("flamingo"), "{line}");
        }
    }
    let lines = logged(&repo);
    let digest = |at: usize| lines[at]["arguments"].as_str().unwrap();
    assert_eq!(digest(0), digest(lines.len() / 2), "the same call has the same digest");
    assert_ne!(digest(0), digest(1));
}

#[test]
fn a_log_that_cannot_be_written_fails_no_call() {
    let repo = memory();
    let folder = repo.path().join(".git/prode");
    repo.prode(&["index"]).ok();
    for name in ["mcp-calls.jsonl", "mcp-calls.key"] {
        std::fs::create_dir(folder.join(name)).unwrap();
    }
    let mut session = Session::open(&repo, Era::Modern);
    let result = session.call("query", json!({"query": "queue"}));
    assert_eq!(result["isError"], false, "{result}");
    let (_, code, told) = session.end(true);
    assert_eq!((code, told.as_str()), (Some(0), ""));
}

#[test]
fn who_asks_too_often_is_told_when_to_ask_again() {
    let repo = memory();
    let mut session = Session::open(&repo, Era::Modern);
    let call = json!({"name": "propose_learning", "arguments": {}});
    let ids: Vec<_> = (0..120).map(|_| session.ask("tools/call", call.clone())).collect();
    let answers: Vec<_> = ids.iter().map(|_| session.receive().expect("an answer")).collect();
    let text = |it: &Value| it["result"]["content"][0]["text"].as_str().unwrap().to_owned();
    let refused: Vec<_> = answers.iter().map(text).filter(|it| it.contains("too often")).collect();
    assert!(!refused.is_empty() && refused.len() <= 90, "{}", refused.len());
    for text in &refused {
        assert!(text.starts_with("error (unavailable): 'propose_learning' was asked"), "{text}");
        assert!(text.contains("hint: ask again in "), "{text}");
    }
    // Another tool is answered all the same.
    assert_eq!(session.call("query", json!({"query": "queue"}))["isError"], false);
}
