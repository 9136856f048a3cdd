//! `broken`, `superseded`, `duplicate`, `contradicted`.

use super::{commit_by, finding, found, page};
use crate::support::TestRepo;

#[test]
fn what_a_page_leads_to_is_gone() {
    let repo = TestRepo::new();
    repo.write("ops/old.yaml", "1\n");
    repo.write("wiki/b.md", page("", "B\n\n[dead](nowhere.md), [anchor](c.md#none)."));
    repo.write("wiki/c.md", page("", "C\n\nApply `ops/old.yaml` and `ops/never.yaml`."));
    repo.write("wiki/d.md", page("sources: [ops/*.toml]\n", "D"));
    repo.commit("pages");
    repo.remove("ops/old.yaml");
    commit_by(&repo, "Bob", "clean up", "2026-01-01T00:00:00Z");
    let why =
        |path| finding(&repo, "2026-01-02", path, "broken")["why"].as_str().unwrap().to_owned();
    assert_eq!(
        why("wiki/b.md"),
        "no file is at 'wiki/nowhere.md', wiki/c.md has no section '#none'"
    );
    let id = repo.git(&["rev-parse", "--short=7", "HEAD"]);
    let gone = format!("it cites ops/old.yaml, which went on 2026-01-01 with {id} by Bob");
    assert_eq!(why("wiki/c.md"), gone);
    assert_eq!(why("wiki/d.md"), "its source 'ops/*.toml' names no file");
}

#[test]
fn an_alert_that_is_gone_breaks_its_runbook() {
    let repo = TestRepo::new();
    let rules =
        |name: &str| format!("groups:\n- name: g\n  rules:\n  - alert: {name}\n    expr: up\n");
    repo.write("rules/a.yaml", rules("Queue"));
    repo.write("prode.yaml", "audit: {alerts: ['rules/*.yaml']}\n");
    repo.write(
        "wiki/r.md",
        page("kind: runbook\nreviewed: 2026-01-01\nsignals: [{alert: Queue}]\n", "R"),
    )
    .commit("a");
    assert!(found(&repo, "2026-01-02").is_empty());
    repo.write("rules/a.yaml", rules("Renamed")).commit("rename");
    let broken = finding(&repo, "2026-01-02", "wiki/r.md", "broken");
    assert_eq!(broken["why"], "no alert is called 'Queue'");
}

#[test]
fn what_no_longer_holds_is_still_in_the_way() {
    let repo = TestRepo::new();
    repo.write("wiki/old.md", page("status: archived\narchived: gone\n", "Old"));
    repo.write("wiki/a.md", page("", "A\n\n[old](old.md)"));
    repo.write("wiki/was.md", page("", "Was"));
    repo.write("wiki/new.md", page("supersedes: [wiki/was.md]\n", "New")).commit("a");
    let why = |path| finding(&repo, "2026-01-02", path, "superseded");
    assert_eq!(
        why("wiki/old.md")["why"],
        "it is archived, and 1 page still links to it: wiki/a.md"
    );
    let was = why("wiki/was.md");
    assert_eq!(was["why"], "wiki/new.md replaced it, and it is still active");
    let command = "prode archive wiki/was.md --why 'replaced' --successor wiki/new.md";
    assert_eq!(was["settle"][0], command);
}

#[test]
fn two_pages_that_say_the_same_are_one_too_many() {
    let repo = TestRepo::new();
    let words: Vec<String> = (0..200).map(|at| format!("word{} follows.", at * 7 % 199)).collect();
    let words = words.join(" ");
    repo.write("wiki/a.md", page("", &format!("A\n\n{words}")));
    repo.write("wiki/b.md", page("", &format!("B\n\n{words}"))).commit("a");
    let twice = finding(&repo, "2026-01-02", "wiki/b.md", "duplicate");
    assert!(twice["why"].as_str().unwrap().contains("stands in wiki/a.md too"), "{twice}");
}

#[test]
fn whoever_was_misled_says_so_through_the_inbox() {
    let repo = TestRepo::new();
    for (key, value) in [("user.name", "Ada Example"), ("user.email", "ada@example.org")] {
        repo.git(&["config", key, value]);
    }
    repo.write("wiki/a.md", page("reviewed: 2026-01-01\n", "A\n\n## Fix\n\nRestart it."))
        .commit("a");
    let args = ["inbox", "add", "-", "--target", "wiki/a.md#fix", "--action", "contradict"];
    let run = ["--run", "R-20260102-1a2b3c"];
    repo.prode_with_input(&[&args[..], &run].concat(), "A restart loses the queue.\n").ok();
    let answer = super::audited(&repo, &[]);
    let misled = answer["findings"].as_array().unwrap();
    let misled = misled.iter().find(|it| it["signal"] == "contradicted").unwrap();
    assert!(misled["why"].as_str().unwrap().contains("A restart loses the queue."), "{misled}");
    let of_run = " of run R-20260102-1a2b3c says that it misled: ";
    assert!(misled["why"].as_str().unwrap().contains(of_run), "{misled}");
    assert!(misled["settle"][0].as_str().unwrap().starts_with("prode inbox show L-"), "{misled}");
    assert!(answer["inbox"].is_string());
    // On a day on which it was not there yet.
    let before = super::audited(&repo, &["--as-of", "2026-01-02"]);
    assert_eq!((&before["inbox"], before["findings"].as_array().unwrap().len()), (&().into(), 0));
}

#[test]
fn an_anchor_that_another_program_writes_is_no_dead_one() {
    let repo = TestRepo::new();
    let text = "A\n\n[a](#what-we-39-re-doing), [b](#doing-the-queue) [c](#none)\n\n## What we're doing\n\n### The queue\n";
    repo.write("wiki/a.md", page("reviewed: 2026-01-01\n", text)).commit("a");
    let broken = finding(&repo, "2026-01-02", "wiki/a.md", "broken");
    assert_eq!(broken["why"], "wiki/a.md has no section '#none'");
}
