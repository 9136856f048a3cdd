//! An answer holds exactly what its commit holds, whatever happens beside it.
//!
//! Everything goes through the real program and real repositories, and is
//! checked against `git ls-tree`. The seeds are fixed. How many rounds a test
//! takes comes from a variable, so that `benches/run` asks the same code for
//! the full figures; without it the number is small enough for every day.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests, outside a test function"
)]

mod as_of;
mod commits;
mod damage;
mod door;
mod histories;
mod kills;
mod limits;
pub(crate) mod untouched;
mod wiki;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::TestRepo;

/// A page as an answer or a tree names it: path and blob.
type Held = BTreeSet<(String, String)>;

/// The Markdown files of a revision, as Git tells them.
fn held(repo: &TestRepo, revision: &str) -> Held {
    let listed = repo.git(&["ls-tree", "-r", "-z", revision]);
    let entries = listed.split('\0').filter_map(|entry| entry.split_once('\t'));
    let pages = entries.filter(|(_, path)| path.rsplit('.').next() == Some("md"));
    pages.map(|(facts, path)| (path.to_owned(), facts[12..].to_owned())).collect()
}

/// The pages that an answer of `query --json` lists.
fn answered(answer: &Value) -> Held {
    let hits = answer["hits"].as_array().expect("an answer has hits");
    let text = |hit: &Value, key: &str| hit[key].as_str().expect("a hit has it").to_owned();
    hits.iter().map(|hit| (text(hit, "path"), text(hit, "blob"))).collect()
}

/// Asks for every page and checks the answer against Git.
#[track_caller]
fn check(repo: &TestRepo, after: &str) {
    let run = repo.prode(&["query", wiki::EVERYWHERE, "-n", "100000", "--json"]);
    assert_eq!(run.code(), Some(0), "after {after}: {}", run.stderr());
    let answer = run.json();
    let commit = answer["commit"].as_str().expect("an answer names its commit").to_owned();
    assert_eq!(commit, repo.git(&["rev-parse", "main"]), "after {after}");
    assert_eq!(answered(&answer), held(repo, &commit), "after {after}");
}
