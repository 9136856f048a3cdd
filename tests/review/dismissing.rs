//! Findings of an audit that a person lets stand.

use serde_json::{Value, json};

use super::{memory, read, reviewed, text};
use crate::support::TestRepo;

/// A page whose code is another since its review.
fn drifted() -> TestRepo {
    let repo = memory();
    reviewed(&repo, &["wiki/queue.md"]);
    repo.commit("a review");
    repo.write("src/worker/queue.rs", "pub struct Queue;\npub struct Full;\n");
    repo.commit("code");
    repo
}

fn finding(repo: &TestRepo) -> Option<Value> {
    let audit = repo.prode(&["audit", "--all", "--json"]).ok().json();
    let findings = audit["findings"].as_array().unwrap().clone();
    let is_it = |it: &Value| it["path"] == "wiki/queue.md" && it["signal"] == "drifted";
    findings.into_iter().find(is_it)
}

#[test]
fn a_dismissed_finding_is_gone_until_what_it_is_about_changes() {
    let repo = drifted();
    let id = text(&finding(&repo).unwrap(), "/id").to_owned();
    let args = ["dismiss", &id, "--why", "only a comment: ask jane.doe@acme-billing.io", "--json"];
    let answer = repo.prode(&args).ok().json();
    assert_eq!(answer["changed"], json!([".prode/dismissed.yaml"]));
    assert_eq!((&answer["signal"], &answer["by"]), (&json!("drifted"), &json!("human:ada")));
    let record = read(&repo, ".prode/dismissed.yaml");
    assert!(record.starts_with(&format!("- finding: {id}\n  path: wiki/queue.md\n  signal: drifted\n  why: \"only a comment: ask ")), "{record}");
    assert!(!record.contains("acme-billing"), "{record}");
    repo.prode(&args[..4]).ok().warns("dismissed already");
    assert_eq!(read(&repo, ".prode/dismissed.yaml"), record);
    assert!(finding(&repo).is_some(), "it counts on the trunk only");
    repo.commit("a false alarm");
    assert_eq!(finding(&repo), None);
    repo.prode(&args[..4]).fails(1).warns("there is no finding");
    repo.write("src/worker/queue.rs", "pub struct Queue;\npub struct Empty;\n");
    repo.commit("more code");
    assert_ne!(text(&finding(&repo).unwrap(), "/id"), id);
}

#[test]
fn a_page_and_its_signal_name_a_finding_too() {
    let repo = drifted();
    let args = ["dismiss", "wiki/queue.md:drifted", "--why", "x", "--as", "Grace Hopper"];
    let said = repo.prode(&args).ok();
    assert!(said.stdout().contains("wiki/queue.md  drifted  dismissed"), "{}", said.stdout());
    assert!(read(&repo, ".prode/dismissed.yaml").contains("  by: human:grace-hopper\n"));
    repo.commit("a false alarm");
    repo.prode(&["mv", "wiki/queue.md", "wiki/moved.md"]).ok();
    assert!(read(&repo, ".prode/dismissed.yaml").contains("  path: wiki/moved.md\n"));
}

#[test]
fn what_is_not_open_cannot_be_dismissed() {
    let repo = drifted();
    let before = repo.snapshot();
    for (args, code, said) in [
        (&["dismiss", "A-00000000", "--why", "x"][..], 1, "prode audit"),
        (
            &["dismiss", "wiki/queue.md:drift", "--why", "x"],
            1,
            "did you mean 'wiki/queue.md:drifted'?",
        ),
        (&["dismiss", "wiki/plain.md:drifted", "--why", "x"], 1, "no finding"),
        (&["dismiss", "wiki/queue.md:drifted", "--why", ""], 2, "--why says nothing"),
        (&["dismiss", "wiki/queue.md:drifted"], 2, "--why"),
    ] {
        repo.prode(args).fails(code).warns(said);
        assert_eq!(repo.snapshot(), before, "{args:?}");
    }
    repo.write(".prode/dismissed.yaml", "- finding: A-00000000\n");
    let args = ["dismiss", "wiki/queue.md:drifted", "--why", "x"];
    repo.prode(&args).fails(1).warns(".prode/dismissed.yaml:1:3: 'path' is missing");
}
