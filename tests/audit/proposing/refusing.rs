//! Where nothing is proposed, and what is said then.

use super::{proposed, refs, rotten, statuses};
use crate::support::TestRepo;

#[test]
fn another_time_or_change_than_todays_trunk_is_refused() {
    let repo = rotten();
    let before = refs(&repo);
    for args in [
        ["--as-of", "2026-10-20"],
        ["--rev", "HEAD~1"],
        ["--against", "HEAD~1"],
        ["--trend", "2"],
        ["--format", "html"],
        ["--format", "csv"],
    ] {
        repo.prode(&[&["audit", "--propose"], &args[..]].concat()).fails(2);
    }
    repo.prode(&["audit", "--propose", "--all"]).fails(2);
    let run = repo.prode(&["audit", "--propose", "--quarter", "2026Q1"]).fails(2);
    run.warns("the quarter 2026Q1 is over").warns("--quarter ");
    repo.prode(&["audit", "--propose", "--quarter", "2999Q1"]).fails(2).warns("has not begun");
    repo.prode(&["audit", "--propose", "--quarter", "soon"]).fails(2).warns("is no quarter");
    assert_eq!(refs(&repo), before);
    proposed(&repo, &["--quarter", &super::quarter()]);
    assert_ne!(refs(&repo), before);
}

#[test]
fn before_the_first_commit_and_without_findings_nothing_is_proposed() {
    let empty = TestRepo::new();
    assert!(statuses(&proposed(&empty, &[])).is_empty());
    let well = TestRepo::new();
    well.write("wiki/index.md", "---\nowner: ada\n---\n# Home\n");
    well.commit("a page");
    assert!(statuses(&proposed(&well, &[])).is_empty());
    well.prode(&["audit", "--propose"]).ok().says("nothing is proposed");
}

#[test]
fn fail_on_holds_as_without_proposals() {
    let repo = rotten();
    repo.prode(&["audit", "--propose", "--fail-on", "drifted"]).fails(1);
    repo.prode(&["audit", "--propose", "--fail-on", "duplicate"]).ok();
    repo.prode(&["audit", "--propose", "--owner", "human:bob", "--fail-on", "drifted"]).ok();
}

#[test]
fn a_page_that_cannot_be_written_is_left_and_keeps_nobody_elses_back() {
    let repo = rotten();
    repo.write("wiki/drift.md", "---\nowner: team-a\nsources: [src/a.sh]\nreviewed: &r {by: human:ada, at: 2026-10-02}\n---\n# Drift\n\n## The thing\n\nIt drifts.\n");
    repo.commit_at("an anchor", "2026-10-11T12:00:00Z");
    let answer = proposed(&repo, &[]);
    let team = super::of(&answer, "team-a");
    let left = team["left"].as_array().unwrap();
    let drift = left.iter().find(|it| it["path"] == "wiki/drift.md").unwrap();
    assert!(drift["why"].as_str().unwrap().contains("wiki/drift.md"), "{drift}");
    assert!(team["settled"].as_array().unwrap().len() > 3);
}

#[test]
fn a_record_that_cannot_be_read_keeps_only_its_own_pages_back() {
    let repo = rotten();
    repo.write(".prode/reviews.yaml", "- nonsense\n");
    repo.commit_at("a record", "2026-10-11T12:00:00Z");
    let answer = proposed(&repo, &[]);
    let team = super::of(&answer, "team-a");
    assert_eq!(team["status"], "made");
    let settled = super::ids(&team["settled"]);
    assert!(settled.iter().all(|it| !it[1].starts_with("adr/")), "{settled:?}");
    assert!(settled.iter().any(|it| it[1] == "wiki/drift.md"), "{settled:?}");
}
