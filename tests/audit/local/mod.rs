//! `prode audit --local`: what this machine alone knows.

mod elsewhere;
mod usage;

use serde_json::Value;

use super::audited;
use crate::support::TestRepo;

/// The answer with `--local` on a day.
fn local(repo: &TestRepo, day: &str) -> Value {
    audited(repo, &["--local", "--as-of", day])
}

/// The findings of a page's signal.
fn of(answer: &Value, path: &str, signal: &str) -> Option<Value> {
    let is_it = |it: &&Value| it["path"] == path && it["signal"] == signal;
    answer["findings"].as_array().unwrap().iter().find(is_it).cloned()
}

/// Why `what` was not looked at.
fn skipped(answer: &Value, what: &str) -> Option<String> {
    let is_it = |it: &&Value| it["what"] == what;
    let found = answer["skipped"].as_array().unwrap().iter().find(is_it)?;
    Some(found["reason"].as_str().unwrap().to_owned())
}
