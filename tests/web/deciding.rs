//! Learnings are decided on in a browser as on the command line, by nobody's page but
//! the server's own.

use std::thread;

use super::hostile::{UNBOUNDED, attacks};
use super::inbox::add;
use super::{memory, page};
use crate::serve::{Answer, Served, receive};
use crate::support::TestRepo;

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

/// A form's fields as a browser writes them.
pub(super) fn fields(of: &[(&str, &str)]) -> String {
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
    of.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn origin(server: &Served) -> String {
    format!("Origin: http://{}", server.address())
}

fn send(server: &Served, path: &str, of: &[(&str, &str)], headers: &[&str]) -> Answer {
    let own = origin(server);
    let all = [&[FORM, own.as_str(), "Accept: text/html"], headers].concat();
    receive(server.send(&format!("POST {path}"), &all, &fields(of)))
}

/// What the page's forms say of the learning that was read.
pub(super) fn seen(server: &Served, id: &str) -> String {
    let dom = page(server, &format!("/inbox/{id}"));
    let hidden = dom.all(".decide form input");
    let hidden = hidden.iter().find(|it| it.attributes["name"] == "seen").unwrap();
    hidden.attributes["value"].clone()
}

pub(super) fn state(repo: &TestRepo, id: &str) -> String {
    let shown = repo.prode(&["inbox", "show", id, "--json"]).ok().json();
    shown["state"].as_str().unwrap().to_owned()
}

fn refs(repo: &TestRepo) -> String {
    repo.git(&["for-each-ref", "--format=%(refname) %(objectname)"])
}

#[test]
fn a_learning_is_proposed_as_the_command_proposes_it() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let id = add(&repo, "A worker that is drained answers **410**.\n", "wiki/workers.md#scale");
    let wanted = repo.prode(&["promote", &id, "--dry-run", "--json"]).ok().json();
    let dom = page(&server, &format!("/inbox/{id}"));
    assert!(dom.texts("section h2").contains(&"What it would change".to_owned()));
    assert_eq!(dom.one("pre.diff code").text, wanted["diff"].as_str().unwrap());
    assert_eq!(dom.texts(".blocks .new"), ["A worker that is drained answers 410."]);
    assert_eq!(dom.one(".blocks .new strong").text, "410");
    let before = refs(&repo);
    let done =
        send(&server, &format!("/inbox/{id}/propose"), &[("seen", &seen(&server, &id))], &[]);
    assert_eq!(done.status, 303, "{done:?}");
    let there = done.header("Location").unwrap().to_owned();
    assert_eq!(there, format!("/inbox/{id}?done=proposed"));
    assert_ne!(refs(&repo), before);
    let shown = repo.prode(&["proposal", "show", &id, "--json"]).ok().json();
    assert_eq!(shown["diff"], wanted["diff"]);
    let dom = page(&server, &there);
    assert_eq!(
        dom.one("p.banner.good").text,
        "A proposal is open. Its owners read it and merge it."
    );
    assert!(dom.texts("section h2").contains(&"What is proposed".to_owned()));
    assert_eq!(dom.one("pre.diff code").text, wanted["diff"].as_str().unwrap());
    assert!(dom.texts("dl.facts dd").contains(&format!("prode proposal merge {id}")));
    // Sent twice, nothing is made twice.
    let once = refs(&repo);
    let again =
        send(&server, &format!("/inbox/{id}/propose"), &[("seen", &seen(&server, &id))], &[]);
    assert_eq!(again.header("Location"), Some(format!("/inbox/{id}?done=unchanged").as_str()));
    assert_eq!(refs(&repo), once);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_refusal_wants_a_reason_and_is_the_persons() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let id = add(&repo, "The queue is slow on Mondays.\n", "wiki/workers.md");
    let at = format!("/inbox/{id}/reject");
    let seen = seen(&server, &id);
    let bare = send(&server, &at, &[("seen", &seen)], &[]);
    assert_eq!(bare.status, 400, "{bare:?}");
    assert!(super::dom::Dom::of(&bare.body).one("div.banner.over strong").text.contains("why"));
    assert_eq!(state(&repo, &id), "new");
    let why = "seen once, <b>no</b> cause & effect";
    let done = send(&server, &at, &[("seen", &seen), ("why", why)], &[]);
    assert_eq!(done.header("Location"), Some(format!("/inbox/{id}?done=rejected").as_str()));
    let shown = repo.prode(&["inbox", "show", &id, "--json"]).ok().json();
    assert_eq!(
        (shown["state"].as_str(), shown["decisions"][0]["why"].as_str()),
        (Some("rejected"), Some(why))
    );
    let other = add(&repo, "Another one of the same kind of thing.\n", "wiki/workers.md");
    repo.prode(&["inbox", "reject", &other, "--why", "x"]).ok();
    let by_command = repo.prode(&["inbox", "show", &other, "--json"]).ok().json();
    assert_eq!(shown["decisions"][0]["by"], by_command["decisions"][0]["by"]);
    let dom = page(&server, &format!("/inbox/{id}?done=rejected"));
    assert!(dom.all(".decide").is_empty(), "nothing is left to decide");
    let again = send(&server, &at, &[("seen", &seen), ("why", why)], &[]);
    assert_eq!(again.status, 303, "{again:?}");
    let propose = send(&server, &format!("/inbox/{id}/propose"), &[("seen", &seen)], &[]);
    assert_eq!(propose.status, 409, "{propose:?}");
}

