//! Tokens: made, sent, missing, over, for something else.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use serde_json::json;

use super::Served;
use super::served::receive;
use crate::mcp::memory;
use crate::mcp::session::{ERAS, Era};
use crate::support::TestRepo;

fn add(repo: &TestRepo, name: &str, scopes: &str) -> String {
    let args = ["serve", "token", "add", name, "--scope", scopes, "--json"];
    repo.prode(&args).ok().json()["token"].as_str().unwrap().to_owned()
}

fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}")
}

fn file(repo: &TestRepo) -> PathBuf {
    repo.path().join(".git/prode/serve-tokens-v1.json")
}

#[test]
fn a_token_opens_what_it_was_made_for() {
    let repo = memory();
    let ci = add(&repo, "ci", "query,get");
    let monitor = add(&repo, "monitor", "metrics");
    let server = Served::start(&repo, &[]);
    for era in ERAS {
        let given = json!({"query": "queue"});
        assert_eq!(server.call(era, "query", &given, &[&bearer(&ci)]).status, 200);
        let missing = server.call(era, "query", &given, &[]);
        missing.refuses(401, "no bearer token");
        assert_eq!(missing.header("WWW-Authenticate"), Some("Bearer realm=\"prode\""));
        let links = json!({"ref": "wiki/workers.md"});
        let wrong = server.call(era, "links", &links, &[&bearer(&ci)]);
        wrong.refuses(403, "'ci' is not for 'links'");
        assert!(wrong.header("WWW-Authenticate").unwrap().contains("scope=\"links\""));
        let list = receive(server.ask(era, "tools/list", &json!({}), &[&bearer(&monitor)]));
        assert_eq!(list.status, 200, "{list:?}");
    }
    for sent in ["Bearer nothing", "Basic abc", "Bearer", &format!("Bearer {ci}x")] {
        let answer = server.query(&[&format!("Authorization: {sent}")]);
        assert_eq!(answer.status, 401, "{sent}: {answer:?}");
    }
    server.query(&[&bearer(&ci), &bearer(&monitor)]).refuses(401, "no bearer token");
    server.get("/metrics", &[]).refuses(401, "no bearer token");
    server.get("/metrics", &[&bearer(&ci)]).refuses(403, "not for 'metrics'");
    let metrics = server.get("/metrics", &[&bearer(&monitor)]);
    assert!(metrics.body.contains("prode_refused_total{reason=\"scope\"} 3\n"), "{metrics:?}");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(server.get(path, &[]).status, 200, "whoever watches needs no token");
    }
}

#[test]
fn who_has_no_good_token_is_told_so_and_then_to_wait() {
    let repo = memory();
    let ci = add(&repo, "ci", "query");
    let monitor = add(&repo, "monitor", "metrics");
    let server = Served::start(&repo, &[]);
    let sent = format!("Authorization: Bearer {ci}x");
    let mut told = 0;
    let refused = loop {
        let answer = server.query(&[&sent]);
        if answer.status != 401 {
            break answer;
        }
        told += 1;
        assert!(told < 10_000, "nobody is told to wait");
    };
    assert!(told >= 20, "{told}");
    refused.refuses(429, "without a good token");
    assert!(refused.header("Retry-After").is_some(), "{refused:?}");
    assert_eq!(refused.header("WWW-Authenticate"), None);
    assert_eq!(server.query(&[&bearer(&ci)]).status, 200, "a good one is let in all the same");
    let metrics = server.get("/metrics", &[&bearer(&monitor)]).body;
    assert!(metrics.contains("prode_refused_total{reason=\"token_rate\"} 1\n"), "{metrics}");
}

#[test]
fn calls_are_logged_and_limited_by_the_name_of_their_token() {
    let repo = memory();
    let tokens = ["ci", "desk"].map(|name| (name, add(&repo, name, "audit")));
    let server = Served::start(&repo, &[]);
    let audit = |token: &str| server.call(Era::Modern, "audit", &json!({}), &[&bearer(token)]);
    let text_of = |answer: &super::Answer| {
        let result = &answer.json()["result"];
        (result["isError"] == true).then(|| result["content"][0]["text"].to_string())
    };
    // Each call comes by a connection of its own. Calls that take their time may be
    // more than those of one minute.
    let asked = tokens.each_ref().map(|(_, token)| {
        let refused = (1..=300).find_map(|at| Some((at, text_of(&audit(token))?)));
        let (asked, text) = refused.expect("there is a limit");
        assert!(asked > 30 && text.contains("'audit' was asked too often"), "{asked}: {text}");
        asked
    });
    let log = fs::read_to_string(repo.path().join(".git/prode/mcp-calls.jsonl")).unwrap();
    for ((name, token), asked) in tokens.iter().zip(asked) {
        assert_eq!(log.matches(&format!("\"who\":\"{name}\"")).count(), asked, "{log}");
        assert!(!log.contains(token));
    }
}

#[test]
fn what_two_readers_could_read_differently_is_let_through_to_none() {
    let repo = memory();
    let ci = add(&repo, "ci", "query");
    let server = Served::start(&repo, &[]);
    let links = r#""params":{"name":"links","arguments":{"ref":"wiki/workers.md"}}"#;
    let head = bearer(&ci);
    let headers =
        ["Content-Type: application/json", "Accept: application/json, text/event-stream", &head];
    for body in [
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call",{links}}}"#),
        format!(
            r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"query"}},{links}}}"#
        ),
        format!(r#"[{{"jsonrpc":"2.0","id":1,"method":"tools/call",{links}}}]"#),
    ] {
        receive(server.send("POST /mcp", &headers, &body)).refuses(400, "not one JSON-RPC message");
    }
    let twice = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call",
        "params":{"name":"query","name":"links","arguments":{"ref":"wiki/workers.md"}}}"#;
    let answer = receive(server.send("POST /mcp", &headers, twice));
    assert_eq!(answer.status, 403, "the last one counts, for both readers: {answer:?}");
}

