//! `prode cite check`

use serde_json::Value;

use crate::support::TestRepo;

const PAGE: &str = "# Queue\n\nTop.\n\n## Restart\n\nRun one.\nRun two.\n\n## Later\n\nWait for it.\n\nThen look again.\n";

fn repo() -> (TestRepo, String) {
    let repo = TestRepo::new();
    repo.write("wiki/queue.md", PAGE).write("wiki/other.md", "# Other\n\nText.\n");
    let commit = repo.commit("pages");
    (repo, commit)
}

fn check(repo: &TestRepo, citation: &str) -> Value {
    let all = repo.prode(&["cite", "check", citation, "--json"]).json();
    assert_eq!(all["schema"], "prode.cite_check/v1");
    all["checks"][0].clone()
}

#[track_caller]
fn is(repo: &TestRepo, citation: &str, states: &[&str]) -> Value {
    let found = check(repo, citation);
    assert_eq!(found["states"], serde_json::json!(states), "{found:#}");
    found
}

#[test]
fn the_same_section_is_ok_whatever_happens_around_it() {
    let (repo, commit) = repo();
    let cite = format!("wiki/queue.md#restart@{commit}");
    let crlf = PAGE.replace("Top.", "Another top.\n\nAnd more.").replace('\n', "\r\n");
    repo.write("wiki/queue.md", crlf).commit("around");
    let found = is(&repo, &cite, &["ok"]);
    assert_eq!((&found["commit"], &found["now"]["lines"]), (&commit.into(), &[7, 11].into()));
    repo.prode(&["cite", "check", &cite]).ok().says("ok");
}

#[test]
fn a_changed_section_shows_its_first_changed_line() {
    let (repo, commit) = repo();
    repo.write("wiki/queue.md", PAGE.replace("Run two.", "Run three.")).commit("change");
    let found = is(&repo, &format!("wiki/queue.md#restart@{commit}"), &["changed"]);
    assert_eq!(found["message"], "1 line added, 1 removed; line 8 now reads 'Run three.'");
    let head = repo.git(&["rev-parse", "HEAD"]);
    assert_eq!(found["now"]["cite"], format!("wiki/queue.md#restart@{head}"));
    is(&repo, &format!("wiki/queue.md@{commit}"), &["changed"]);
    is(&repo, &format!("wiki/queue.md#later@{commit}"), &["ok"]);
    repo.prode(&["cite", "check", &format!("wiki/queue.md@{commit}")]).fails(1);
}

#[test]
fn a_renamed_heading_has_moved_and_a_removed_one_is_missing() {
    let (repo, commit) = repo();
    repo.write("wiki/queue.md", PAGE.replace("## Restart", "## Start again")).commit("rename");
    let found = is(&repo, &format!("wiki/queue.md#restart@{commit}"), &["moved"]);
    assert_eq!(found["now"]["anchor"], "start-again");
    repo.write("wiki/queue.md", "# Queue\n\nTop.\n").commit("cut");
    is(&repo, &format!("wiki/queue.md#restart@{commit}"), &["missing"]);
}

#[test]
fn a_page_is_followed_through_renames() {
    let (repo, commit) = repo();
    repo.rename("wiki/queue.md", "wiki/saturation.md").commit("rename");
    let cite = format!("wiki/queue.md#restart@{commit}");
    assert_eq!(is(&repo, &cite, &["moved"])["now"]["path"], "wiki/saturation.md");
    repo.rename("wiki/saturation.md", "wiki/a/b.md");
    repo.write("wiki/a/b.md", PAGE.replace("Top.", "Upper.")).commit("rename and edit");
    repo.write("wiki/a/b.md", "# New\n\n## Restart\n\nRun one.\nRun two.\n").commit("rewrite");
    let found = is(&repo, &cite, &["moved"]);
    let head = repo.git(&["rev-parse", "HEAD"]);
    assert_eq!(found["now"]["cite"], format!("wiki/a/b.md#restart@{head}"));
    is(&repo, &format!("wiki/queue.md#later@{commit}"), &["missing"]);
    is(&repo, &format!("wiki/queue.md@{commit}"), &["changed", "moved"]);
    repo.remove("wiki/a/b.md").commit("gone");
    is(&repo, &cite, &["missing"]);
}

