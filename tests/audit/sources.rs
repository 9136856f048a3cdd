//! `drifted`: declared sources, cited files, what was taken back, what moved.

use prode::git::hash_blob;
use prode::repo_path::RepoPath;
use prode::review::{body_digest, sources_digest};

use super::{commit_by, finding, found, page};
use crate::support::TestRepo;

const PAGE: &str = "wiki/a.md";

/// A page that describes `src/`, reviewed on the day on which it was committed.
fn described() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("src/a.rs", "one\n").write("src/b.rs", "two\n");
    repo.write(PAGE, page("sources: [src/**]\nreviewed: 2026-01-01\n", "A"));
    repo.commit("a page");
    repo
}

#[test]
fn a_source_that_changed_since_the_date_was_set_is_drift() {
    let repo = described();
    assert!(found(&repo, "2026-02-01").is_empty());
    repo.write("src/a.rs", "one\nmore\nlines\n");
    commit_by(&repo, "Bob", "change", "2026-01-02T00:00:00Z");
    let drift = finding(&repo, "2026-02-01", PAGE, "drifted");
    assert_eq!(drift["why"], "1 file it describes changed since the review of 2026-01-01, by Bob");
    assert_eq!(drift["confidence"], 90);
    let file = &drift["changed"][0];
    assert_eq!((&file["path"], &file["how"]), (&"src/a.rs".into(), &"changed".into()));
    assert_eq!((&file["added"], &file["removed"]), (&2.into(), &0.into()));
    assert_eq!(file["commits"][0], repo.git(&["rev-parse", "HEAD"]));
    assert_eq!(drift["settle"][0], "prode review wiki/a.md");
    assert_eq!(drift["id"].as_str().unwrap().len(), 10);
}

#[test]
fn a_change_that_was_taken_back_is_none() {
    let repo = described();
    repo.write("src/a.rs", "other\n").commit("change");
    assert_eq!(found(&repo, "2026-02-01"), ["wiki/a.md drifted"]);
    repo.write("src/a.rs", "one\n").commit("take it back");
    assert!(found(&repo, "2026-02-01").is_empty());
}

#[test]
fn a_recorded_digest_decides_whatever_dates_say() {
    let repo = TestRepo::new();
    let source = RepoPath::new("src/a.rs").unwrap();
    let digest = |text: &str| sources_digest([(&source, hash_blob(text.as_bytes()))]);
    let body = body_digest(page("", "A").as_bytes());
    let stamped = |day: &str, text: &str| {
        let sources = digest(text);
        page(
            &format!(
                "sources: [src/a.rs]\nreviewed: {{by: human:ada, at: {day}, body: {body}, sources: {sources}}}\n"
            ),
            "A",
        )
    };
    repo.write("src/a.rs", "1\n").write(PAGE, stamped("2026-01-01", "1\n")).commit("one");
    assert!(found(&repo, "2026-01-03").is_empty());
    repo.write("src/a.rs", "2\n").commit("two");
    let drift = finding(&repo, "2026-01-03", PAGE, "drifted");
    assert_eq!((&drift["confidence"], &drift["changed_total"]), (&100.into(), &1.into()));
    // A later date over the same digest is no review of what is there now.
    repo.write(PAGE, stamped("2026-01-02", "1\n")).commit("bump the date");
    assert_eq!(found(&repo, "2026-01-03"), ["wiki/a.md drifted"]);
    repo.write(PAGE, stamped("2026-01-02", "2\n")).commit("review");
    assert!(found(&repo, "2026-01-03").is_empty());
}

#[test]
fn files_that_came_went_and_moved_are_told_apart() {
    let repo = described();
    repo.rename("src/a.rs", "src/new.rs").remove("src/b.rs").write("src/c.rs", "3\n");
    repo.commit("all of it");
    let drift = finding(&repo, "2026-02-01", PAGE, "drifted");
    let how = |at: usize| drift["changed"][at]["how"].as_str().unwrap().to_owned();
    assert_eq!([how(0), how(1), how(2), how(3)], ["moved", "removed", "added", "added"]);
    assert_eq!(drift["changed"][0]["moved_to"], "src/new.rs");
    let why = drift["why"].as_str().unwrap();
    assert!(why.contains("4 files it describes changed (1 moved, 1 gone)"), "{why}");
}

#[test]
fn a_review_on_a_branch_saw_the_branch() {
    let repo = described();
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write(PAGE, page("sources: [src/**]\nreviewed: 2026-01-05\n", "A")).commit("review");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("src/a.rs", "trunk\n").commit("a change that the reviewer did not see");
    repo.git(&["merge", "-q", "--no-ff", "-m", "merge", "side"]);
    let drift = finding(&repo, "2026-02-01", PAGE, "drifted");
    assert_eq!(drift["changed"][0]["commits"].as_array().unwrap().len(), 1);
    assert_eq!(drift["changed"][0]["authors"][0], "Ada Example");
}

