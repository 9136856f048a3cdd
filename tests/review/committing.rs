//! A review that is one commit.

use serde_json::json;

use super::{identify, memory, read, reviewed, text};

#[test]
fn exactly_the_stamp_is_committed() {
    let repo = memory();
    repo.write("src/worker/queue.rs", "// in the middle of something\n")
        .write("wiki/plain.md", "---\ntitle: Plain\n---\n# Plain, half written\n");
    repo.git(&["add", "src/worker/queue.rs"]);
    let before = repo.git(&["rev-parse", "HEAD"]);
    let answer = reviewed(&repo, &["wiki/queue.md", "wiki/bare.md", "--commit"]);
    assert_eq!(text(&answer, "/branch"), "main");
    assert_eq!(text(&answer, "/commit"), repo.git(&["rev-parse", "main"]));
    assert_eq!(repo.git(&["rev-parse", "main~"]), before);
    assert_eq!(
        repo.git(&["diff", "--name-only", "HEAD~", "HEAD"]),
        ".prode/reviews.yaml\nwiki/queue.md"
    );
    assert_eq!(repo.git(&["status", "--porcelain"]), "M  src/worker/queue.rs\n M wiki/plain.md");
    assert!(read(&repo, "wiki/queue.md").contains("reviewed: {by: human:ada"));
    let message = repo.git(&["log", "-1", "--format=%B"]);
    assert_eq!(
        message.trim_end(),
        "review: 2 pages\n\nwiki/queue.md\nwiki/bare.md\n\nReviewed-by: human:ada"
    );
    // What is described counts as the branch has it, not as it is being edited.
    repo.git(&["checkout", "--quiet", "--force", "HEAD", "--", "src"]);
    let again = reviewed(&repo, &["wiki/queue.md"]);
    assert_eq!(again["pages"][0]["sources"]["changed"], false);
}

#[test]
fn a_page_with_changes_of_its_own_is_not_committed() {
    let repo = memory();
    repo.write("wiki/plain.md", "---\ntitle: Plain\n---\n# Plain, half written\n");
    let before = repo.snapshot();
    let args = ["review", "wiki/plain.md", "--yes", "--commit"];
    repo.prode(&args).fails(3).warns("wiki/plain.md").warns("leave --commit out");
    assert_eq!(repo.git(&["rev-list", "--count", "main"]), "1");
    assert_eq!(
        repo.snapshot().get(&repo.path().join("wiki/plain.md")),
        before.get(&repo.path().join("wiki/plain.md"))
    );
}

#[test]
fn without_a_branch_nothing_is_committed() {
    let repo = memory();
    repo.git(&["checkout", "--quiet", "--detach"]);
    let args = ["review", "wiki/plain.md", "--yes", "--commit"];
    repo.prode(&args).fails(1).warns("HEAD is detached").warns("git switch -c");
}

#[test]
fn a_bare_repository_gets_a_branch_and_keeps_its_trunk() {
    let repo = memory();
    let bare = repo.clone_to(&["--bare"]);
    identify(&bare);
    let trunk = bare.git(&["rev-parse", "main"]);
    let answer = reviewed(&bare, &["wiki/queue.md"]);
    let branch = text(&answer, "/branch").to_owned();
    assert_eq!(branch, format!("prode/review/{}-ada", text(&answer, "/at")));
    assert_eq!(bare.git(&["rev-parse", "main"]), trunk);
    assert_eq!(bare.git(&["rev-parse", &format!("{branch}~")]), trunk);
    let more = reviewed(&bare, &["adr/1"]);
    assert_eq!(text(&more, "/branch"), branch);
    assert_eq!(bare.git(&["rev-list", "--count", &format!("main..{branch}")]), "2");
    assert_eq!(reviewed(&bare, &["adr/1"])["changed"], json!([]));
    bare.prode(&["archive", "wiki/plain.md", "--why", "x"]).fails(2).warns("clone it");
}