#[test]
fn revoked_and_expired_tokens_open_nothing_at_once() {
    let repo = memory();
    let ci = add(&repo, "ci", "query");
    let other = add(&repo, "other", "query");
    let server = Served::start(&repo, &[]);
    assert_eq!(server.query(&[&bearer(&ci)]).status, 200);
    repo.prode(&["serve", "token", "revoke", "ci"]).ok().says("holds no more");
    let answer = server.query(&[&bearer(&ci)]);
    answer.refuses(401, "expired or was revoked");
    assert!(answer.header("WWW-Authenticate").unwrap().contains("invalid_token"));
    assert_eq!(server.query(&[&bearer(&other)]).status, 200);
    let path = file(&repo);
    let kept = fs::read_to_string(&path).unwrap();
    let mut tokens: serde_json::Value = serde_json::from_str(&kept).unwrap();
    tokens["tokens"][1]["expires"] = json!("2026-01-01T00:00:00Z");
    fs::write(&path, tokens.to_string()).unwrap();
    server.query(&[&bearer(&other)]).refuses(401, "expired or was revoked");
    // The last one being over does not open the door.
    server.query(&[]).refuses(401, "no bearer token");
    let fresh = add(&repo, "ci", "query");
    assert_eq!(server.query(&[&bearer(&fresh)]).status, 200, "a name may be used again");
}

#[test]
fn a_file_of_tokens_that_cannot_be_trusted_lets_nobody_in() {
    let repo = memory();
    let ci = add(&repo, "ci", "query");
    let server = Served::start(&repo, &[]);
    let path = file(&repo);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let answer = server.query(&[&bearer(&ci)]);
    answer.refuses(503, "damaged");
    assert_eq!(answer.header("Retry-After"), Some("5"));
    repo.prode(&["serve", "--addr", "127.0.0.1:0"]).fails(1).warns("damaged");
    fs::write(&path, &whole).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    server.query(&[&bearer(&ci)]).refuses(503, "others than its owner");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(server.query(&[&bearer(&ci)]).status, 200);
}

#[test]
fn a_token_is_told_once_and_kept_as_a_digest() {
    let repo = memory();
    let made = repo.prode(&["serve", "token", "add", "ci", "--scope", "query,route"]).ok();
    let token = made.stdout().trim().to_owned();
    assert!(token.starts_with("prode_") && token.len() == 70, "{token}");
    let kept = fs::read_to_string(file(&repo)).unwrap();
    assert!(!kept.contains(&token[6..]), "{kept}");
    let mode = fs::metadata(file(&repo)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let listed = repo.prode(&["serve", "token", "list", "--json"]).ok().json();
    assert_eq!(listed["tokens"][0]["scopes"], json!(["query", "route"]));
    assert_eq!(listed["tokens"][0]["state"], "holds");
    let hours = |key: &str| -> jiff::Timestamp {
        listed["tokens"][0][key].as_str().unwrap().parse().unwrap()
    };
    assert_eq!(hours("expires").duration_since(hours("created")).as_hours(), 24);
    repo.prode(&["serve", "token", "add", "ci", "--scope", "query"])
        .fails(3)
        .warns("holds already");
    repo.prode(&["serve", "token", "add", "b", "--scope", "quer"]).fails(2).warns("'query'");
    repo.prode(&["serve", "token", "add", "b c", "--scope", "query"]).fails(2);
    repo.prode(&["serve", "token", "add", "b"]).fails(2);
    repo.prode(&["serve", "token", "add", "b", "--scope", "query", "--for", "91d"]).fails(2);
    repo.prode(&["serve", "token", "revoke", "cj"]).fails(1).warns("'ci'");
}

#[test]
fn programs_that_make_tokens_at_once_lose_none() {
    let repo = memory();
    let root = repo.path().to_owned();
    let made: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..8)
            .map(|at| {
                let mut command = repo.prode_command();
                command.current_dir(&root);
                command.args(["serve", "token", "add", &format!("t{at}"), "--scope", "query"]);
                scope.spawn(move || command.output().unwrap())
            })
            .collect();
        running
            .into_iter()
            .map(|one| String::from_utf8(one.join().unwrap().stdout).unwrap().trim().to_owned())
            .collect()
    });
    let server = Served::start(&repo, &[]);
    for token in made {
        let answer =
            server.call(Era::Modern, "query", &json!({"query": "queue"}), &[&bearer(&token)]);
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

#[test]
fn beyond_this_machine_nothing_is_served_without_tokens() {
    let repo = memory();
    let args = ["serve", "--addr", "0.0.0.0:0"];
    repo.prode(&args).fails(2).warns("there is no token").warns("prode serve token add");
    let ci = add(&repo, "ci", "query");
    repo.prode(&["serve", "token", "revoke", "ci"]).ok();
    repo.prode(&args).fails(2).warns("there is no token");
    let other = add(&repo, "other", "query");
    let mut command = repo.prode_command();
    command.args(["serve", "--addr", "0.0.0.0:0", "--json"]);
    let server = Served::begin(command);
    server.query(&["Host: localhost"]).refuses(401, "no bearer token");
    server.query(&["Host: localhost", &bearer(&ci)]).refuses(401, "expired or was revoked");
    assert_eq!(server.query(&["Host: localhost", &bearer(&other)]).status, 200);
    // Who deletes the file opens the door of the loopback only.
    fs::remove_file(file(&repo)).unwrap();
    server.query(&["Host: localhost"]).refuses(401, "no bearer token");
}