#[test]
fn stale_is_said_and_superseded_is_found() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "---\nreviewed: 2020-01-01\n---\n# A\n\nText.\n");
    let commit = repo.commit("a");
    let cite = format!("wiki/a.md@{}", &commit[..8]);
    assert_eq!(is(&repo, &cite, &["stale"])["commit"], commit);
    repo.prode(&["cite", "check", &cite]).ok().says("overdue");
    repo.write("wiki/b.md", "---\nsupersedes: [wiki/a.md]\n---\n# B\n").commit("b");
    let found = is(&repo, &cite, &["superseded", "stale"]);
    assert_eq!(found["now"]["superseded_by"], "wiki/b.md");
    repo.prode(&["cite", "check", &cite]).fails(1).says("replaced by wiki/b.md");
}

#[test]
fn hostile_citations_get_an_answer_each() {
    let (repo, commit) = repo();
    let long = "x".repeat(10_000);
    for (citation, state) in [
        (format!("../../etc/passwd@{commit}"), "invalid"),
        (format!("%2e%2e/%2e%2e/etc/passwd@{commit}"), "invalid"),
        (format!("adr/12@{commit}"), "invalid"),
        ("#x".to_owned(), "invalid"),
        (long, "invalid"),
        (format!("wiki/queue.md@{}", "0".repeat(40)), "unknown-commit"),
        ("wiki/queue.md#restart@nope".to_owned(), "unknown-commit"),
        ("wiki/queue.md#restart@HEAD:wiki".to_owned(), "unknown-commit"),
        (format!("wiki@{commit}"), "missing"),
        (format!("wiki/queue.md/x@{commit}"), "missing"),
        (format!("wiki/queue.md#nowhere@{commit}"), "missing"),
        ("wiki/nothing.md".to_owned(), "missing"),
        ("wiki/queue.md#restart".to_owned(), "ok"),
        (format!("wiki/%71ueue.md#RESTART@{}", &commit[..7]), "ok"),
    ] {
        assert_eq!(check(&repo, &citation)["state"], state, "{citation}");
    }
}

#[test]
fn citations_are_read_from_standard_input() {
    let (repo, commit) = repo();
    let lines = format!("wiki/queue.md@{commit}\r\n\n  wiki/no\u{1b}ne.md@{commit}\n").repeat(500);
    let run = repo.prode_with_input(&["cite", "check", "-"], &lines).fails(1);
    assert_eq!(run.stdout().lines().filter(|line| line.starts_with("ok ")).count(), 500);
    assert!(!run.stdout().contains('\u{1b}'));
    repo.prode_with_input(&["cite", "check", "-"], "").ok().warns("no citation was given");
    repo.prode(&["cite", "check"]).fails(2);
}

#[test]
fn other_revisions_bare_repositories_and_folders_answer_too() {
    let (repo, commit) = repo();
    let cite = format!("wiki/queue.md#restart@{commit}");
    repo.write("wiki/queue.md", PAGE.replace("Run two.", "Run three."));
    repo.prode(&["cite", "check", &cite]).ok();
    repo.prode(&["cite", "check", &cite, "--worktree"]).fails(1).says("changed");
    repo.clone_to(&["--bare"]).prode(&["cite", "check", &cite]).ok();
    let folder = TestRepo::no_repository();
    folder.write("wiki/queue.md", PAGE);
    folder.prode(&["cite", "check", "wiki/queue.md#restart"]).ok();
    folder.prode(&["cite", "check", &cite]).fails(1).says("unknown-commit");
}
