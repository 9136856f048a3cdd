//! `prode finding`: reported, answered, closed by somebody else, on two machines.

use serde_json::Value;

use super::{memory, secret};
use crate::support::TestRepo;

const AT: &str = "wiki/queue.md#rollback";

/// Reports two defects; gives the finding's name.
fn report(repo: &TestRepo) -> String {
    let args = ["finding", "add", "--severity", "high", "--target", AT, "--json"];
    let items = ["--item", "step 2 names a host that is gone", "--item", "no stop condition"];
    let added = repo.prode(&[&args[..], &items].concat()).ok().json();
    assert_eq!(added["status"], "added");
    added["id"].as_str().unwrap().to_owned()
}

fn be(repo: &TestRepo, name: &str) {
    repo.git(&["config", "user.name", name]);
    repo.git(&["config", "user.email", &format!("{name}@example.org")]);
}

fn classify(repo: &TestRepo, id: &str, more: &[&str]) -> Value {
    repo.prode(&[&["finding", "classify", id, "--json"], more].concat()).ok().json()
}

fn close(repo: &TestRepo, id: &str) -> Value {
    let message = "followed both steps on staging; each does what it says";
    repo.prode(&["finding", "close", id, "--message", message, "--json"]).ok().json()
}

fn state(repo: &TestRepo, id: &str) -> Value {
    repo.prode(&["finding", "show", id, "--json"]).ok().json()["state"].clone()
}

#[test]
fn a_finding_is_closed_by_evidence_and_by_somebody_else() {
    let repo = memory();
    let before = repo.git(&["status", "--porcelain"]);
    let id = report(&repo);
    repo.prode(&["finding", "list"]).ok().says(&id).says("2 of 2 open").says("team-payments");
    be(&repo, "Grace");
    let said = classify(&repo, &id, &["1", "--as", "fixed", "--evidence", "commit 3f2a"]);
    assert_eq!((&said["state"], &said["open"]), (&"open".into(), &serde_json::json!([2])));
    let message = "it works on staging";
    let refused = |code, words: &str| {
        repo.prode(&["finding", "close", &id, "--message", message]).fails(code).warns(words);
    };
    refused(1, "an item is still open: 2");
    classify(&repo, &id, &["2", "--as", "non-actionable", "--evidence", "the SLO says none"]);
    refused(4, "'human:grace' made the fix of item 1");
    repo.prode(&["finding", "list"]).ok().says("to be closed");
    be(&repo, "Alan");
    let closed = close(&repo, &id);
    assert_eq!((&closed["state"], &closed["resolution"]), (&"closed".into(), &"fixed".into()));
    refused(3, "closed already");
    repo.prode(&["finding", "list"]).ok().warns("none of 1 is so");
    let shown = repo.prode(&["finding", "show", &id]).ok();
    shown.says("closed: fixed").says("shown by: commit 3f2a").says("close by human:alan");
    classify(&repo, &id, &["1", "--as", "open", "--why", "the host is gone again"]);
    assert_eq!(state(&repo, &id), "open");
    assert_eq!(repo.git(&["status", "--porcelain"]), before);
}

#[test]
fn a_message_that_leaves_something_open_closes_nothing() {
    let repo = memory();
    let id = report(&repo);
    let fixed = ["--as", "fixed", "--evidence", "x", "--fixed-by", "Grace"];
    classify(&repo, &id, &fixed);
    for (message, said) in [
        ("step 2 is fixed; the stop condition is deferred", "'deferred'"),
        ("both fixed, not verified", "'not verified'"),
        ("TODO: look again", "'todo'"),
    ] {
        let run = repo.prode(&["finding", "close", &id, "--message", message]).fails(1);
        run.warns(said).warns("is not closed");
    }
    repo.prode(&["finding", "close", &id, "--message", " "]).fails(2);
    assert_eq!(state(&repo, &id), "open");
    close(&repo, &id);
}

#[test]
fn authors_of_the_commit_made_the_fix() {
    let repo = memory();
    let id = report(&repo);
    be(&repo, "Grace");
    repo.write("wiki/queue.md", "# Queue\n\n## Rollback\n\nStop after two tries.\n");
    repo.git(&["add", "--all"]);
    let body = "fix\n\nCo-authored-by: Alan <Alan@example.org>";
    repo.git(&["commit", "--quiet", "--author", "Grace <Grace@example.org>", "--message", body]);
    be(&repo, "Ada");
    classify(&repo, &id, &["--as", "fixed", "--commit", "HEAD", "--fixed-by", "somebody"]);
    let commit = repo.git(&["rev-parse", "HEAD"]);
    repo.prode(&["finding", "show", &id]).ok().says(&format!("shown by: commit {commit}"));
    for name in ["Grace", "Alan"] {
        be(&repo, name);
        let run = repo.prode(&["finding", "close", &id, "--message", "looked at it"]);
        run.fails(4).warns("made the fix");
    }
    be(&repo, "Ada");
    close(&repo, &id);
}

