//! `prode diff`.

use serde_json::Value;

use super::{PAGE, array, repo};
use crate::support::TestRepo;

fn diff(repo: &TestRepo, args: &[&str]) -> Value {
    repo.prode(&[&["diff"], args, &["--json"]].concat()).ok().json()
}

#[test]
fn what_changed_is_told_through_a_rename() {
    let (repo, [first, ..]) = repo();
    let diff = diff(&repo, &["wiki/queue.md", "--from", &first]);
    assert_eq!(diff["schema"], "prode.diff/v1");
    assert_eq!(diff["from"]["path"], "wiki/old.md");
    assert_eq!(diff["from"]["commit"]["subject"], "wiki: a page");
    assert_eq!(
        (&diff["added"], &diff["removed"], &diff["same"]),
        (&2.into(), &2.into(), &false.into())
    );
    let hunk = &array(&diff, "hunks")[0];
    assert_eq!((&hunk["old_start"], &hunk["old_lines"]), (&6.into(), &8.into()));
    assert_eq!(
        hunk["lines"][3],
        serde_json::json!({"side": "removed", "text": "A full disk.", "no_newline": false})
    );
}

/// The text that people see is one that Git applies.
#[test]
fn the_text_is_a_patch() {
    let (repo, [first, ..]) = repo();
    repo.write("wiki/queue.md", "\u{feff}# Queue\n\nä\tb\n\nno end");
    repo.commit("wiki: quite different");
    let ends = "wiki: quite different";
    let patch = repo.prode(&["diff", "wiki/queue.md", "--from", &first]).ok().stdout().to_owned();
    assert!(patch.contains("rename from wiki/old.md\n"), "{patch}");
    let now = repo.git(&["rev-parse", "HEAD:wiki/queue.md"]);
    repo.git(&["checkout", "-q", &first]);
    repo.git_with_input(&["apply", "--index", "-"], &patch);
    assert_eq!(repo.git(&["rev-parse", ":wiki/queue.md"]), now, "{ends}");
    assert!(!repo.path().join("wiki/old.md").exists());
}

#[test]
fn a_section_is_compared_alone_and_stands_where_it_stood() {
    let (repo, [first, second, _, fourth]) = repo();
    let section = diff(&repo, &["wiki/queue.md#repair", "--from", &first]);
    let hunk = &array(&section, "hunks")[0];
    assert_eq!(
        (&hunk["old_start"], &hunk["new_start"], &hunk["new_lines"]),
        (&11.into(), &11.into(), &3.into())
    );
    assert_eq!((&section["added"], &section["from"]["anchor"]), (&1.into(), &"repair".into()));
    assert_eq!(diff(&repo, &["wiki/queue.md#causes", "--from", &second])["same"], true);
    let same = repo.prode(&["diff", "wiki/queue.md#causes", "--from", &second]).ok();
    assert_eq!(same.stdout(), "");
    same.warns("no line of 'wiki/queue.md#causes' differs between");
    repo.write("wiki/queue.md", PAGE.replace("## Causes", "## Known causes"));
    repo.commit("wiki: reworded");
    let reworded = diff(&repo, &["wiki/queue.md#known-causes", "--from", &fourth]);
    assert_eq!(reworded["from"]["anchor"], "causes");
}

#[test]
fn what_was_not_there_yet_is_said() {
    let (repo, [first, ..]) = repo();
    repo.write("wiki/new.md", "# New\n\n## Part\n\nx\n");
    let came = repo.commit("wiki: a new one");
    let run = repo.prode(&["diff", "wiki/new.md", "--from", &first]).ok();
    assert_eq!(run.stdout(), "");
    run.warns(&format!("'wiki/new.md' did not exist at '{first}'"))
        .warns(&format!("it came with {} on 2026-01-01 (wiki: a new one)", &came[..10]));
    let new = diff(&repo, &["wiki/new.md", "--from", &first]);
    assert_eq!(
        (&new["from"]["path"], &new["from"]["added_by"]["id"]),
        (&Value::Null, &came.into())
    );
    repo.write("wiki/new.md", "# New\n\n## Part\n\nx\n\n## Another\n\ny\n");
    repo.commit("wiki: a part");
    let part = diff(&repo, &["wiki/new.md#another", "--from", "HEAD~1"]);
    assert_eq!(
        (&part["from"]["path"], &part["from"]["anchor"]),
        (&"wiki/new.md".into(), &Value::Null)
    );
    repo.prode(&["diff", "wiki/new.md#another", "--from", "HEAD~1"]).ok().warns("did not exist at");
}

#[test]
fn line_ends_alone_are_said_and_not_shown() {
    let (repo, _) = repo();
    let text = std::fs::read_to_string(repo.path().join("wiki/queue.md")).unwrap();
    repo.write("wiki/queue.md", text.replace('\n', "\r\n"));
    repo.commit("wiki: line ends");
    let run = repo.prode(&["diff", "wiki/queue.md", "--from", "HEAD~1"]).ok();
    assert_eq!(run.stdout(), "");
    run.warns("in its line ends alone");
    assert_eq!(diff(&repo, &["wiki/queue.md", "--from", "HEAD~1"])["only_line_ends"], true);
}

#[test]
fn a_day_is_a_revision_and_the_newer_one_may_be_any() {
    let (repo, [first, second, ..]) = repo();
    repo.write("wiki/queue.md", PAGE);
    repo.commit_at("wiki: as it was", "2026-02-01T12:00:00Z");
    let of_day = diff(&repo, &["wiki/queue.md", "--from", "2026-01-31"]);
    assert_eq!((&of_day["from"]["rev"], &of_day["added"]), (&"2026-01-31".into(), &2.into()));
    let two = diff(&repo, &["wiki/old.md", "--from", &first, "--rev", &second]);
    assert_eq!((&two["added"], &two["removed"]), (&1.into(), &1.into()));
    // What is compared with may be the newer one.
    let back = diff(&repo, &["wiki/old.md", "--from", "HEAD", "--rev", &second]);
    assert_eq!(back["from"]["path"], "wiki/queue.md");
    repo.write("wiki/queue.md", PAGE.to_owned() + "\nOn disk.\n");
    let disk = diff(&repo, &["wiki/queue.md", "--from", "HEAD", "--worktree"]);
    assert_eq!((&disk["added"], &disk["worktree"]), (&2.into(), &true.into()));
}

#[test]
fn colours_are_for_terminals_and_escapes_for_nobody() {
    let (repo, _) = repo();
    repo.write("wiki/queue.md", PAGE.replace("Restart", "\u{1b}[31mRestart"));
    repo.commit("wiki: red");
    let args = ["diff", "wiki/queue.md", "--from", "HEAD~1"];
    let plain = repo.prode(&args).ok().says("+\u{241b}[31mRestart it.");
    assert!(!plain.stdout().contains('\u{1b}'));
    let coloured = repo.prode(&[&args[..], &["--color", "always"]].concat()).ok();
    assert!(coloured.stdout().contains("\u{1b}[32m+"), "{}", coloured.stdout());
}
