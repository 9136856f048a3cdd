//! The client against a server that says what it is told to: what is sent, what comes
//! of each answer, and what is never sent.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::http::scripted::{answer, listening};
use crate::http::{AskError, Endpoint, HttpError, Reach, Token, Where};
use crate::triage::window::Window;

fn window() -> Window {
    let from = "2026-11-03T13:30:00Z".parse().unwrap();
    Window { from, until: "2026-11-03T15:00:00Z".parse().unwrap() }
}

/// A server that answers each request with what `answer` makes of its number and path.
struct Server {
    address: String,
    came: Receiver<String>,
}

impl Server {
    fn new(answer: impl Fn(usize, &str) -> String + Send + 'static) -> Self {
        let (address, came) = listening(move |number, request| {
            let path = request.split(' ').nth(1).unwrap_or_default();
            Some(answer(number, path))
        });
        Self { address, came }
    }

    /// Answers one after the other; the last one for ever.
    fn saying(answers: &[String]) -> Self {
        let answers = answers.to_vec();
        Self::new(move |number, _| answers[number.min(answers.len() - 1)].clone())
    }

    fn forge(&self, kind: Kind) -> Forge {
        forge(kind, &self.address, Reach::Private, Duration::from_secs(5))
    }

    /// First lines of the requests.
    fn requests(&self) -> Vec<String> {
        let first = |it: String| it.lines().next().unwrap_or_default().to_owned();
        self.came.try_iter().map(first).collect()
    }
}

fn forge(kind: Kind, address: &str, reach: Reach, waiting: Duration) -> Forge {
    let endpoint = Endpoint::parse(address).unwrap();
    let place = Where { endpoint, reach, limit: Duration::from_secs(20), waiting };
    Forge::new(kind, place, Token::new("of-nobody"))
}

fn repo(kind: Kind) -> Repo {
    Repo::new(kind, "acme/checkout").unwrap()
}

fn ok(body: &Value) -> String {
    answer("200 OK", "", &body.to_string())
}

fn told(changes: &Changes) -> Vec<String> {
    changes.changes.iter().map(|it| format!("{} {}", it.at, it.what)).collect()
}

/// Whatever a forge says of people is not read.
fn pull(number: u64, updated: &str, merged: Option<&str>) -> Value {
    let email = ["ada", "@kundin.de"].concat();
    let user = json!({"login": "ada", "email": email});
    json!({
        "number": number, "iid": number, "title": "gift cards are looked up once", "body": "secret",
        "updated_at": updated, "merged_at": merged, "user": user,
    })
}