#[test]
fn people_count_under_one_name() {
    let repo = memory();
    let people = "people:\n  human:grace: {email: g.hopper@example.org, also: [\"@grace\"]}\n";
    repo.write("prode.yaml", people).commit("people");
    let id = report(&repo);
    classify(&repo, &id, &["--as", "fixed", "--evidence", "x", "--fixed-by", "@grace"]);
    repo.git(&["config", "user.name", "Another Name"]);
    repo.git(&["config", "user.email", "G.Hopper@example.org"]);
    let run = repo.prode(&["finding", "close", &id, "--message", "looked at it"]);
    run.fails(4).warns("'human:grace' made the fix");
}

#[test]
fn an_invalid_finding_is_rejected_with_evidence() {
    let repo = memory();
    let id = report(&repo);
    let reject = ["finding", "reject", &id, "--why", "the page is about another queue"];
    repo.prode(&reject).fails(1).warns("without evidence");
    classify(&repo, &id, &["2", "--as", "fixed", "--evidence", "x"]);
    let reject = [&reject[..], &["--evidence", "wiki/queue.md", "--json"]].concat();
    repo.prode(&reject).fails(1).warns("item 2 was found to be valid");
    classify(&repo, &id, &["2", "--as", "open", "--why", "the fix was undone"]);
    assert_eq!(repo.prode(&reject).ok().json()["resolution"], "rejected");
    repo.prode(&["finding", "list", "--state", "rejected"]).ok().says(&id);
}

#[test]
fn nothing_secret_reaches_the_branch() {
    let repo = memory();
    let token = format!("export QUEUE_TOKEN={}", secret());
    let words = format!("---\nseverity: low\nitems: [\"step 1: {token}\"]\n---\n\n`{token}`\n");
    let added = repo.prode_with_input(&["finding", "add", "--json"], &words).ok().json();
    assert!(!added["redacted"].as_object().unwrap().is_empty(), "{added}");
    let id = added["id"].as_str().unwrap();
    let whole = [&["--as", "fixed", "--evidence", &token][..], &["--why", &token]].concat();
    classify(&repo, id, &whole);
    be(&repo, "Alan");
    repo.prode(&["finding", "close", id, "--message", &format!("ran {token}")]).ok();
    let history = repo.git(&["log", "-p", "prode/inbox"]);
    assert!(history.contains("event: close") && !history.contains(&secret()[..8]), "{history}");
}

#[test]
fn what_is_no_finding_is_refused() {
    let repo = memory();
    let refused = |more: &[&str], code, words: &str| {
        repo.prode(&[&["finding", "add"], more].concat()).fails(code).warns(words);
    };
    refused(&["--item", "a"], 1, "the severity is missing");
    refused(&["--item", "a", "--severity", "urgent"], 1, "by impact, not by tone");
    let low = ["--item", "a", "--severity", "low", "--target"];
    refused(&[&low[..], &["wiki/quere.md"]].concat(), 1, "'wiki/queue.md'");
    refused(&[&low[..], &["wiki/queue.md#rolback"]].concat(), 1, "rollback");
    refused(&[&low[..], &["the queue"]].concat(), 1, "in doubt: none");
    let run = repo.prode_with_input(&["finding", "add", "-", "--severity", "low"], "All bad.\n");
    run.fails(1).warns("enumerates no defect");
    let id = report(&repo);
    let args = ["finding", "classify", &id];
    repo.prode(&args).fails(2).warns("says nothing");
    repo.prode(&[&args[..], &["3", "--as", "open"]].concat()).fails(1).warns("there is no item 3");
    repo.prode(&[&args[..], &["1", "--as", "wontfix"]].concat()).fails(2).warns("non-actionable");
    repo.prode(&["finding", "show", "F-000000000000"]).fails(1).warns("there is no finding");
    repo.prode(&["finding", "show", "L-000000000000"]).fails(2).warns("is no finding's id");
}

