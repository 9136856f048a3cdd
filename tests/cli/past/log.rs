//! `prode log` of whole pages.

use super::{array, log, repo, subjects};
use crate::support::TestRepo;

#[test]
fn a_page_is_followed_through_its_rename() {
    let (repo, [first, second, third, fourth]) = repo();
    let log = log(&repo, &["wiki/queue.md"]);
    assert_eq!(log["schema"], "prode.log/v1");
    let entries = array(&log, "entries");
    let commits: Vec<_> = entries.iter().map(|it| it["commit"]["id"].as_str().unwrap()).collect();
    assert_eq!(commits, [&fourth, &third, &second, &first]);
    let changes: Vec<_> = entries.iter().map(|it| it["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["changed", "moved", "changed", "added"]);
    assert_eq!(entries[1]["previous_path"], "wiki/old.md");
    assert_eq!((&entries[1]["added"], &entries[1]["removed"]), (&0.into(), &0.into()));
    assert_eq!((&entries[2]["path"], &entries[2]["added"]), (&"wiki/old.md".into(), &1.into()));
    assert_eq!(entries[0]["commit"]["author"], "Ada Example");
    assert_eq!(entries[0]["commit"]["date"], "2026-01-01T00:04:00Z");
}

#[test]
fn people_read_one_line_for_each_commit() {
    let (repo, [first, ..]) = repo();
    let text = repo.prode(&["log", "wiki/queue.md"]).ok();
    let line = format!("{}  2026-01-01  Ada Example  +13 -0  wiki: a page\n", &first[..10]);
    text.says(&line).says("wiki/old.md -> wiki/queue.md").says("came as wiki/old.md");
    let short = repo.prode(&["log", "wiki/queue.md", "-n", "2"]).ok().warns("there are older ones");
    assert!(!short.stdout().contains("disks fill"), "{}", short.stdout());
    assert_eq!(log(&repo, &["wiki/queue.md", "-n", "2"])["more"], true);
    assert_eq!(log(&repo, &["wiki/queue.md", "-n", "4"])["more"], false);
}

#[test]
fn a_rename_that_changes_lines_is_one_too_and_a_copy_is_none() {
    let (repo, _) = repo();
    let text = std::fs::read_to_string(repo.path().join("wiki/queue.md")).unwrap();
    repo.remove("wiki/queue.md").write("wiki/runbooks/queue.md", text.clone() + "\nMore.\n");
    repo.write("wiki/copy.md", &text);
    repo.commit("wiki: into its folder");
    let moved = log(&repo, &["wiki/runbooks/queue.md"]);
    assert_eq!(array(&moved, "entries").len(), 5);
    repo.write("wiki/second.md", text);
    repo.commit("wiki: copied");
    assert_eq!(subjects(&log(&repo, &["wiki/second.md"])), ["wiki: copied"]);
}

#[test]
fn whatever_names_a_page_for_show_names_it_here() {
    let (repo, [_, second, ..]) = repo();
    repo.write("adr/0001-a.md", "# 1. A\n\n## Status\n\nAccepted\n");
    repo.write("skills/x/SKILL.md", "---\nname: x\ndescription: Does x when y.\n---\n# X\n");
    repo.commit("more");
    for reference in ["adr/1", "ADR-1", "skill:x"] {
        assert_eq!(subjects(&log(&repo, &[reference])), ["more"], "{reference}");
    }
    let at = format!("wiki/old.md@{second}");
    assert_eq!(subjects(&log(&repo, &[&at])), ["wiki: disks fill", "wiki: a page"]);
    let at = format!("wiki/old.md#causes@{second}");
    assert_eq!(subjects(&log(&repo, &[&at])), ["wiki: disks fill", "wiki: a page"]);
}

#[test]
fn a_merge_is_told_only_where_it_made_something_of_its_own() {
    let (repo, _) = repo();
    let text = std::fs::read_to_string(repo.path().join("wiki/queue.md")).unwrap();
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("wiki/queue.md", text.replace("# Queue", "# The queue"));
    repo.commit("wiki: on the side");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("wiki/other.md", "# Other\n\nMany words.\n");
    repo.commit("wiki: on main");
    repo.git(&["merge", "-q", "--no-ff", "-m", "brings together", "side"]);
    assert_eq!(subjects(&log(&repo, &["wiki/queue.md"]))[0], "wiki: on the side");
    repo.git(&["checkout", "-q", "-b", "other-side"]);
    repo.write("wiki/queue.md", text.replace("# Queue", "# Our queue"));
    repo.commit("wiki: ours");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("wiki/queue.md", text.replace("# Queue", "# Their queue"));
    repo.commit("wiki: theirs");
    repo.try_git(&["merge", "-q", "other-side"]);
    repo.write("wiki/queue.md", text.replace("# Queue", "# Everybody's queue"));
    repo.commit("wiki: agreed");
    let log = log(&repo, &["wiki/queue.md"]);
    assert_eq!(subjects(&log)[..3], ["wiki: agreed", "wiki: theirs", "wiki: ours"]);
    assert_eq!(log["entries"][0]["change"], "merged");
}

#[test]
fn what_is_on_disk_stands_before_all_commits() {
    let (repo, _) = repo();
    assert_eq!(subjects(&log(&repo, &["wiki/queue.md", "--worktree"])).len(), 4);
    repo.rename("wiki/queue.md", "wiki/moved.md");
    let moved = log(&repo, &["wiki/moved.md", "--worktree"]);
    assert_eq!(subjects(&moved)[..2], ["-", "wiki: do not restart"]);
    assert_eq!(moved["entries"][0]["previous_path"], "wiki/queue.md");
    repo.write("wiki/new.md", "# New\n");
    let new = log(&repo, &["wiki/new.md", "--worktree"]);
    assert_eq!((subjects(&new), &new["entries"][0]["change"]), (vec!["-".into()], &"added".into()));
    repo.prode(&["log", "wiki/new.md", "--worktree"]).ok().says("on disk, not committed");
}

#[test]
fn a_path_that_is_no_utf8_is_followed() {
    use std::os::unix::ffi::OsStrExt as _;
    let repo = TestRepo::new();
    let name = std::path::Path::new(std::ffi::OsStr::from_bytes(b"wiki/q\xffue.md"));
    repo.write(name, "# Queue\n\nWords.\n");
    repo.commit("wiki: a page");
    repo.write(name, "# Queue\n\nOther words.\n");
    repo.commit("wiki: other words");
    assert_eq!(subjects(&log(&repo, &["wiki/q%FFue.md"])), ["wiki: other words", "wiki: a page"]);
    let blame = repo.prode(&["blame", "wiki/q%FFue.md", "--json"]).ok().json();
    assert_eq!(array(&blame, "lines").len(), 3);
    repo.prode(&["diff", "wiki/q%FFue.md", "--from", "HEAD~1"]).ok().says("+Other words.\n");
}
