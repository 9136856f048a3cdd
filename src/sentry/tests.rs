//! The client against a server that says what it is told to: what is sent, what comes
//! of each answer, and what is never sent.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::http::scripted::{answer, listening};
use crate::http::{AskError, Endpoint, HttpError, Reach, Token, Where};
use crate::triage::window::Window;

/// A token of nobody, in parts: nothing here looks like one.
const TOKEN: [&str; 2] = ["a-token", "-of-nobody"];

fn window() -> Window {
    let from = "2026-11-03T13:30:00Z".parse().unwrap();
    Window { from, until: "2026-11-03T15:00:00Z".parse().unwrap() }
}

/// A server that answers each request with what `answer` makes of its number and text.
struct Server {
    address: String,
    came: Receiver<String>,
}

impl Server {
    /// Answers one after the other; the last one for ever.
    fn saying(answers: &[String]) -> Self {
        let answers = answers.to_vec();
        let (address, came) =
            listening(move |number, _| Some(answers[number.min(answers.len() - 1)].clone()));
        Self { address, came }
    }

    fn sentry(&self) -> Sentry {
        sentry(&self.address, Reach::Private, Duration::from_secs(5))
    }

    /// First lines of the requests.
    fn requests(&self) -> Vec<String> {
        let first = |it: String| it.lines().next().unwrap_or_default().to_owned();
        self.came.try_iter().map(first).collect()
    }
}

fn sentry(address: &str, reach: Reach, waiting: Duration) -> Sentry {
    let place = Where {
        endpoint: Endpoint::parse(address).unwrap(),
        reach,
        limit: Duration::from_secs(20),
        waiting,
    };
    Sentry::new(place, Slug::new("acme").unwrap(), Token::new(TOKEN.concat()))
}

fn ok(body: &Value) -> String {
    answer("200 OK", "", &body.to_string())
}

fn with_next(body: &Value, cursor: &str, results: bool) -> String {
    let link = format!(
        "link: <https://elsewhere.example/x>; rel=\"next\"; results=\"{results}\"; cursor=\"{cursor}\"\r\n"
    );
    answer("200 OK", &link, &body.to_string())
}

fn organization() -> Value {
    json!({"slug": "acme", "access": ["event:read", "org:read"]})
}

fn issue() -> Value {
    json!({
        "id": "4711", "shortId": "CHECKOUT-2F7", "project": {"slug": "checkout"},
        "metadata": {"type": "TypeError", "value": "of somebody"}, "culprit": "applyGiftCard",
        "firstSeen": "2026-11-03T14:03:11Z", "lastSeen": "2026-11-03T14:58:00Z",
    })
}

fn row(release: &str, count: u64) -> Value {
    json!({
        "release": release, "environment": "production", "count()": count,
        "min(timestamp)": "2026-11-03T14:03:11+00:00", "max(timestamp)": "2026-11-03T14:58:00+00:00",
    })
}

fn short() -> IssueName {
    IssueName::new("CHECKOUT-2F7").unwrap()
}

#[test]
fn who_asks_is_told_with_what_it_may_do() {
    let server = Server::saying(&[ok(&organization())]);
    let mut sentry = server.sentry();
    let access = sentry.access().unwrap();
    assert_eq!((access.organization.as_str(), access.that_write().len()), ("acme", 0));
    assert_eq!(server.requests(), ["GET /api/0/organizations/acme/?detailed=0 HTTP/1.1"]);
    let wide = json!({"slug": "acme", "access": ["event:admin", "org:read"]});
    let server = Server::saying(&[ok(&wide)]);
    assert_eq!(server.sentry().access().unwrap().that_write(), ["event:admin"]);
}

#[test]
fn an_address_may_end_in_the_path_of_the_api() {
    let server = Server::saying(&[ok(&organization())]);
    let mut sentry = sentry(&format!("{}/api/0/", server.address), Reach::Private, Duration::ZERO);
    assert!(sentry.access().is_ok());
    assert_eq!(server.requests(), ["GET /api/0/organizations/acme/?detailed=0 HTTP/1.1"]);
    assert_eq!(sentry.page_of(7), format!("{}/organizations/acme/issues/7/", server.address));
}

