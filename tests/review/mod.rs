//! `review`, `archive` and `dismiss` through the program itself.

mod archiving;
mod committing;
mod dismissing;
mod stamping;
mod strange;
#[cfg(unix)]
mod terminal;

use std::fs;

use serde_json::Value;

use crate::support::TestRepo;

const SETTINGS: &str = "people: {human:ada: {email: ada@example.org}}\n";

/// A page that names what it describes, one that does not, one without front
/// matter, a decision in Nygard's form and a skill.
fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("prode.yaml", SETTINGS)
        .write("src/worker/main.rs", "fn main() {}\n")
        .write("src/worker/queue.rs", "pub struct Queue;\n")
        .write("src/other.rs", "// other\n")
        .write(
            "wiki/queue.md",
            "---\ntitle: Queue is full\nkind: runbook\nowner: \"@org/oncall\"\nsources: [src/worker/**]\n---\n\n# Queue is full\n\n## Confirm\n\nLook.\n",
        )
        .write("wiki/plain.md", "---\ntitle: Plain\n---\n# Plain\n")
        .write("wiki/bare.md", "# Bare\n\nSee [queue](queue.md).\n")
        .write("adr/0001-use-a-queue.md", "# 1. Use a queue\n\nDate: 2026-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nx\n")
        .write("skills/drain/SKILL.md", "---\nname: drain\ndescription: Drains the queue.\n---\n# Drain\n");
    repo.commit("a memory");
    identify(&repo);
    repo
}

fn identify(repo: &TestRepo) {
    repo.git(&["config", "user.name", "Ada Example"]);
    repo.git(&["config", "user.email", "ada@example.org"]);
}

fn read(repo: &TestRepo, path: &str) -> String {
    fs::read_to_string(repo.path().join(path)).unwrap()
}

/// `review … --yes --json`.
fn reviewed(repo: &TestRepo, args: &[&str]) -> Value {
    let args = [&["review", "--yes", "--json"], args].concat();
    repo.prode(&args).ok().json()
}

fn text<'a>(value: &'a Value, at: &str) -> &'a str {
    value.pointer(at).and_then(Value::as_str).unwrap_or_else(|| panic!("no {at} in {value}"))
}
