//! From a learning to the trunk, with real Git, real keys and a real server.

mod merging;
mod minute;
mod new_page;
mod promote;
mod pushing;
mod refreshing;

use crate::support::TestRepo;

const CAUSE: &str = "The batch took seven minutes and the timeout was six.\n";
const AT: &str = "wiki/queue.md#known-causes";
const PAGE: &str = "---\nowner: team-payments\n---\n# Queue\n\n## Known causes\n\nA slow consumer keeps \
    messages in flight for longer than the visibility timeout.\n\n## Rollback\n\nNone.\n";

/// A trunk with a page, a route test that passes, and somebody who commits.
fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.git(&["config", "user.name", "Ada Lovelace"]);
    repo.git(&["config", "user.email", "ada@example.org"]);
    repo.write("wiki/queue.md", PAGE)
        .write("wiki/index.md", "---\nowner: ada\n---\n# Home\n\n[Queue](queue.md)\n")
        .write("wiki/routes.yaml", "- {ticket: slow consumer visibility, expect: wiki/queue.md}\n");
    repo.commit("pages");
    repo
}

/// A learning's id, put on the inbox.
fn learning(repo: &TestRepo, words: &str, more: &[&str]) -> String {
    let args = [&["inbox", "add", "-", "--json"], more].concat();
    let added = repo.prode_with_input(&args, words).ok().json();
    added["id"].as_str().unwrap().to_owned()
}

fn branch(id: &str) -> String {
    format!("prode/promote/{id}")
}

fn tip(repo: &TestRepo, name: &str) -> String {
    repo.git(&["rev-parse", name]).trim().to_owned()
}

/// The page as a revision has it.
fn page(repo: &TestRepo, revision: &str) -> String {
    repo.git(&["show", &format!("{revision}:wiki/queue.md")])
}

fn state(repo: &TestRepo, id: &str) -> String {
    let shown = repo.prode(&["inbox", "show", id, "--json"]).ok().json();
    shown["state"].as_str().unwrap().to_owned()
}