#[test]
fn a_cited_file_is_a_source_where_none_is_declared() {
    let repo = TestRepo::new();
    repo.write("ops/queue.yaml", "1\n").write("ops/free.yaml", "1\n");
    repo.write(PAGE, page("reviewed: 2026-01-01\n", "A\n\nApply `ops/queue.yaml`."));
    repo.commit("a page");
    repo.write("ops/free.yaml", "2\n").commit("nobody cites it");
    assert!(found(&repo, "2026-01-09").is_empty());
    repo.write("ops/queue.yaml", "2\n").commit("it is cited");
    let drift = finding(&repo, "2026-01-09", PAGE, "drifted");
    assert_eq!(drift["confidence"], 60);
    assert!(drift["why"].as_str().unwrap().starts_with("1 file it cites changed"));
    repo.write(PAGE, page("reviewed: 2026-01-02\n", "A\n\nApply `ops/queue.yaml`."));
    repo.commit("reviewed");
    assert!(found(&repo, "2026-01-09").is_empty());
}

#[test]
fn a_source_elsewhere_is_said_and_not_guessed() {
    let repo = TestRepo::new();
    let front = "sources: [{repo: https://x.example/r, path: src/**}]\nreviewed: 2026-01-01\n";
    repo.write(PAGE, page(front, "A")).commit("a page");
    let answer = super::audited(&repo, &["--as-of", "2026-01-09"]);
    assert_eq!(answer["findings"].as_array().unwrap().len(), 0);
    assert_eq!(answer["skipped"][0]["what"], "wiki/a.md: source https://x.example/r");
}

#[test]
fn a_change_names_the_pages_that_it_leaves_behind() {
    let repo = described();
    repo.write("wiki/b.md", page("sources: [src/b.rs]\n", "B")).commit("another page");
    repo.git(&["checkout", "-q", "-b", "change"]);
    repo.write("src/a.rs", "new\n").commit("change");
    let against = || {
        let answer = super::audited(&repo, &["--against", "main"]);
        let findings = answer["findings"].as_array().unwrap().clone();
        findings.iter().map(|it| format!("{}: {}", it["path"], it["why"])).collect::<Vec<_>>()
    };
    assert_eq!(against(), ["\"wiki/a.md\": \"this change touches 1 file it describes\""]);
    repo.prode(&["audit", "--against", "main", "--fail-on", "drifted"]).fails(1);
    repo.write(PAGE, page("sources: [src/**]\nreviewed: 2026-01-01\n", "A, as it is now"));
    repo.commit("and the page");
    assert!(against().is_empty());
    repo.prode(&["audit", "--against", "nowhere"]).fails(1).warns("there is no revision 'nowhere'");
}

#[test]
fn a_review_clears_exactly_its_findings() {
    let repo = TestRepo::new();
    for (key, value) in [("user.name", "Ada Example"), ("user.email", "ada@example.org")] {
        repo.git(&["config", key, value]);
    }
    repo.write("src/a.rs", "1\n");
    let front = "sources: [src/**]\nreviewed: 2020-01-01\nreview_every: 2000d\n";
    for at in ["a", "b"] {
        repo.write(format!("wiki/{at}.md"), page(front, at));
    }
    repo.commit_at("pages", "2020-01-01T00:00:00Z");
    repo.write("src/a.rs", "2\n").commit("drift");
    let drifted = || {
        let answer = super::audited(&repo, &[]);
        let all = answer["findings"].as_array().unwrap().clone();
        let drifted = all.iter().filter(|it| it["signal"] == "drifted");
        let mut paths: Vec<String> =
            drifted.map(|it| it["path"].as_str().unwrap().to_owned()).collect();
        paths.sort();
        paths
    };
    assert_eq!(drifted(), ["wiki/a.md", "wiki/b.md"]);
    repo.prode(&["review", "wiki/a.md", "--yes", "--commit"]).ok();
    assert_eq!(drifted(), ["wiki/b.md"]);
    repo.write("src/a.rs", "3\n").commit("drift again");
    assert_eq!(drifted(), ["wiki/a.md", "wiki/b.md"]);
}

#[test]
fn a_cited_file_must_become_another() {
    let repo = TestRepo::new();
    let lines =
        |count: usize| (0..count).map(|at| format!("line {at}\n")).collect::<Vec<_>>().concat();
    repo.write("ops/list.yaml", lines(40)).write("ops/pin.yaml", "v1\n");
    repo.write(
        PAGE,
        page("reviewed: 2026-01-01\n", "A\n\nAdd it to `ops/list.yaml`, see `ops/pin.yaml`."),
    );
    repo.commit("a page");
    // Whoever follows the page adds a line; a program raises a version.
    repo.write("ops/list.yaml", lines(41)).commit("one more");
    repo.write("ops/pin.yaml", "v2\n");
    commit_by(&repo, "dependabot[bot]", "bump", "2026-01-02T00:00:00Z");
    assert!(found(&repo, "2026-01-09").is_empty());
    repo.write("ops/list.yaml", lines(50)).commit("a fifth of it");
    let drift = finding(&repo, "2026-01-09", PAGE, "drifted");
    assert_eq!(
        (&drift["changed_total"], &drift["changed"][0]["path"]),
        (&1.into(), &"ops/list.yaml".into())
    );
}
