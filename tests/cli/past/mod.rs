//! Where a page comes from: `prode log`, `prode blame`, `prode diff`.

mod blame;
mod diff;
mod ends;
mod log;
mod section;

use serde_json::Value;

use crate::support::TestRepo;

const PAGE: &str = "# Queue\n\nThe queue of billing.\n\n## Causes\n\nA slow consumer.\n\nA full disk.\n\n## Repair\n\nRestart it.\n";

/// A page that was written, changed, renamed and changed again; the commits.
fn repo() -> (TestRepo, [String; 4]) {
    let repo = TestRepo::new();
    repo.write("wiki/old.md", PAGE).write("wiki/other.md", "# Other\n\nWords.\n");
    let first = repo.commit("wiki: a page");
    repo.write("wiki/old.md", PAGE.replace("full disk", "full disk, too"));
    let second = repo.commit("wiki: disks fill");
    repo.rename("wiki/old.md", "wiki/queue.md");
    let third = repo.commit("wiki: a better name");
    repo.write("wiki/other.md", "# Other\n\nMore words.\n");
    repo.commit("wiki: beside it");
    let text = PAGE.replace("full disk", "full disk, too").replace("Restart it", "Drain it");
    repo.write("wiki/queue.md", text);
    let fourth = repo.commit("wiki: do not restart");
    (repo, [first, second, third, fourth])
}

fn array<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn log(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[&["log"], args, &["--json"]].concat()).ok().json()
}

/// The first words of each entry's subject, the newest first; what is not
/// committed is `-`.
fn subjects(log: &Value) -> Vec<String> {
    let subject = |entry: &Value| entry["commit"]["subject"].as_str().unwrap_or("-").to_owned();
    array(log, "entries").iter().map(subject).collect()
}