#[test]
fn an_issue_is_found_by_either_name() {
    let server = Server::saying(&[ok(&json!({"group": issue()})), ok(&issue())]);
    let mut sentry = server.sentry();
    let found = sentry.issue(&short()).unwrap().unwrap();
    assert_eq!((found.number, found.words().as_str()), (4711, "TypeError in applyGiftCard"));
    assert_eq!(sentry.issue(&IssueName::Number(4711)).unwrap().unwrap(), found);
    let paths = server.requests();
    assert!(paths[0].starts_with("GET /api/0/organizations/acme/shortids/CHECKOUT-2F7/ "));
    assert!(paths[1].starts_with("GET /api/0/organizations/acme/issues/4711/ "));
    let gone = Server::saying(&[answer("404 Not Found", "", r#"{"detail": "no"}"#)]);
    assert_eq!(gone.sentry().issue(&short()).unwrap(), None);
}

#[test]
fn events_are_counted_over_pages_and_not_without_end() {
    let pages = [
        with_next(&json!({"data": [row("a", 400)]}), "0:100:0", true),
        with_next(&json!({"data": [row("b", 12)]}), "0:200:0", false),
    ];
    let server = Server::saying(&pages);
    let about = About { project: 11, environments: vec!["production".to_owned()] };
    let without = Version::new("c@1").unwrap();
    let counts = server.sentry().counts(&about, &short(), Some(&without), &window()).unwrap();
    assert_eq!((counts.total(), counts.is_whole), (412, true));
    assert_eq!(counts.first().unwrap().to_string(), "2026-11-03T14:03:11Z");
    let requests = server.requests();
    for part in [
        "&project=11&start=2026-11-03T13%3A30%3A00Z&end=2026-11-03T15%3A00%3A00Z&environment=production&",
        "&query=issue%3ACHECKOUT-2F7%20%21release%3A%22c%401%22 ",
    ] {
        assert!(requests[0].contains(part), "{part} in {}", requests[0]);
    }
    assert!(requests[1].contains("&cursor=0%3A100%3A0 "), "{}", requests[1]);
    let endless = Server::saying(&[with_next(&json!({"data": [row("a", 1)]}), "0:1:0", true)]);
    let counts = endless.sentry().counts(&about, &short(), None, &window()).unwrap();
    assert_eq!((counts.is_whole, endless.requests().len()), (false, PAGES));
}

#[test]
fn a_cursor_that_is_none_is_not_understood() {
    let about = About::default();
    let server = Server::saying(&[with_next(&json!({"data": []}), "0:1:0&project=7 ", true)]);
    let error = server.sentry().counts(&about, &short(), None, &window()).unwrap_err();
    assert!(error.to_string().contains("its next page has no cursor"), "{error}");
    for strange in [json!([]), json!({"data": [{"release": "a"}]})] {
        let server = Server::saying(&[ok(&strange)]);
        let error = server.sentry().counts(&about, &short(), None, &window()).unwrap_err();
        assert!(error.to_string().contains("is not understood"), "{error}");
    }
}

#[test]
fn releases_of_the_window_are_told_by_when_they_went_out() {
    let release = |version: &str, created: &str, deployed: Value| json!({"version": version, "dateCreated": created, "dateReleased": null, "lastDeploy": deployed});
    let deploy = json!({"dateFinished": "2026-11-03T14:01:20Z", "environment": "production"});
    let page = json!([
        release("later", "2026-11-03T16:00:00Z", Value::Null),
        release("checkout@2026.11.3", "2026-11-03T13:00:00Z", deploy),
        release("older", "2026-11-02T13:00:00Z", Value::Null),
    ]);
    let server = Server::saying(&[with_next(&page, "0:100:0", true)]);
    let found = server.sentry().releases(&Slug::new("checkout").unwrap(), &window()).unwrap();
    let told: Vec<_> = found.releases.iter().map(|it| it.version.as_str()).collect();
    assert_eq!((told, found.is_whole), (vec!["checkout@2026.11.3"], true));
    assert_eq!(found.releases[0].environment.as_deref(), Some("production"));
    assert_eq!(server.requests().len(), 1, "what is older is not read");
}

#[test]
fn what_was_dropped_is_counted() {
    let group = |outcome: &str, count: u64| json!({"by": {"outcome": outcome}, "totals": {"sum(quantity)": count}});
    let groups = [group("accepted", 900), group("rate_limited", 7), group("abuse", 2)];
    let server = Server::saying(&[ok(&json!({"groups": groups}))]);
    assert_eq!(server.sentry().dropped(11, &window()).unwrap(), 9);
    let strange = Server::saying(&[ok(&json!({}))]);
    assert!(strange.sentry().dropped(11, &window()).is_err());
}

#[test]
fn nothing_but_a_get_of_a_listed_path_is_ever_sent() {
    let server = Server::saying(&[answer("404 Not Found", "", "{}")]);
    let mut sentry = server.sentry();
    let (about, slug) = (About::default(), Slug::new("checkout").unwrap());
    let _ = sentry.access();
    let _ = sentry.project(&slug);
    let _ = sentry.issue(&short());
    let _ = sentry.issue(&IssueName::Number(7));
    let _ = sentry.latest(7, &[]);
    let _ = sentry.counts(&about, &short(), None, &window());
    let _ = sentry.issues(&about, &window());
    let _ = sentry.releases(&slug, &window());
    let _ = sentry.dropped(7, &window());
    let requests = server.requests();
    assert_eq!(requests.len(), Operation::all().count());
    for (operation, request) in Operation::all().zip(requests.iter()) {
        let parts = [("{organization}", "acme"), ("{project}", "checkout")];
        let path = parts
            .iter()
            .fold(operation.path().to_owned(), |it, (name, value)| it.replace(name, value));
        let is_it = ["CHECKOUT-2F7", "7"].iter().any(|issue| {
            let path = format!("GET /api/0{}", path.replace("{issue}", issue));
            request.starts_with(&path) && request[path.len()..].starts_with([' ', '?'])
        });
        assert!(is_it, "{operation:?}: {request}");
    }
}

#[test]
fn a_sentry_that_asks_to_wait_is_waited_for_within_bounds() {
    let busy = |headers: &str| answer("429 Too Many Requests", headers, "{}");
    let server = Server::saying(&[busy("retry-after: 0\r\n"), ok(&organization())]);
    assert!(server.sentry().access().is_ok());
    assert_eq!(server.requests().len(), 2);
    let unsaid = Server::saying(&[busy("")]);
    let mut hasty = sentry(&unsaid.address, Reach::Private, Duration::ZERO);
    assert!(hasty.access().unwrap_err().to_string().contains("asks to wait for 60 s"));
    let date = "date: Tue, 03 Nov 2026 15:00:00 GMT\r\n";
    let reset: Timestamp = "2026-11-03T16:00:00Z".parse().unwrap();
    let limits = format!(
        "{date}x-sentry-rate-limit-remaining: 0\r\nx-sentry-rate-limit-reset: {}\r\n",
        reset.as_second()
    );
    let hour = Server::saying(&[busy(&limits)]);
    let error = hour.sentry().access().unwrap_err();
    assert!(error.to_string().contains("asks to wait for 3601 s"), "{error}");
    assert_eq!(hour.requests().len(), 1);
}

#[test]
fn a_connection_that_ends_within_an_answer_is_an_error() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n{\"slug\"".to_owned();
    let server = Server::saying(&[cut.clone(), ok(&organization())]);
    assert!(server.sentry().access().is_ok(), "it is asked again");
    for lost in [cut, String::new()] {
        let server = Server::saying(&[lost]);
        let mut hasty = sentry(&server.address, Reach::Private, Duration::ZERO);
        let error = hasty.access().unwrap_err();
        assert!(!error.is_unasked() && error.to_string().contains("did not answer"), "{error}");
    }
}

#[test]
fn no_redirect_is_followed() {
    let other = Server::saying(&[ok(&organization())]);
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        for to in [format!("{}/", other.address), "/api/0/organizations/other/".to_owned()] {
            let moved = answer(status, &format!("location: {to}\r\n"), "");
            let server = Server::saying(&[moved, ok(&organization())]);
            let error = server.sentry().access().unwrap_err();
            assert!(matches!(error, AskError::Asked(HttpError::Elsewhere { .. })), "{error}");
            assert_eq!(server.requests().len(), 1, "{status} {to}");
        }
    }
    assert!(other.requests().is_empty());
}

#[test]
fn an_answer_of_100_megabytes_is_not_read_to_its_end() {
    let server = Server::saying(&[ok(&json!({"data": "x".repeat(100 << 20)}))]);
    let mut hasty = sentry(&server.address, Reach::Private, Duration::ZERO);
    let error = hasty.counts(&About::default(), &short(), None, &window()).unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");
}

#[test]
fn nothing_is_sent_to_metadata_or_into_a_private_network() {
    let never = ["https://169.254.169.254", "https://[fd00:ec2::254]", "https://[fe80::1]"];
    for (reach, addresses) in [
        (Reach::Private, never.as_slice()),
        (Reach::Public, &["https://10.0.0.7", "https://localhost:1", "https://192.168.0.1:8443"]),
    ] {
        for address in addresses {
            let error = sentry(address, reach, Duration::ZERO).access().unwrap_err();
            assert!(error.is_unasked(), "{address}: {error}");
            assert!(error.to_string().contains("where nobody is asked"), "{address}: {error}");
        }
    }
}

#[test]
fn a_token_that_is_not_taken_is_told_as_such_and_not_shown() {
    let server =
        Server::saying(&[answer("401 Unauthorized", "", r#"{"detail": "Invalid token"}"#)]);
    let error = server.sentry().access().unwrap_err();
    assert!(error.to_string().contains("they are wrong, or have expired"), "{error}");
    let echo = json!({"detail": format!("no right for {}", TOKEN.concat())}).to_string();
    let server = Server::saying(&[answer("403 Forbidden", "", &echo)]);
    let error = server.sentry().access().unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("no right for <token>") && !shown.contains(&TOKEN.concat()), "{shown}");
}
