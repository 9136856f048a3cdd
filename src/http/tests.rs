//! The client against a server that says what it is told to: what is sent, and
//! what comes of each answer.

use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use super::scripted::{answer, listening};
use super::*;

/// What the token of every test is; no service gives such a one.
const SECRET: &str = "a-token-of-nobody";

/// Requests as they came, head and body.
struct Scripted {
    address: String,
    came: Receiver<String>,
}

impl Scripted {
    /// Answers each connection with the next of `answers`, then ends.
    fn new(answers: Vec<String>) -> Self {
        let (address, came) = listening(move |number, _| answers.get(number).cloned());
        Self { address, came }
    }

    fn client(&self) -> Client {
        self.client_within(Duration::from_secs(20))
    }

    fn client_within(&self, limit: Duration) -> Client {
        self.client_with(Token::new(SECRET), limit)
    }

    fn client_with(&self, token: Token, limit: Duration) -> Client {
        Client::new(Service::GITHUB, &Endpoint::parse(&self.address).unwrap(), token, limit)
    }

    fn requests(&self) -> Vec<String> {
        self.came.try_iter().collect()
    }
}

fn ok(body: &str) -> String {
    answer("200 OK", "", body)
}

/// Asks something.
fn account(client: &Client) -> Result<String, HttpError> {
    client.ask(&Call::get("tell whose it is", "/user"), |it: &Value| text(it, "/login"))
}

const ADA: &str = r#"{"login": "ada"}"#;

#[test]
fn a_request_carries_the_token_and_what_the_service_wants() {
    let server = Scripted::new(vec![ok(ADA)]);
    assert_eq!(account(&server.client()).as_deref(), Ok("ada"));
    let request = server.requests().remove(0).to_lowercase();
    assert!(request.starts_with("get /user http/1.1"), "{request}");
    for header in [
        &format!("authorization: bearer {SECRET}"),
        "x-github-api-version: 2022-11-28",
        "accept: application/vnd.github+json",
        "user-agent: prode/",
    ] {
        assert!(request.contains(header), "{header} in {request}");
    }
}

#[test]
fn a_question_is_asked_again_after_a_fault() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n{\"login\"".to_owned();
    let faults = [answer("502 Bad Gateway", "", "<html>"), String::new(), cut];
    for fault in faults {
        let server = Scripted::new(vec![fault, ok(ADA)]);
        assert_eq!(account(&server.client()).as_deref(), Ok("ada"));
        assert_eq!(server.requests().len(), 2);
    }
}

#[test]
fn what_keeps_failing_is_told_as_unavailable() {
    let server = Scripted::new(vec![answer("500 Internal Server Error", "", ""); 4]);
    let error = account(&server.client()).unwrap_err();
    assert!(error.is_unsure() && error.to_string().contains("failed with 500"), "{error}");
    assert_eq!(error.kind(), crate::hint::ErrorKind::Unavailable);
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_service_that_hangs_is_left() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (_, came) = channel();
    let silent = Scripted { address, came };
    let error = account(&silent.client_within(Duration::from_millis(50))).unwrap_err();
    assert!(error.to_string().contains("no answer within"), "{error}");
}

#[test]
fn a_service_that_asks_to_wait_is_waited_for_within_bounds() {
    let later = answer("429 Too Many Requests", "retry-after: 1\r\n", "{}");
    let server = Scripted::new(vec![later, ok(ADA)]);
    assert!(account(&server.client()).is_ok());
    let secondary = r#"{"message": "You have exceeded a secondary rate limit"}"#;
    let hour = answer("403 Forbidden", "retry-after: 3600\r\n", secondary);
    let server = Scripted::new(vec![hour]);
    let error = account(&server.client()).unwrap_err();
    assert!(error.to_string().contains("asks to wait for 3600 s"), "{error}");
}

