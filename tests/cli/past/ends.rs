//! Where a page's past ends, and pages that are there no more.

use super::{array, log, repo, subjects};
use crate::support::TestRepo;

#[test]
fn a_page_that_was_removed_says_who_did_it_and_how_to_see_it() {
    let (repo, _) = repo();
    repo.remove("wiki/queue.md");
    let removed = repo.commit("wiki: nobody queues");
    for command in [&["log"][..], &["blame"], &["diff", "--from", "HEAD~1"], &["graph"]] {
        let run = repo.prode(&[command, &["wiki/queue.md"]].concat()).fails(1);
        let run =
            run.warns(&format!("'wiki/queue.md' does not exist: {} removed it", &removed[..10]));
        run.warns("(wiki: nobody queues)").warns(&format!("--rev {}~1", &removed[..10]));
    }
    let before = format!("{}~1", &removed[..10]);
    assert_eq!(subjects(&log(&repo, &["wiki/queue.md", "--rev", &before])).len(), 4);
}

#[test]
fn a_page_that_was_renamed_says_what_it_is_called() {
    let (repo, _) = repo();
    let run = repo.prode(&["log", "wiki/old.md"]).fails(1);
    run.warns("renamed it on 2026-01-01").warns("it is 'wiki/queue.md' now");
    let error = repo.prode(&["log", "wiki/old", "--json"]).fails(1);
    assert!(error.stderr().contains("\"kind\":\"not_found\""), "{}", error.stderr());
}

#[test]
fn a_name_that_never_was_has_near_ones() {
    let (repo, _) = repo();
    repo.prode(&["log", "wiki/queu.md"]).fails(1).warns("wiki/queue.md");
    repo.prode(&["blame", "wiki/queue.md#cause"]).fails(1).warns("causes");
    repo.prode(&["diff", "wiki/queue.md", "--from", "mian"]).fails(1).warns("no revision 'mian'");
}

#[test]
fn another_page_of_the_same_path_is_told_and_not_mixed_in() {
    let (repo, _) = repo();
    repo.remove("wiki/other.md");
    let end = repo.commit("wiki: no other");
    repo.write("wiki/other.md", "# Quite another one\n\nWith nothing in common.\n");
    repo.commit("wiki: another one");
    let log = log(&repo, &["wiki/other.md"]);
    assert_eq!(subjects(&log), ["wiki: another one"]);
    assert_eq!(log["earlier_page_until"]["id"], end.as_str());
    repo.prode(&["log", "wiki/other.md"]).ok().warns(&format!("--rev {}~1", &end[..10]));
}

#[test]
fn a_shallow_clone_says_where_it_was_cut() {
    let (repo, [_, _, _, fourth]) = repo();
    let clone = repo.clone_to(&["--depth", "2"]);
    let log = log(&clone, &["wiki/queue.md"]);
    assert_eq!(subjects(&log), ["wiki: do not restart"]);
    let cut = repo.git(&["rev-parse", "HEAD~1"]);
    assert_eq!(log["cut_at"]["id"], cut.as_str());
    clone.prode(&["log", "wiki/queue.md"]).ok().warns("git fetch --unshallow");
    let text = clone.prode(&["blame", "wiki/queue.md"]).ok().warns("lines marked ^ may be older");
    text.says(&format!("^{} 2026-01-01", &cut[..10]))
        .says(&format!(" {} 2026-01-01", &fourth[..10]));
    let section = super::log(&clone, &["wiki/queue.md#causes"]);
    assert_eq!((subjects(&section).len(), &section["cut_at"]["id"]), (0, &cut.into()));
}

#[test]
fn a_bare_repository_answers_and_a_folder_says_why_not() {
    let (repo, _) = repo();
    let bare = repo.clone_to(&["--bare"]);
    assert_eq!(subjects(&log(&bare, &["wiki/queue.md#repair"])).len(), 2);
    let blame = bare.prode(&["blame", "wiki/queue.md", "--json"]).ok().json();
    assert_eq!(array(&blame, "lines").len(), 13);
    bare.prode(&["diff", "wiki/queue.md", "--from", "HEAD~1"]).ok().says("+Drain it.");
    let folder = TestRepo::no_repository();
    folder.write("wiki/a.md", "# A\n");
    folder.prode(&["log", "wiki/a.md"]).fails(1).warns("is not in a Git repository");
    folder.prode(&["graph"]).ok().says("1 page, 0 links");
}

#[test]
fn before_the_first_commit_everything_is_on_disk() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n\nWords.\n");
    assert_eq!(subjects(&log(&repo, &["wiki/a.md"])), ["-"]);
    repo.prode(&["blame", "wiki/a.md"]).ok().says("on disk, not committed");
    repo.prode(&["diff", "wiki/a.md", "--from", "HEAD"])
        .fails(1)
        .warns("the branch is still empty");
}

#[test]
fn a_partial_clone_says_what_it_could_not_read() {
    let (repo, _) = repo();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let text = std::fs::read_to_string(repo.path().join("wiki/queue.md")).unwrap();
    repo.remove("wiki/queue.md").write("wiki/next.md", text + "\nMore.\n");
    repo.commit("wiki: renamed and changed");
    let clone = repo.clone_to(&["--filter=blob:none"]);
    let log = log(&clone, &["wiki/next.md"]);
    assert_eq!(subjects(&log), ["wiki: renamed and changed"]);
    clone.prode(&["log", "wiki/next.md"]).ok().warns("it may have been renamed there");
    repo.write("wiki/next.md", "# Next\n");
    repo.commit("wiki: shorter");
    let clone = repo.clone_to(&["--filter=blob:none"]);
    let log = super::log(&clone, &["wiki/next.md"]);
    assert_eq!(log["entries"][0]["added"], serde_json::Value::Null);
    clone.prode(&["blame", "wiki/next.md"]).fails(5).warns("is not in this partial clone");
}

#[test]
fn a_page_that_is_too_large_has_a_log_and_no_lines() {
    let repo = TestRepo::new();
    repo.write("wiki/big.md", "# Big\n".to_owned() + &"word\n".repeat(1_000_100));
    repo.commit("big");
    assert_eq!(subjects(&log(&repo, &["wiki/big.md"])), ["big"]);
    repo.prode(&["blame", "wiki/big.md"]).fails(1).warns("has more than 5000000 bytes");
}
