//! `prode audit` over histories that `git` made.

mod bad_input;
mod formats;
mod links;
mod local;
mod names;
mod owners;
mod past;
mod proofs;
mod proposing;
mod sources;
mod stamps;

use serde_json::Value;

use crate::support::TestRepo;

/// The answer on a day, valid against its published schema.
fn audited(repo: &TestRepo, args: &[&str]) -> Value {
    let answer = repo.prode(&[&["audit", "--json"], args].concat()).ok().json();
    let schema = repo.prode(&["schema", "audit"]).ok().json();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = schema.iter_errors(&answer).map(|it| it.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    answer
}

/// `path signal` of every finding on a day.
fn found(repo: &TestRepo, day: &str) -> Vec<String> {
    let answer = audited(repo, &["--as-of", day]);
    let told =
        |it: &Value| format!("{} {}", it["path"].as_str().unwrap(), it["signal"].as_str().unwrap());
    let mut found: Vec<String> = answer["findings"].as_array().unwrap().iter().map(told).collect();
    found.sort();
    found
}

/// The finding of a page's signal on a day.
#[track_caller]
fn finding(repo: &TestRepo, day: &str, path: &str, signal: &str) -> Value {
    let answer = audited(repo, &["--as-of", day]);
    let is_it = |it: &&Value| it["path"] == path && it["signal"] == signal;
    let found = answer["findings"].as_array().unwrap().iter().find(is_it);
    found.unwrap_or_else(|| panic!("no {signal} of {path} in {answer:#}")).clone()
}

/// Commits everything on disk by somebody else.
fn commit_by(repo: &TestRepo, name: &str, message: &str, time: &str) {
    repo.git(&["add", "--all"]);
    let mail = format!("{name} <{}@example.org>", name.to_lowercase());
    repo.git(&[
        "-c",
        &format!("user.name={name}"),
        "commit",
        "--quiet",
        "--allow-empty",
        "--author",
        &mail,
        "--date",
        time,
        "--message",
        message,
    ]);
}

fn page(front: &str, body: &str) -> String {
    format!("---\nowner: team-a\n{front}---\n# {body}\n")
}
