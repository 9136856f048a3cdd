//! Learnings and findings: added from anywhere, decided, shared, and purged.

mod asked;
mod commands;
mod findings;
#[cfg(unix)]
mod machines;

use crate::support::TestRepo;

/// A repository with a page, a decision and somebody who commits.
fn memory() -> TestRepo {
    let repo = TestRepo::new();
    repo.git(&["config", "user.name", "Ada Lovelace"]);
    repo.git(&["config", "user.email", "ada@example.org"]);
    pages(&repo);
    repo
}

fn pages(repo: &TestRepo) {
    repo.write(
        "wiki/queue.md",
        "---\nowner: team-payments\n---\n# Queue\n\n## Known causes\n\nA slow consumer keeps messages in \
         flight for longer than the visibility timeout, so that each is delivered twice.\n\n## Rollback\n\nNone.\n",
    )
    .write("wiki/index.md", "# Home\n\n[Queue](queue.md)\n")
    .write("adr/0001-use-sqs.md", "---\nstatus: accepted\n---\n# Use SQS\n\n## Decision\n\nYes.\n");
    repo.commit("pages");
}

/// A value that no file may hold, in parts.
fn secret() -> String {
    ["aX93kfLLw", "02kd83kdkQ", "m4"].concat()
}
