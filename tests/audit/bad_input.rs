//! Repositories in which little can be known.

use super::{audited, found, page};
use crate::support::TestRepo;

#[test]
fn a_shallow_clone_says_what_it_cannot_tell() {
    let repo = TestRepo::new();
    repo.write("src/a.rs", "1\n");
    repo.write("wiki/a.md", page("sources: [src/**]\nreviewed: 2026-01-01\n", "A")).commit("a");
    repo.write("src/a.rs", "2\n").commit("drift");
    repo.write("src/b.rs", "2\n").commit("more");
    assert_eq!(found(&repo, "2026-01-09"), ["wiki/a.md drifted"]);
    let shallow = repo.clone_to(&["--depth", "1"]);
    let answer = audited(&shallow, &["--rev", "HEAD"]);
    let reasons: Vec<&str> = answer["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["reason"].as_str().unwrap())
        .collect();
    assert!(reasons.iter().any(|it| it.contains("is shallow: 1 commits are here")), "{reasons:?}");
    assert!(reasons.iter().any(|it| it.contains("the commit that set its stamp")), "{reasons:?}");
    let drifted = |it: &serde_json::Value| it["signal"] == "drifted";
    assert!(!answer["findings"].as_array().unwrap().iter().any(drifted), "nothing is guessed");
}

#[test]
fn a_partial_clone_does_what_it_can() {
    let repo = TestRepo::new();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.write("src/a.rs", "1\n");
    repo.write("wiki/a.md", page("sources: [src/**]\nreviewed: 2026-01-01\n", "A")).commit("a");
    repo.write("src/a.rs", "2\n").commit("drift");
    let partial = repo.clone_to(&["--filter=blob:none"]);
    let answer = audited(&partial, &["--as-of", "2026-01-09"]);
    assert_eq!(answer["findings"][0]["signal"], "drifted");
    assert!(answer["skipped"][0]["reason"].as_str().unwrap().contains("is partial"));
}

#[test]
fn without_commits_or_a_repository_it_is_said() {
    let empty = TestRepo::new();
    let answer = audited(&empty, &[]);
    assert_eq!((&answer["commit"], &answer["checked"]), (&().into(), &0.into()));
    assert!(answer["skipped"][0]["reason"].as_str().unwrap().contains("there is no commit yet"));
    TestRepo::no_repository().prode(&["audit"]).fails(1).warns("is not in a Git repository");
}

#[test]
fn a_glob_that_matches_everything_ends_soon() {
    let repo = TestRepo::new();
    for at in 0..400 {
        repo.write(format!("src/{}/{at}.rs", at % 20), at.to_string());
    }
    for at in 0..30 {
        repo.write(
            format!("wiki/{at}.md"),
            page("sources: ['**']\nreviewed: 2026-01-01\n", &format!("P{at}")),
        );
    }
    repo.commit("many");
    for at in 0..400 {
        repo.write(format!("src/{}/{at}.rs", at % 20), "changed");
    }
    repo.commit("all of them");
    let drift = super::finding(&repo, "2026-01-09", "wiki/0.md", "drifted");
    assert_eq!(drift["changed_total"], 400);
    assert_eq!(drift["changed"].as_array().unwrap().len(), 20);
}

#[test]
fn records_that_cannot_be_read_are_said_and_hide_nothing() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n").write(".prode/dismissed.yaml", "nonsense: [\n").commit("a");
    let answer = audited(&repo, &["--as-of", "2026-01-09"]);
    assert_eq!(answer["findings"][0]["signal"], "unowned");
    assert_eq!(answer["skipped"][0]["what"], ".prode/dismissed.yaml");
}

#[test]
fn what_is_typed_wrong_is_refused_with_what_was_meant() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "# A\n").commit("a");
    repo.prode(&["audit", "--fail-on", "drift"]).fails(2).warns("did you mean 'drifted'?");
    repo.prode(&["audit", "--trend", "soon"]).fails(2).warns("8q");
    repo.prode(&["audit", "--format", "sarif"]).fails(2).warns("text, json, md, csv");
    repo.prode(&["audit", "--as-of", "2026-01-09", "--fail-on", "unowned"]).fails(1);
    repo.prode(&["audit", "--as-of", "2026-01-09", "--fail-on", "any"]).fails(1);
    repo.prode(&["audit", "--as-of", "2026-01-09", "--fail-on", "broken"]).ok();
}
