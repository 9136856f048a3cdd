//! `unowned` and `bus_factor`: who is still there.

use super::{commit_by, finding, found};
use crate::support::TestRepo;

#[test]
fn a_page_without_an_owner_is_found_and_an_owner_without_pages_is_none() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "---\nreviewed: 2026-01-01\n---\n# A\n").commit("a");
    assert_eq!(found(&repo, "2026-01-02"), ["wiki/a.md unowned"]);
    let answer = super::audited(&repo, &["--as-of", "2026-01-02", "--owner", "team-z"]);
    assert_eq!((&answer["checked"], answer["findings"].as_array().unwrap().len()), (&1.into(), 0));
    let answer = super::audited(&repo, &["--as-of", "2026-01-02", "--owner", "nobody"]);
    assert_eq!(answer["findings"].as_array().unwrap().len(), 1);
    repo.prode(&["audit", "--as-of", "2026-01-02"]).ok().says("nobody  1 finding");
}

#[test]
fn an_owner_who_is_in_no_list_and_no_recent_history_is_gone() {
    let repo = TestRepo::new();
    repo.write("wiki/a.md", "---\nowner: bob@example.org\nreviewed: 2026-01-01\n---\n# A\n");
    repo.write("wiki/b.md", "---\nowner: team-somewhere\nreviewed: 2026-01-01\n---\n# B\n");
    commit_by(&repo, "Bob", "his page", "2026-01-01T00:00:00Z");
    assert!(found(&repo, "2026-06-01").is_empty());
    repo.commit_at("somebody else works on", "2027-06-01T00:00:00Z");
    let gone =
        |day| finding(&repo, day, "wiki/a.md", "unowned")["why"].as_str().unwrap().to_owned();
    assert_eq!(
        gone("2027-06-02"),
        "its owner bob@example.org (last commit 2026-01-01) is in neither CODEOWNERS nor people:, \
         nor in recent history"
    );
    let listed = "people: {human:bob: {email: bob@example.org}}\n";
    repo.write("prode.yaml", listed).commit_at("he is known", "2027-06-01T01:00:00Z");
    assert!(!found(&repo, "2027-06-02").contains(&"wiki/a.md unowned".to_owned()));
}

#[test]
fn where_owners_are_listed_a_name_that_is_not_is_gone() {
    let repo = TestRepo::new();
    let page = "---\nowner: '@org/b'\nreviewed: 2026-01-01\n---\n# A\n";
    repo.write("CODEOWNERS", "* @org/a\n").write("wiki/a.md", page);
    repo.commit("a");
    assert_eq!(found(&repo, "2026-01-02"), ["wiki/a.md unowned"]);
}

#[test]
fn a_runbook_that_one_person_knows_is_found_where_others_work() {
    let repo = TestRepo::new();
    let runbook =
        "---\nowner: team-a\nkind: runbook\nreviewed: {by: human:ada, at: 2026-01-01}\n---\n# R\n";
    let people = "people: {human:ada: {email: ada@example.org}}\n";
    repo.write("wiki/r.md", runbook).write("prode.yaml", people).commit("hers");
    assert!(found(&repo, "2026-01-02").is_empty(), "one person alone works here");
    repo.write("src/a", "1");
    commit_by(&repo, "Bob", "his", "2026-01-01T00:00:00Z");
    let alone = finding(&repo, "2026-01-02", "wiki/r.md", "bus_factor");
    assert_eq!(alone["why"], "human:ada alone ever wrote, ran or reviewed it");
    repo.write("wiki/r.md", runbook.replace("human:ada", "human:bob")).commit("he reviewed it");
    assert!(found(&repo, "2026-01-02").is_empty());
}
