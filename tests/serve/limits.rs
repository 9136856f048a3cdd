//! Every limit: what is too long, too slow, too much at once, too often.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

use super::Served;
use super::served::{Held, receive, until};
use crate::mcp::memory;
use crate::mcp::session::Era;

const POST: &str = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
    Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";

#[test]
fn a_body_that_is_too_long_is_refused_said_or_unsaid() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.body=2000"]);
    let long = |size: usize| json!({"query": "queue", "limit": 3, "x": "y".repeat(size)});
    let refused = server.call(Era::Legacy, "query", &long(2_000), &[]);
    refused.refuses(413, "more than 2000 bytes");
    let passed = server.call(Era::Legacy, "query", &json!({"query": "q".repeat(500)}), &[]);
    assert_eq!(passed.status, 200, "{passed:?}");
    let mut stream = server.connect();
    let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
    let head = format!("{POST}Transfer-Encoding: chunked\r\n\r\n");
    // It stops reading after the second chunk, and may end the connection then.
    let _ = stream.write_all(format!("{head}{}", chunk.repeat(3)).as_bytes());
    receive(stream).refuses(413, "more than 2000 bytes");
    assert_eq!(server.metric("prode_refused_total{reason=\"body_length\"}"), 2);
}

#[test]
fn a_head_that_never_ends_costs_a_second_and_no_more() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.header_time=1"]);
    for begun in ["", "GET /healthz HTTP/1.1\r\nHost: loc"] {
        let mut stream = server.connect();
        stream.write_all(begun.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // The end, or a reset: never a wait for more.
        let read = stream.read_to_end(&mut answer);
        let waits = read.is_err_and(|it| it.kind() == std::io::ErrorKind::WouldBlock);
        assert!(!waits, "it is still open");
        assert!(!String::from_utf8_lossy(&answer).contains(" 200 "));
    }
    assert_eq!(server.query(&[]).status, 200);
}

#[test]
fn heads_that_are_too_large_are_refused() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let many: Vec<String> = (0..200).map(|at| format!("X-{at}: 1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(server.get("/healthz", &many).status, 431);
    let long = format!("X-Long: {}", "x".repeat(100_000));
    assert_eq!(server.get("/healthz", &[&long]).status, 431);
}

#[test]
fn a_body_that_never_ends_is_given_up() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.body_time=1"]);
    for part in ["", "{\"jsonrpc\":"] {
        let mut stream = server.connect();
        let bytes = format!("{POST}Content-Length: 100\r\n\r\n{part}");
        stream.write_all(bytes.as_bytes()).unwrap();
        receive(stream).refuses(408, "within 1 seconds");
    }
}

#[test]
fn an_answer_that_takes_too_long_is_given_up() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.request_time=1"]);
    let held = Held::questions(&repo);
    server.query(&[]).refuses(504, "within 1 seconds");
    server.get("/readyz", &[]).refuses(504, "within 1 seconds");
    held.release();
    until("it answers again", || server.query(&[]).status == 200);
}

#[test]
fn what_was_given_up_before_it_began_is_not_done_later() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.concurrency=1", "serve.request_time=1"]);
    let held = Held::questions(&repo);
    let ask = |words: &str| server.call(Era::Modern, "query", &json!({"query": words}), &[]).status;
    assert_eq!(ask("queue"), 504, "it began, and goes on");
    assert_eq!(ask("workers"), 504, "it waited for the first one's place");
    held.release();
    until("it answers again", || ask("queue") == 200);
    let mut asked = 0;
    until("it answers the second", || {
        asked += 1;
        ask("workers") == 200
    });
    // The log tells calls apart by digests of their arguments.
    let log = std::fs::read_to_string(repo.path().join(".git/prode/mcp-calls.jsonl")).unwrap();
    let calls: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let second = &calls.last().unwrap()["arguments"];
    let done = calls.iter().filter(|call| &call["arguments"] == second).count();
    assert!((1..=asked).contains(&done), "{done} done of {asked}: {log}");
}

#[test]
fn more_questions_than_may_be_answered_at_once_are_sent_away() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.concurrency=2", "serve.request_time=600"]);
    let held = Held::questions(&repo);
    let ask = || server.asked(Era::Modern, "query", &json!({"query": "queue"}), &[]);
    let waiting = [ask(), ask()];
    // The scrape itself is the third.
    until("both are being answered", || server.metric("prode_http_requests_in_flight") >= 3);
    let refused = server.query(&[]);
    refused.refuses(503, "as many requests as it may");
    assert_eq!(refused.header("Retry-After"), Some("1"));
    assert_eq!(server.get("/healthz", &[]).status, 200);
    held.release();
    for one in waiting {
        assert_eq!(receive(one).status, 200);
    }
    assert_eq!(server.query(&[]).status, 200);
}

#[test]
fn who_asks_too_often_waits() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.rate=6"]);
    assert_eq!(server.query(&[]).status, 200);
    let refused = server.query(&[]);
    refused.refuses(429, "'local' asks too often");
    let wait: u64 = refused.header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
    assert_eq!(server.metric("prode_refused_total{reason=\"rate\"}"), 1);
    assert_eq!(server.get("/healthz", &[]).status, 200, "who watches is not counted");
}

#[test]
fn connections_beyond_the_bound_are_told_so() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.connections=5", "serve.header_time=120"]);
    let held: Vec<TcpStream> = (0..5).map(|_| server.connect()).collect();
    let mut stream = server.connect();
    let mut told = String::new();
    let _ = stream.read_to_string(&mut told);
    assert!(told.starts_with("HTTP/1.1 503 "), "{told}");
    assert!(told.contains("Retry-After: 1\r\n"), "{told}");
    drop(held);
    until("there is room again", || {
        let mut stream = server.connect();
        let head = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        let mut told = String::new();
        let _ = stream.read_to_string(&mut told);
        told.starts_with("HTTP/1.1 200 ")
    });
}

#[test]
fn a_thousand_connections_are_served() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.header_time=120"]);
    // Both sides of each connection, and what other tests hold open.
    let told = std::process::Command::new("sh").args(["-c", "ulimit -n"]).output().unwrap();
    let files = String::from_utf8(told.stdout).unwrap().trim().parse().unwrap_or(usize::MAX);
    let count = 1_000.min(files / 3);
    let mut streams: Vec<TcpStream> = (0..count).map(|_| server.connect()).collect();
    assert_eq!(server.query(&[]).status, 200, "none of them is in the way");
    for stream in &mut streams {
        let head = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
    }
    let answered = streams.into_iter().map(receive);
    assert_eq!(answered.filter(|answer| answer.status == 200).count(), count);
}