#[test]
fn a_redirect_is_followed_on_the_host_and_nowhere_else() {
    let moved = |to: &str| answer("301 Moved", &format!("location: {to}\r\n"), "");
    let server = Scripted::new(vec![moved("/user/7"), ok(ADA)]);
    assert!(account(&server.client()).is_ok());
    assert!(server.requests()[1].starts_with("GET /user/7 "));
    let other = Scripted::new(vec![ok(ADA)]);
    let server = Scripted::new(vec![moved(&format!("{}/user", other.address))]);
    let error = account(&server.client()).unwrap_err();
    assert!(matches!(error, HttpError::Elsewhere { .. }), "{error}");
    assert!(other.requests().is_empty(), "the token stayed");
    let server = Scripted::new(vec![moved("/user"); 5]);
    assert!(account(&server.client()).is_err(), "in circles");
}

#[test]
fn no_error_shows_the_token() {
    let echo = format!(r#"{{"message": "bad \u001b[31m {SECRET}\nsecond"}}"#);
    let server = Scripted::new(vec![answer("422 Unprocessable", "", &echo)]);
    let error = account(&server.client()).unwrap_err();
    let shown = format!("{error} {error:?} {:?}", Token::new(SECRET));
    assert!(!shown.contains(SECRET) && shown.contains("<token>"), "{shown}");
    assert!(!error.to_string().contains(['\n', '\u{1b}']), "{error}");
    let broken = Token::new(format!("{SECRET}\n"));
    let error = account(&server.client_with(broken, Duration::from_secs(1))).unwrap_err();
    assert!(matches!(error, HttpError::BadToken { .. }), "{error}");
    assert!(server.requests().len() == 1, "nothing was sent");
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    let server = Scripted::new(vec![ok(&"x".repeat(9 << 20)); 4]);
    let error = account(&server.client()).unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");
}

#[test]
fn each_refusal_has_its_kind() {
    use crate::hint::ErrorKind::{Invalid, NotFound, Waiting};
    let said = r#"{"message": "Validation Failed", "errors": [{"message": "no commits between"}]}"#;
    for (status, kind, words) in [
        ("401 Unauthorized", Invalid, "does not take the token"),
        ("403 Forbidden", Waiting, "does not let this token read the pull request"),
        ("404 Not Found", NotFound, "knows nothing by that name"),
        ("422 Unprocessable", Invalid, "(422): Validation Failed; no commits between"),
    ] {
        let server = Scripted::new(vec![answer(status, "", said)]);
        let error =
            server.client().send(&Call::get("read the pull request", "/pulls/7")).unwrap_err();
        assert_eq!(error.kind(), kind, "{status}");
        assert!(error.to_string().contains(words), "{error}");
        assert!(!error.is_unsure());
    }
}

#[test]
fn another_service_is_told_as_such() {
    let server = Scripted::new(vec![ok("[1, 2]")]);
    let error = account(&server.client()).unwrap_err();
    assert!(error.to_string().contains("is not understood: it has no text at /login"), "{error}");
}

#[test]
fn a_body_says_what_a_status_does_not() {
    let meaning = |it: &Value| it.get("errors").map(|it| Meaning::Refused(it.to_string()));
    let service = Service { meaning, ..Service::GITLAB };
    let server = Scripted::new(vec![ok(r#"{"errors": ["no"]}"#)]);
    let endpoint = Endpoint::parse(&server.address).unwrap();
    let client = Client::new(service, &endpoint, Token::new(SECRET), Duration::from_secs(20));
    let error = client.send(&Call::query("ask", "", Value::Null)).unwrap_err();
    assert!(matches!(error, HttpError::Refused { status: 200, .. }), "{error}");
}

#[test]
fn what_is_made_anew_is_sent_once() {
    let server = Scripted::new(vec![answer("502 Bad Gateway", "", ""), ok("{}")]);
    let error = server.client().send(&Call::make("add", "/x", Value::Null)).unwrap_err();
    assert!(error.is_unsure() && server.requests().len() == 1, "{error}");
}