#[test]
fn who_asks_on_github_is_told_with_its_scopes() {
    let user = json!({"login": "ada"}).to_string();
    let scoped = |scopes: &str| answer("200 OK", &format!("x-oauth-scopes: {scopes}\r\n"), &user);
    let server = Server::saying(&[scoped("repo, read:org")]);
    let account = server.forge(Kind::GitHub).account().unwrap();
    assert_eq!((account.name.as_deref(), account.rights.that_write()), (Some("ada"), vec!["repo"]));
    let server = Server::saying(&[answer("200 OK", "", &user)]);
    assert_eq!(server.forge(Kind::GitHub).account().unwrap().rights, Rights::Untold);
    let app = Server::saying(&[answer("403 Forbidden", "", r#"{"message": "no account"}"#)]);
    assert_eq!(app.forge(Kind::GitHub).account().unwrap().name, None);
    let wrong = Server::saying(&[answer("401 Unauthorized", "", "{}")]);
    let error = wrong.forge(Kind::GitHub).account().unwrap_err();
    assert!(error.to_string().contains("they are wrong, or have expired"), "{error}");
}

#[test]
fn who_asks_on_gitlab_is_told_with_its_scopes() {
    let scopes = |all: &[&str]| ok(&json!({ "scopes": all }));
    let user = ok(&json!({"username": "ada"}));
    let server = Server::saying(&[user.clone(), scopes(&["read_api"])]);
    let account = server.forge(Kind::GitLab).account().unwrap();
    assert_eq!((account.name.as_deref(), account.rights.that_write().len()), (Some("ada"), 0));
    let server = Server::saying(&[user.clone(), scopes(&["api", "read_user"])]);
    assert_eq!(server.forge(Kind::GitLab).account().unwrap().rights.that_write(), ["api"]);
    let job = Server::saying(&[user, answer("404 Not Found", "", "{}")]);
    assert_eq!(job.forge(Kind::GitLab).account().unwrap().rights, Rights::Untold);
}

#[test]
fn what_was_deployed_on_github_is_told_by_when_it_ended() {
    let deployment = |id: u64, at: &str, environment: &str| json!({"id": id, "created_at": at, "environment": environment, "sha": "0123456789abcdef", "description": "secret"});
    let list = json!([
        deployment(9, "2026-11-03T16:00:00Z", "production"),
        deployment(8, "2026-11-03T14:00:00Z", "production"),
        deployment(7, "2026-11-03T13:50:00Z", "staging"),
        deployment(6, "2026-11-03T10:00:00Z", "production"),
    ]);
    let status = json!([{"state": "success", "created_at": "2026-11-03T14:01:20Z"}]);
    let server = Server::saying(&[ok(&list), ok(&status)]);
    let production = ["production".to_owned()];
    let found = server
        .forge(Kind::GitHub)
        .deployments(&repo(Kind::GitHub), &production, &window())
        .unwrap();
    assert_eq!(told(&found), ["2026-11-03T14:01:20Z production 0123456789ab: success"]);
    assert_eq!(
        server.requests(),
        [
            "GET /repos/acme/checkout/deployments?per_page=100&page=1 HTTP/1.1",
            "GET /repos/acme/checkout/deployments/8/statuses?per_page=1 HTTP/1.1",
        ]
    );
    assert!(found.is_whole);
}

#[test]
fn what_was_deployed_on_gitlab_is_told_by_when_it_ended() {
    let list = json!([
        {"created_at": "2026-11-03T13:59:00Z", "environment": {"name": "production"}, "sha": "0123456789abcdef",
            "status": "success", "deployable": {"finished_at": "2026-11-03T14:01:20Z"}},
        {"created_at": "2026-11-03T14:30:00Z", "environment": {"name": "staging"}, "sha": "f00", "status": "failed"},
    ]);
    let server = Server::saying(&[ok(&list)]);
    let mut forge = server.forge(Kind::GitLab);
    let found = forge.deployments(&repo(Kind::GitLab), &[], &window()).unwrap();
    assert_eq!(
        told(&found),
        [
            "2026-11-03T14:30:00Z staging f00: failed",
            "2026-11-03T14:01:20Z production 0123456789ab: success"
        ]
    );
    let request = server.requests().remove(0);
    assert!(
        request.starts_with("GET /projects/acme%2Fcheckout/deployments?order_by=updated_at&"),
        "{request}"
    );
    assert!(request.contains("updated_after=2026-11-03T13%3A30%3A00Z"), "{request}");
}

#[test]
fn releases_of_the_window_are_told_and_drafts_are_not() {
    let release = |tag: &str, at: Value| json!({"tag_name": tag, "published_at": at, "released_at": at, "created_at": "2026-11-01T00:00:00Z", "body": "secret"});
    let mut list = vec![
        release("checkout@2026.11.3", json!("2026-11-03T14:01:20Z")),
        release("checkout@2026.11.2", json!("2026-11-02T09:00:00Z")),
    ];
    let server = Server::saying(&[ok(&json!(list))]);
    let found = server.forge(Kind::GitLab).releases(&repo(Kind::GitLab), &window()).unwrap();
    assert_eq!(told(&found), ["2026-11-03T14:01:20Z checkout@2026.11.3"]);
    list.insert(0, release("draft", Value::Null));
    let server = Server::saying(&[ok(&json!(list))]);
    let found = server.forge(Kind::GitHub).releases(&repo(Kind::GitHub), &window()).unwrap();
    assert_eq!(told(&found), ["2026-11-03T14:01:20Z checkout@2026.11.3"]);
}

#[test]
fn titles_of_what_was_merged_are_told_and_nobody_s_name() {
    let list = json!([
        pull(14, "2026-11-03T16:00:00Z", Some("2026-11-03T13:58:00Z")),
        pull(13, "2026-11-03T14:00:00Z", None),
        pull(12, "2026-11-02T14:00:00Z", Some("2026-11-02T14:00:00Z")),
    ]);
    for (kind, mark) in [(Kind::GitHub, '#'), (Kind::GitLab, '!')] {
        let server = Server::saying(&[ok(&list)]);
        let found = server.forge(kind).merges(&repo(kind), &window()).unwrap();
        let line = format!("2026-11-03T13:58:00Z {mark}14 gift cards are looked up once");
        assert_eq!(told(&found), [line]);
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn a_list_without_end_is_not_read_to_its_end() {
    let page: Vec<Value> =
        (0..100).map(|it| pull(it, "2026-11-03T16:00:00Z", Some("2026-11-03T13:58:00Z"))).collect();
    let server = Server::saying(&[ok(&json!(page))]);
    let found = server.forge(Kind::GitHub).merges(&repo(Kind::GitHub), &window()).unwrap();
    assert_eq!((found.is_whole, server.requests().len()), (false, 5));
}

#[test]
fn nothing_but_a_get_of_a_listed_path_is_ever_sent() {
    for kind in [Kind::GitHub, Kind::GitLab] {
        let deployment = json!([{"id": 8, "created_at": "2026-11-03T14:00:00Z", "environment": "a", "sha": "f00"}]);
        let server = Server::new(move |_, path| {
            let is_list = kind == Kind::GitHub && path.contains("/deployments?");
            if is_list { ok(&deployment) } else { answer("404 Not Found", "", "{}") }
        });
        let (mut forge, repo) = (server.forge(kind), repo(kind));
        let _ = forge.account();
        let _ = forge.has(&repo);
        let _ = forge.deployments(&repo, &[], &window());
        let _ = forge.releases(&repo, &window());
        let _ = forge.merges(&repo, &window());
        let requests = server.requests();
        assert_eq!(requests.len(), Operation::all(kind).count(), "{requests:?}");
        for (operation, request) in Operation::all(kind).zip(&requests) {
            let parts = [
                ("{owner}", "acme"),
                ("{name}", "checkout"),
                ("{deployment}", "8"),
                ("{project}", "acme%2Fcheckout"),
            ];
            let path = parts
                .iter()
                .fold(operation.path().to_owned(), |it, (name, value)| it.replace(name, value));
            let rest = request.strip_prefix(&format!("GET {path}"));
            assert!(rest.is_some_and(|it| it.starts_with([' ', '?'])), "{operation:?}: {request}");
        }
    }
}

#[test]
fn what_is_not_there_or_of_another_form_is_told_as_such() {
    let gone = Server::saying(&[answer("404 Not Found", "", "{}")]);
    assert!(!gone.forge(Kind::GitHub).has(&repo(Kind::GitHub)).unwrap());
    let strange = Server::saying(&[ok(&json!({"message": "x"}))]);
    let error = strange.forge(Kind::GitHub).merges(&repo(Kind::GitHub), &window()).unwrap_err();
    assert!(error.to_string().contains("is not understood: it is no list"), "{error}");
}

#[test]
fn a_forge_that_asks_to_wait_is_waited_for_within_bounds() {
    let date = "date: Tue, 03 Nov 2026 15:00:00 GMT\r\n";
    let limits = format!("{date}x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1793721600\r\n");
    let server =
        Server::saying(&[answer("403 Forbidden", &limits, r#"{"message": "rate limit"}"#)]);
    let error = server.forge(Kind::GitHub).has(&repo(Kind::GitHub)).unwrap_err();
    assert!(error.to_string().contains("asks to wait for"), "{error}");
    assert_eq!(server.requests().len(), 1);
    let busy = answer("429 Too Many Requests", "retry-after: 0\r\n", "{}");
    let server = Server::saying(&[busy, ok(&json!({}))]);
    assert!(server.forge(Kind::GitLab).has(&repo(Kind::GitLab)).unwrap());
}

#[test]
fn no_redirect_is_followed() {
    let other = Server::saying(&[ok(&json!({}))]);
    // GitHub redirects to where a repository was moved.
    for to in [format!("{}/repositories/7", other.address), "/repositories/7".to_owned()] {
        let moved = answer("301 Moved", &format!("location: {to}\r\n"), "{}");
        let server = Server::saying(&[moved, ok(&json!({}))]);
        let error = server.forge(Kind::GitHub).has(&repo(Kind::GitHub)).unwrap_err();
        assert!(matches!(error, AskError::Asked(HttpError::Elsewhere { .. })), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
}

#[test]
fn nothing_is_sent_to_metadata_or_into_a_private_network() {
    for (reach, address) in [
        (Reach::Private, "https://169.254.169.254"),
        (Reach::Private, "https://[fd00:ec2::254]"),
        (Reach::Public, "https://10.0.0.7/api/v4"),
        (Reach::Public, "https://localhost:1"),
    ] {
        let error = forge(Kind::GitLab, address, reach, Duration::ZERO).account().unwrap_err();
        assert!(error.is_unasked(), "{address}: {error}");
    }
}

#[test]
fn a_person_is_shown_the_repository_itself() {
    let page = |kind, address: &str| {
        forge(kind, address, Reach::Public, Duration::ZERO).page_of(&repo(kind))
    };
    assert_eq!(page(Kind::GitHub, "https://api.github.com"), "https://github.com/acme/checkout");
    assert_eq!(
        page(Kind::GitHub, "https://git.example.org/api/v3"),
        "https://git.example.org/acme/checkout"
    );
    assert_eq!(page(Kind::GitLab, "https://gitlab.com/api/v4"), "https://gitlab.com/acme/checkout");
}
