//! `audit --propose`: real Git, real remotes, a forge that fails as forges do.

mod deciding;
mod forges;
mod machines;
mod refusing;
mod settling;
mod shapes;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::audited;
use crate::support::{ProdeRun, TestRepo};

/// Ada and Grace are a team; Bob owns pages alone.
const PEOPLE: &str = "people:\n  human:ada: {email: ada@example.org, also: ['@ada']}\n  \
    human:grace: {also: ['@grace']}\n  human:bob: {also: ['@alan']}\n  \
    team-a: {members: [human:ada, human:grace], also: ['@org/payments']}\n";

/// A memory in which every signal that a branch can settle is found, and some
/// that it cannot.
fn rotten() -> TestRepo {
    rotten_with("")
}

/// The same with more settings.
fn rotten_with(more: &str) -> TestRepo {
    let repo = TestRepo::new();
    repo.git(&["config", "user.name", "Robot"]);
    repo.git(&["config", "user.email", "robot@example.org"]);
    repo.write("prode.yaml", format!("trunk: main\n{PEOPLE}{more}"))
        .write("CODEOWNERS", "/adr/ @org/payments\n")
        .write("src/a.sh", "one\n")
        .write("wiki/drift.md", page("team-a", SEEN, "Drift\n\n## The thing\n\nIt drifts."))
        .write("wiki/edited.md", page("'@org/payments'", "reviewed: {by: human:ada, at: 2026-10-02}\n", "Edited"))
        .write("wiki/overdue.md", page("team-a", OLD, "Overdue\n\nSee [it](archived.md)."))
        .write("wiki/links.md", page("team-a", LATELY, "Links\n\n[d](Drift.md) and [o](old.md)."))
        .write("wiki/never.md", page("human:bob", "", "Never"))
        .write("wiki/old.md", page("team-a", LATELY, "Old way"))
        .write("wiki/archived.md", page("team-a", "status: archived\narchived: went\n", "Gone way"))
        .write("wiki/new.md", page("team-a", &format!("{LATELY}supersedes: [wiki/old.md, wiki/archived.md]\n"), "New way"))
        .write("wiki/dead.md", page("team-a", OLD, "Dead\n\n[n](nowhere.md)"))
        .write("wiki/lost.md", "# Lost\n\nNobody.\n")
        .write("adr/0001-queue.md", "# 1. Use a queue\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nWork.\n\n## Decision\n\nA queue.\n\n## Consequences\n\nNone.\n");
    repo.commit_at("pages", "2026-10-02T12:00:00Z");
    repo.write("src/a.sh", "one\ntwo\n").write(
        "wiki/edited.md",
        page("'@org/payments'", "reviewed: {by: human:ada, at: 2026-10-02}\n", "Edited\n\nMore."),
    );
    repo.commit_at("later", "2026-10-10T12:00:00Z");
    repo
}

const SEEN: &str = "sources: [src/a.sh]\nreviewed: {by: human:ada, at: 2026-10-02}\n";
const OLD: &str = "reviewed: {by: human:ada, at: 2026-01-02}\n";
const LATELY: &str = "reviewed: {by: human:ada, at: 2026-10-02}\n";

fn page(owner: &str, front: &str, body: &str) -> String {
    format!("---\nowner: {owner}\n{front}---\n# {body}\n")
}

/// What it answers, valid against its published schema.
#[track_caller]
fn proposed(repo: &TestRepo, args: &[&str]) -> Value {
    told(repo, &repo.prode(&[&["audit", "--propose", "--json"], args].concat()).ok())
}

#[track_caller]
fn told(repo: &TestRepo, run: &ProdeRun) -> Value {
    let answer = run.json();
    let schema = repo.prode(&["schema", "audit_propose"]).ok().json();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = schema.iter_errors(&answer).map(|it| it.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    answer
}

/// One owner's proposal.
#[track_caller]
fn of<'a>(answer: &'a Value, owner: &str) -> &'a Value {
    let mut all = answer["proposals"].as_array().unwrap().iter();
    all.find(|it| it["owner"] == owner).unwrap_or_else(|| panic!("no {owner} in {answer:#}"))
}

/// Owners and what became of their branches.
fn statuses(answer: &Value) -> BTreeMap<String, String> {
    let all = answer["proposals"].as_array().unwrap().iter();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    all.map(|it| (text(&it["owner"]), text(&it["status"]))).collect()
}

fn branch(owner: &str) -> String {
    format!("prode/audit/{}/{owner}", quarter())
}

fn today() -> jiff::civil::Date {
    prode::clock::Clock::system().today()
}

/// The quarter that the program is in now.
fn quarter() -> String {
    let day = today();
    format!("{}Q{}", day.year(), (day.month() - 1) / 3 + 1)
}

/// Findings that an audit has now: id, path and signal.
fn findings(repo: &TestRepo) -> BTreeSet<[String; 3]> {
    let answer = audited(repo, &[]);
    let all = answer["findings"].as_array().unwrap().iter();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    all.map(|it| [text(&it["id"]), text(&it["path"]), text(&it["signal"])]).collect()
}

fn ids(list: &Value) -> BTreeSet<[String; 3]> {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let all = list.as_array().unwrap().iter();
    all.map(|it| [text(&it["id"]), text(&it["path"]), text(&it["signal"])]).collect()
}

fn tip(repo: &TestRepo, name: &str) -> String {
    repo.git(&["rev-parse", name]).trim().to_owned()
}

/// Every ref and what it names.
fn refs(repo: &TestRepo) -> String {
    repo.git(&["for-each-ref", "--format=%(refname) %(objectname)"])
}