#[test]
fn words_are_changed_and_what_was_typed_is_never_lost() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let id = add(&repo, "The queue is slow.\n\n    indented\n", "wiki/workers.md");
    let at = format!("/inbox/{id}/edit");
    let first = seen(&server, &id);
    let words = "The queue is slow\r\nin <textarea></textarea> & out.";
    let typed = [
        ("seen", first.as_str()),
        ("body", words),
        ("target", "wiki/workers.md#scale"),
        ("action", "append"),
    ];
    let done = send(&server, &at, &typed, &[]);
    assert_eq!(
        done.header("Location"),
        Some(format!("/inbox/{id}?done=edited").as_str()),
        "{done:?}"
    );
    let shown = repo.prode(&["inbox", "show", &id, "--json"]).ok().json();
    assert_eq!(shown["body"], "The queue is slow\nin <textarea></textarea> & out.");
    assert_eq!(shown["target"], "wiki/workers.md#scale");
    let dom = page(&server, &format!("/inbox/{id}"));
    assert_eq!(dom.one("textarea").text.trim_start_matches('\n'), shown["body"].as_str().unwrap());
    // The same sent again changes nothing, and is no failure.
    assert_eq!(send(&server, &at, &typed, &[]).status, 303);
    // Somebody else was quicker: both know, and the later words stay in their form.
    let late = [("seen", first.as_str()), ("body", "Other words."), ("why", "clearer")];
    for (verb, fields) in [("edit", &late[..]), ("propose", &late[..1]), ("reject", &late[..])] {
        let answer = send(&server, &format!("/inbox/{id}/{verb}"), fields, &[]);
        assert_eq!(answer.status, 409, "{verb}: {answer:?}");
        let dom = super::dom::Dom::of(&answer.body);
        assert!(dom.one("div.banner.over strong").text.ends_with("was changed since you read it"));
        if verb == "edit" {
            assert_eq!(dom.one("textarea").text.trim_start_matches('\n'), "Other words.");
            assert!(dom.one(".decide details").attributes.contains_key("open"));
        }
    }
    assert_eq!(
        repo.prode(&["inbox", "show", &id, "--json"]).ok().json()["decisions"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let now = seen(&server, &id);
    for (typed, told) in [
        ([("body", "Good words."), ("target", "../../etc/passwd")], "etc/passwd"),
        ([("body", "Good words."), ("action", "explode")], "explode"),
        ([("body", " "), ("why", "it is empty")], "0 bytes"),
    ] {
        let all = [&[("seen", now.as_str())][..], &typed].concat();
        let answer = send(&server, &at, &all, &[]);
        assert!((400..500).contains(&answer.status), "{typed:?}: {answer:?}");
        let dom = super::dom::Dom::of(&answer.body);
        assert!(dom.one("div.banner.over strong").text.contains(told), "{typed:?}: {answer:?}");
    }
    let secret =
        send(&server, &at, &[("seen", &now), ("body", "The key is AKIAQ3EGRVTLKYQ7ZP4B.")], &[]);
    assert_eq!(secret.status, 303, "{secret:?}");
    let shown = repo.prode(&["inbox", "show", &id, "--json"]).ok().json();
    assert!(!shown["body"].as_str().unwrap().contains("AKIAQ3EGRVTLKYQ7ZP4B"), "{shown}");
}

#[test]
fn no_other_page_decides() {
    let repo = memory();
    let server = Served::start(&repo, &[]);
    let id = add(&repo, "The queue is slow on Tuesdays.\n", "wiki/workers.md");
    let seen = seen(&server, &id);
    let before = refs(&repo);
    let at = format!("POST /inbox/{id}/reject");
    let body = fields(&[("seen", &seen), ("why", "x")]);
    let own = origin(&server);
    for (status, headers) in [
        (403, &[FORM][..]),
        (403, &[FORM, "Origin: null"]),
        (403, &[FORM, "Origin: https://evil.example"]),
        (403, &[FORM, "Origin: http://127.0.0.1:1"]),
        (403, &[FORM, &own, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"]),
        (403, &[FORM, &own, "Sec-Fetch-Site: same-site"]),
        (421, &[FORM, "Host: evil.example", "Origin: http://evil.example"]),
        (415, &[&own]),
        (415, &["Content-Type: text/plain", &own]),
        (415, &["Content-Type: multipart/form-data; boundary=x", &own]),
    ] {
        let answer = receive(server.send(&at, headers, &body));
        assert_eq!(answer.status, status, "{headers:?}: {answer:?}");
    }
    assert_eq!(server.get(&format!("/inbox/{id}/reject"), &[]).status, 405);
    for path in ["/inbox/L-000000000000/reject", "/inbox/x/reject", &format!("/inbox/{id}/merge")] {
        assert_eq!(
            send(&server, path, &[("seen", &seen), ("why", "x")], &[]).status,
            404,
            "{path}"
        );
    }
    let large = "x".repeat(2_000_000);
    assert_eq!(send(&server, &format!("/inbox/{id}/edit"), &[("body", &large)], &[]).status, 413);
    assert_eq!(refs(&repo), before);
    assert_eq!(state(&repo, &id), "new");
}

#[test]
fn a_token_decides_where_it_was_made_for_it_and_as_itself() {
    let repo = memory();
    let token = |name: &str, scopes: &str| {
        let args = ["serve", "token", "add", name, "--scope", scopes, "--json"];
        let token = repo.prode(&args).ok().json()["token"].as_str().unwrap().to_owned();
        format!("Authorization: Bearer {token}")
    };
    let (reader, owner) = (token("reader", "get,query"), token("ada", "get,decide"));
    let id = add(&repo, "The queue is slow on Fridays.\n", "wiki/workers.md");
    let server = Served::start(&repo, &[]);
    let at = format!("/inbox/{id}/reject");
    let shown = server.get(&format!("/inbox/{id}"), &[&reader]);
    let dom = super::dom::Dom::of(&shown.body);
    assert!(dom.all("form").iter().all(|form| !form.attributes.contains_key("method")));
    assert!(dom.texts("dl.facts dd").contains(&format!("prode promote {id}")));
    let shown = server.get(&format!("/inbox/{id}"), &[&owner]);
    let dom = super::dom::Dom::of(&shown.body);
    let seen = dom.all(".decide input")[0].attributes["value"].clone();
    let typed = [("seen", seen.as_str()), ("why", "no cause")];
    assert_eq!(send(&server, &at, &typed, &[]).status, 401);
    assert_eq!(send(&server, &at, &typed, &[&reader]).status, 403);
    assert_eq!(state(&repo, &id), "new");
    assert_eq!(send(&server, &at, &typed, &[&owner]).status, 303);
    let shown = repo.prode(&["inbox", "show", &id, "--json"]).ok().json();
    assert_eq!(shown["decisions"][0]["by"], "human:ada");
    // Whoever asks next on the same workspace is not taken for somebody else.
    let other = add(&repo, "The queue is slow on Sundays.\n", "wiki/workers.md");
    repo.prode(&["inbox", "reject", &other, "--why", "x"]).ok();
    let shown = repo.prode(&["inbox", "show", &other, "--json"]).ok().json();
    assert_ne!(shown["decisions"][0]["by"], "human:ada");
}

#[test]
fn two_who_decide_at_once_are_both_answered() {
    let repo = memory();
    let server = Served::start(&repo, &[UNBOUNDED[0], "serve.concurrency=64"]);
    let ids: Vec<String> = (0..6)
        .map(|at| {
            add(
                &repo,
                &format!("Shard {at} of the queue stalls at {at} o'clock.\n"),
                "wiki/workers.md",
            )
        })
        .collect();
    let read: Vec<(&str, String)> = ids.iter().map(|id| (id.as_str(), seen(&server, id))).collect();
    let server = &server;
    thread::scope(|scope| {
        for (id, seen) in read.iter().chain(&read) {
            scope.spawn(move || {
                let typed = [("seen", seen.as_str()), ("why", "a symptom")];
                let answer = send(server, &format!("/inbox/{id}/reject"), &typed, &[]);
                assert_eq!(answer.status, 303, "{answer:?}");
            });
        }
    });
    for id in &ids {
        let shown = repo.prode(&["inbox", "show", id, "--json"]).ok().json();
        assert_eq!(shown["decisions"].as_array().unwrap().len(), 1, "{shown}");
    }
}

#[test]
fn nothing_that_is_sent_comes_back_alive() {
    let repo = memory();
    let server = Served::start(&repo, &UNBOUNDED);
    let id = add(&repo, "The queue is slow on Saturdays.\n", "wiki/workers.md");
    for attack in attacks() {
        for name in ["seen", "body", "target", "action", "why"] {
            let answer = send(&server, &format!("/inbox/{id}/edit"), &[(name, attack)], &[]);
            assert_eq!(answer.status, 409, "{attack}: {answer:?}");
            let active = super::dom::Dom::of(&answer.body).active();
            assert!(active.is_empty(), "{name} {attack}: {active:?}");
        }
    }
    assert_eq!(state(&repo, &id), "new");
}