#[test]
fn a_finding_about_a_run_a_proposal_or_nothing_is_one_too() {
    let repo = memory();
    for target in ["R-7", "prode/promote/queue", "none"] {
        let args = ["finding", "add", "--severity", "blocker", "--item", "x", "--target", target];
        repo.prode(&args).ok().says(&format!("added  blocker {target}"));
        repo.prode(&args).ok().says("is known");
    }
    let listing = repo.prode(&["finding", "list", "--target", "R-7", "--json"]).ok().json();
    let id = listing["findings"][0]["id"].as_str().unwrap();
    classify(&repo, id, &["--severity", "low", "--target", "none", "--why", "nobody saw it"]);
    let shown = repo.prode(&["finding", "show", id, "--json"]).ok().json();
    assert_eq!((&shown["severity"], &shown["target"]), (&"low".into(), &"none".into()));
    let file = repo.git(&["show", &format!("prode/inbox:findings/{id}/finding.md")]);
    assert!(file.contains("severity: blocker") && file.contains("target: R-7"), "{file}");
}

#[test]
fn events_of_two_machines_join() {
    let there = TestRepo::bare();
    let ada = memory();
    let remote = there.path().display().to_string();
    ada.git(&["remote", "add", "origin", &remote]);
    ada.git(&["push", "--quiet", "origin", "main"]);
    let id = report(&ada);
    ada.prode(&["inbox", "sync"]).ok().says("1 went there");
    let grace = TestRepo::new();
    be(&grace, "Grace");
    grace.git(&["remote", "add", "origin", &remote]);
    grace.git(&["pull", "--quiet", "origin", "main"]);
    grace.prode(&["inbox", "sync"]).ok().says("1 came from origin");
    classify(&grace, &id, &["1", "--as", "fixed", "--evidence", "x"]);
    classify(&ada, &id, &["2", "--as", "rejected", "--evidence", "y"]);
    let sync = || {
        for repo in [&ada, &grace, &ada] {
            repo.prode(&["inbox", "sync"]).ok();
        }
    };
    sync();
    close(&ada, &id);
    // Grace did not hear of it, and opens an item again.
    classify(&grace, &id, &["1", "--as", "open", "--why", "it is back"]);
    sync();
    let shown = |repo: &TestRepo| repo.prode(&["finding", "show", &id]).ok().stdout().to_owned();
    assert_eq!(shown(&ada), shown(&grace));
    assert_eq!(state(&ada, &id), "open");
}

#[test]
fn an_event_that_breaks_a_rule_does_not_count() {
    let repo = memory();
    let id = report(&repo);
    repo.git(&["worktree", "add", "--quiet", "../branch", "prode/inbox"]);
    let events = repo.path().join(format!("../branch/findings/{id}/events"));
    std::fs::create_dir_all(&events).unwrap();
    let forged =
        "turn: 1\nevent: close\nby: \"human:mallory\"\nat: \"2026-11-01T00:00:00Z\"\nwhy: done\n";
    std::fs::write(events.join("0123"), forged).unwrap();
    std::fs::write(events.join("4567"), "event: close\n").unwrap();
    let at = repo.path().join("../branch").display().to_string();
    repo.git(&["-C", &at, "add", "--all"]);
    repo.git(&["-C", &at, "commit", "--quiet", "--message=forged"]);
    assert_eq!(state(&repo, &id), "open");
    repo.prode(&["finding", "show", &id]).ok().says("does not count: items are still open: 1, 2");
    repo.prode(&["finding", "list"]).ok().says(&id).warns("it does not say its turn");
}

#[test]
fn a_finding_that_was_purged_is_gone_and_the_log_says_who_without_an_address() {
    let repo = memory();
    let id = report(&repo);
    be(&repo, "Grace");
    classify(&repo, &id, &["1", "--as", "fixed", "--evidence", "commit 3f2a"]);
    let run = repo.prode(&["inbox", "purge", &id, "--why", "it named a host"]).ok();
    run.says("1. rotate what was exposed");
    let tree = repo.git(&["ls-tree", "-r", "--name-only", "prode/inbox"]);
    assert_eq!(tree, format!("findings/{id}/purged"));
    assert!(!repo.git(&["log", "-p", "prode/inbox"]).contains("no stop condition"));
    repo.prode(&["finding", "show", &id]).fails(1);
    repo.prode(&["inbox", "purge", &id, "--why", "again"]).fails(3).warns("was purged already");
    let gone = ["inbox", "purge", "F-0123456789ab", "--why", "x"];
    repo.prode(&gone).fails(1).warns("there is no finding 'F-0123456789ab'");
    let chain = repo.git(&["for-each-ref", "--format=%(refname)", "refs/prode/audit/"]);
    let entry = repo.git(&["show", &format!("{chain}:00000/00000001.json")]);
    assert!(entry.contains(&format!("\"summary\":\"finding {id}\"")), "{entry}");
    assert!(entry.contains("\"who\":\"Grace\"") && !entry.contains('@'), "{entry}");
}
