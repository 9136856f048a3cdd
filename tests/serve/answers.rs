//! What is answered: the command's JSON, from the trunk as it is at that moment.

use std::fs;

use serde_json::{Value, json};

use super::Served;
use super::served::receive;
use crate::mcp::session::{ERAS, Era, greeting};
use crate::mcp::{OPENS_A_RUN, calls, memory, promised};
use crate::support::TestRepo;

fn commit_of(answer: &super::Answer) -> String {
    let commit = &answer.json()["result"]["structuredContent"]["commit"];
    commit.as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
}

#[test]
fn both_eras_get_what_the_command_answers() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    for era in ERAS {
        let calls = calls(&repo).into_iter().filter(|(tool, ..)| *tool != OPENS_A_RUN);
        for (tool, given, mut command) in calls {
            command.push("--json".to_owned());
            let command: Vec<&str> = command.iter().map(String::as_str).collect();
            let wanted = promised(repo.prode(&command).json());
            let answer = server.call(era, tool, &given, &[]);
            assert_eq!(answer.status, 200, "{answer:?}");
            let got = promised(answer.json()["result"]["structuredContent"].clone());
            assert_eq!(got.to_string(), wanted.to_string(), "{era:?} {tool}");
        }
    }
}

#[test]
fn a_client_of_each_era_begins_without_a_session() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let hello = receive(server.ask(Era::Legacy, "initialize", &greeting("2025-11-25"), &[]));
    assert_eq!(hello.json()["result"]["protocolVersion"], "2025-11-25", "{hello:?}");
    assert_eq!(hello.header("Mcp-Session-Id"), None);
    let found = receive(server.ask(Era::Modern, "server/discover", &json!({}), &[]));
    let versions = &found.json()["result"]["supportedVersions"];
    assert_eq!(versions, &json!(["2026-07-28", "2025-11-25"]), "{found:?}");
    for era in ERAS {
        let list = receive(server.ask(era, "tools/list", &json!({}), &[]));
        assert_eq!(list.json()["result"]["tools"].as_array().unwrap().len(), 10, "{era:?}");
    }
    for method in ["GET", "DELETE"] {
        let answer = receive(server.send(&format!("{method} /mcp"), &[], ""));
        assert_eq!(answer.status, 405, "{answer:?}");
    }
}

#[test]
fn a_question_is_answered_from_the_trunk_as_it_is_then() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    for round in 0..5 {
        repo.write("wiki/new.md", format!("# New\n\nzebra {round}\n"));
        let commit = repo.commit("moves the trunk");
        let before = server.metric("prode_index_moves_total");
        let answers: Vec<_> = std::thread::scope(|scope| {
            let ask = || server.call(Era::Modern, "query", &json!({"query": "zebra"}), &[]);
            let asking: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        for answer in answers {
            assert_eq!(commit_of(&answer), commit, "round {round}");
            assert_eq!(answer.json()["result"]["structuredContent"]["total"], 1);
        }
        assert_eq!(server.get("/readyz", &[]).json()["commit"], commit.as_str());
        assert_eq!(server.metric("prode_index_moves_total") - before, 1, "one for all");
    }
}

#[test]
fn readiness_says_what_stands_behind_an_answer() {
    let repo = memory();
    let commit = repo.git(&["rev-parse", "HEAD"]);
    let server = Served::start(&repo, &[]);
    let ready = server.get("/readyz", &[]).json();
    assert_eq!(ready["schema"], "prode.ready/v1");
    assert_eq!((&ready["ready"], &ready["trunk"]), (&json!(true), &json!("main")));
    assert_eq!(ready["commit"], commit.trim());
    assert_eq!(ready["protocol_versions"], json!(["2026-07-28", "2025-11-25"]));
    assert!(ready["index"]["pages"].as_u64().unwrap() >= 4, "{ready}");
    assert_eq!(server.get("/healthz", &[]).body, "ok\n");
}

#[test]
fn a_repository_that_is_gone_is_said_so_and_found_again() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let commit = commit_of(&server.query(&[]));
    let away = repo.path().with_file_name("away");
    fs::rename(repo.path(), &away).unwrap();
    server.get("/readyz", &[]).refuses(503, "is not there any more");
    assert_eq!(server.get("/healthz", &[]).status, 200, "the process lives");
    for era in ERAS {
        let answer = server.call(era, "query", &json!({"query": "queue"}), &[]).json();
        let result = &answer["result"];
        assert_eq!(result["isError"], true, "{answer}");
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(text.contains("is not there any more") && text.contains("hint: "), "{text}");
        assert_eq!(result["_meta"]["prode/error"]["kind"], "unavailable", "{answer}");
    }
    fs::rename(&away, repo.path()).unwrap();
    assert_eq!(server.get("/readyz", &[]).status, 200);
    assert_eq!(commit_of(&server.query(&[])), commit);
}

#[test]
fn another_repository_at_the_same_place_is_opened_anew() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let old = commit_of(&server.query(&[]));
    let other = TestRepo::new();
    other.write("wiki/other.md", "# Other\n\nqueue of another repository\n");
    let new = other.commit("another memory");
    fs::rename(repo.path(), repo.path().with_file_name("away")).unwrap();
    let mut copying = std::process::Command::new("cp");
    let copied = copying.arg("-R").arg(other.path()).arg(repo.path()).status();
    assert!(copied.unwrap().success());
    let answer = server.query(&[]);
    assert_ne!(commit_of(&answer), old);
    assert_eq!(commit_of(&answer), new);
    assert_eq!(answer.json()["result"]["structuredContent"]["total"], 1, "{answer:?}");
}

#[test]
fn a_repository_above_never_takes_the_place_of_one_that_is_gone() {
    let above = TestRepo::new();
    above.write("wiki/secret.md", "# Secret\n\nqueue of the repository above\n");
    above.commit("above");
    let inner = above.path().join("inner");
    let inner_path = inner.display().to_string();
    above.git(&["init", "--quiet", "--initial-branch=main", &inner_path]);
    fs::create_dir(inner.join("wiki")).unwrap();
    fs::write(inner.join("wiki/a.md"), "# A\n\nqueue of the inner one\n").unwrap();
    above.git(&["-C", &inner_path, "add", "."]);
    above.git(&["-C", &inner_path, "commit", "--quiet", "-m", "inner"]);
    let mut command = above.prode_command();
    command.args(["--repo", &inner_path, "serve", "--addr", "127.0.0.1:0", "--json"]);
    let server = Served::begin(command);
    let path = |answer: &super::Answer| -> Value {
        answer.json()["result"]["structuredContent"]["hits"][0]["path"].clone()
    };
    assert_eq!(path(&server.query(&[])), "wiki/a.md");
    fs::rename(inner.join(".git"), inner.join("git-away")).unwrap();
    let answer = server.query(&[]).json();
    assert_eq!(answer["result"]["isError"], true, "{answer}");
    assert!(!answer.to_string().contains("repository above"), "{answer}");
    fs::rename(inner.join("git-away"), inner.join(".git")).unwrap();
    assert_eq!(path(&server.query(&[])), "wiki/a.md");
}
