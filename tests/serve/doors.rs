//! Which names it answers to, and which pages may ask: what a browser on the same
//! machine can be made to send.

use serde_json::json;

use super::Served;
use super::served::receive;
use crate::mcp::memory;
use crate::mcp::session::Era;

#[test]
fn a_name_that_points_here_by_somebody_elses_will_is_turned_away() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.hosts=[desk.example.org]"]);
    let port = server.address().port();
    for path in ["/mcp", "/healthz", "/readyz", "/metrics", "/nothing"] {
        for host in ["rebound.example", "localhost.rebound.example", "127.0.0.1.nip.example"] {
            let host = format!("Host: {host}:{port}");
            server.get(path, &[&host]).refuses(421, "is not called");
        }
    }
    let rebound = format!("Host: rebound.example:{port}");
    // A rebound page is of the same origin as what it asks: the name alone tells.
    let origin = format!("Origin: http://rebound.example:{port}");
    server.query(&[&rebound, &origin]).refuses(421, "is not called");
    for host in ["localhost", "127.0.0.1", "[::1]", "desk.example.org", "DESK.example.org:443"] {
        assert_eq!(server.query(&[&format!("Host: {host}")]).status, 200, "{host}");
    }
    server.get("/healthz", &["Host: localhost", "Host: rebound.example"]).refuses(400, "Host");
    let absolute = "GET http://rebound.example/healthz";
    receive(server.send(absolute, &["Host: localhost"], "")).refuses(421, "is not called");
    assert!(server.metric("prode_refused_total{reason=\"host\"}") >= 16);
}

#[test]
fn a_page_of_another_site_cannot_ask() {
    let repo = memory();
    let server = Served::start(&repo, &["serve.origins=[\"https://desk.example.org\"]"]);
    let own = format!("Origin: http://{}", server.address());
    for origin in [own.as_str(), "Origin: https://desk.example.org"] {
        assert_eq!(server.query(&[origin]).status, 200, "{origin}");
    }
    for origin in
        ["https://evil.example", "null", "http://localhost:1", "https://desk.example.org:1"]
    {
        let header = format!("Origin: {origin}");
        server.query(&[&header]).refuses(403, "may not ask");
        server.get("/metrics", &[&header]).refuses(403, "may not ask");
        // What browsers send before a request that they do not trust: no word of leave.
        let preflight = receive(server.send("OPTIONS /mcp", &[&header], ""));
        assert_eq!(preflight.status, 403);
        assert_eq!(preflight.header("Access-Control-Allow-Origin"), None);
    }
    assert!(server.metric("prode_refused_total{reason=\"origin\"}") >= 12);
}

#[test]
fn a_form_of_another_page_has_the_wrong_type() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).to_string();
    let accept = "Accept: application/json, text/event-stream";
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let kind = format!("Content-Type: {kind}");
        let answer = receive(server.send("POST /mcp", &[&kind, accept], &message));
        assert_eq!(answer.status, 415, "{answer:?}");
    }
}

#[test]
fn what_is_not_there_is_said() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    server.get("/nothing", &[]).refuses(404, "nothing at this path");
    server.get("/mcp/", &[]).refuses(404, "nothing at this path");
    receive(server.send("POST /healthz", &[], "x")).refuses(405, "POST");
    let answer = server.call(Era::Modern, "quer", &json!({"query": "queue"}), &[]);
    assert!(answer.json()["error"]["message"].as_str().unwrap().contains("'query'"), "{answer:?}");
}
