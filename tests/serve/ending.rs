//! Beginning and ending: the port, the signals, what is in flight.

use std::net::TcpStream;

use serde_json::json;

use super::Served;
use super::served::{Held, receive, until};
use crate::mcp::memory;
use crate::mcp::session::Era;

#[test]
fn a_port_that_is_taken_is_said() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let address = server.address().to_string();
    let run = repo.prode(&["serve", "--addr", &address]).fails(3);
    let run = run.warns(&format!("another program listens at '{address}'"));
    assert!(run.stderr().contains("hint: ") && run.stdout().is_empty(), "{}", run.stderr());
    let run = repo.prode(&["serve", "--addr", &address, "--json"]).fails(3);
    let error: serde_json::Value = serde_json::from_str(run.stderr()).unwrap();
    assert_eq!(error["kind"], "conflict");
    repo.prode(&["serve", "--addr", "nowhere"]).fails(2);
    assert_eq!(server.query(&[]).status, 200, "the first one goes on");
}

#[test]
fn a_request_to_stop_waits_for_what_is_being_answered() {
    for signal in ["TERM", "INT"] {
        let repo = memory();
        let server = Served::start(&repo, &["serve.drain_time=600", "serve.request_time=600"]);
        let held = Held::questions(&repo);
        let asked = server.asked(Era::Modern, "query", &json!({"query": "queue"}), &[]);
        until("it is being answered", || server.metric("prode_http_requests_in_flight") >= 2);
        let idle = server.connect();
        server.signal(signal);
        let address = server.address();
        until("nobody new is let in", || TcpStream::connect(address).is_err());
        held.release();
        assert_eq!(receive(asked).status, 200);
        drop(idle);
        let (status, told) = server.end();
        assert_eq!((status.code(), told.as_str()), (Some(0), ""), "{signal}");
    }
}

#[test]
fn what_takes_too_long_does_not_hold_up_the_end() {
    for (drain, signals) in [("serve.drain_time=1", 1), ("serve.drain_time=600", 2)] {
        let repo = memory();
        let server = Served::start(&repo, &[drain, "serve.request_time=600"]);
        let _held = Held::questions(&repo);
        let _asked = server.asked(Era::Modern, "query", &json!({"query": "queue"}), &[]);
        until("it is being answered", || server.metric("prode_http_requests_in_flight") >= 2);
        let address = server.address();
        server.signal("TERM");
        until("nobody new is let in", || TcpStream::connect(address).is_err());
        for _ in 1..signals {
            server.signal("TERM");
        }
        assert_eq!(server.end().0.code(), Some(0), "{drain}");
    }
}

#[test]
fn an_idle_server_ends_at_once() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.drain_time=600"]);
    assert_eq!(server.query(&[]).status, 200);
    server.signal("TERM");
    assert_eq!(server.end().0.code(), Some(0));
}

#[test]
fn where_it_listens_is_told_on_standard_error() {
    use std::io::{BufRead as _, BufReader};
    let repo = memory();
    let mut command = repo.prode_command();
    command.args(["serve", "--addr", "127.0.0.1:0"]);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let address = line.trim().strip_prefix("note: listening at http://127.0.0.1:");
    let (port, rest) = address.and_then(|rest| rest.split_once('/')).expect("an address");
    assert!(matches!(port.parse::<u16>(), Ok(1..)), "{line}");
    assert_eq!(rest, format!(" for people and http://127.0.0.1:{port}/mcp for agents"));
}
