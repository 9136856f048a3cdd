//! `prode proposal merge`: on real approvals, and not past anybody's work.

use prode::ops::approvals::{self, Named};

use super::{branch, learning, state, tip};
use crate::approvals::team::Team;

const WORDS: &str = "Drain it before the deploy.\n";
const ROUTES: &str = "- {ticket: drain the deploy, expect: wiki/queue.md}\n";

/// Grace proposes.
fn proposed(team: &Team, more: &[&str]) -> String {
    let id = learning(&team.repo, WORDS, &[&["--target", "wiki/queue.md"], more].concat());
    team.repo.prode(&["promote", &id]).ok();
    id
}

fn approve(team: &Team, who: &str, id: &str) {
    let workspace = team.workspace();
    let reviewed = workspace.reviewed().unwrap();
    let name = branch(id);
    let asked = approvals::resolve(&workspace, &reviewed, Named::Revision(&name), None).unwrap();
    team.store(&team.signed(who, team.statement(who, &asked)));
}

/// A file of the work tree.
fn read(team: &Team, path: &str) -> String {
    std::fs::read_to_string(team.repo.path().join(path)).unwrap()
}

fn page(team: &Team) -> String {
    team.repo.git(&["show", "main:wiki/queue.md"])
}

#[test]
fn the_trunk_moves_when_another_owner_approved() {
    let team = Team::new();
    let id = proposed(&team, &[]);
    let main = tip(&team.repo, "main");
    let head = tip(&team.repo, &branch(&id));
    team.repo.prode(&["proposal", "merge", &id]).fails(4).warns("is not approved for 'merge'");
    approve(&team, "grace", &id);
    team.repo.prode(&["proposal", "merge", &id]).fails(4);
    approve(&team, "mallory", &id);
    team.repo.prode(&["proposal", "merge", &id]).fails(4);
    assert_eq!(tip(&team.repo, "main"), main);
    approve(&team, "alan", &id);
    team.repo.prode(&["proposal", "list"]).ok().says("merge: weak");
    team.repo
        .prode(&["proposal", "merge", &id])
        .ok()
        .says("fast-forward")
        .says("approved for merge: weak");
    assert_eq!(tip(&team.repo, "main"), head);
    assert_eq!(team.repo.git(&["status", "--porcelain"]), "");
    assert!(read(&team, "wiki/queue.md").contains("Drain it"));
    assert_eq!(state(&team.repo, &id), "promoted");
    assert!(!team.repo.git(&["for-each-ref"]).contains(&branch(&id)));
    let used = team.repo.git(&["ls-tree", "--name-only", "refs/prode/approvals:used"]);
    assert_eq!(used.lines().count(), 1);
    team.repo.prode(&["promote", &id]).fails(3).warns("is promoted already");
}

/// An agent hands a learning in; Grace's Git commits again after it.
fn found_by_an_agent(team: &Team) -> String {
    let commits_as = |name: &str, email: &str| {
        team.repo.git(&["config", "user.name", name]);
        team.repo.git(&["config", "user.email", email]);
    };
    commits_as("triage", "triage@agents.example");
    let id = learning(&team.repo, WORDS, &["--target", "wiki/queue.md"]);
    commits_as("Grace Example", "grace@example.org");
    id
}

#[test]
fn an_owner_who_promotes_the_words_of_an_agent_may_approve_them() {
    let team = Team::new();
    let id = found_by_an_agent(&team);
    team.repo.prode(&["promote", &id]).ok();
    let people = team.repo.git(&["log", "-1", "--format=%ae %ce", &branch(&id)]);
    assert_eq!(people.trim(), "triage@agents.example grace@example.org");
    approve(&team, "grace", &id);
    team.repo.prode(&["proposal", "merge", &id]).ok().says("merge: weak");
}

#[test]
fn who_wrote_the_words_anew_asks_too_and_does_not_approve() {
    let team = Team::new();
    let id = found_by_an_agent(&team);
    team.repo.prode_with_input(&["inbox", "edit", &id, "-"], "Drain it first.").ok();
    team.repo.prode(&["promote", &id]).ok();
    let trailers = team.repo.git(&["log", "-1", "--format=%(trailers)", &branch(&id)]);
    assert!(trailers.contains("Co-authored-by: Grace Example <grace@example.org>"), "{trailers}");
    approve(&team, "grace", &id);
    let refused = team.repo.prode(&["proposal", "merge", &id]).fails(4);
    refused.warns("requester-approves");
    approve(&team, "alan", &id);
    team.repo.prode(&["proposal", "merge", &id]).ok();
}

#[test]
fn a_moved_trunk_is_merged_and_other_words_void_the_approval() {
    let team = Team::new();
    let id = proposed(&team, &[]);
    approve(&team, "alan", &id);
    team.land("wiki/other.md", "# Other\n");
    let answer = team.repo.prode(&["proposal", "merge", &id, "--json"]).ok().json();
    assert_eq!(answer["how"], "merge", "{answer}");
    let parents = team.repo.git(&["log", "-1", "--format=%P", "main"]);
    assert_eq!(parents.split_whitespace().count(), 2);
    assert!(page(&team).contains("Drain it") && read(&team, "wiki/other.md").contains("Other"));
    assert_eq!(team.repo.git(&["status", "--porcelain"]), "");

    let team = Team::new();
    let id = proposed(&team, &[]);
    approve(&team, "alan", &id);
    team.repo.prode_with_input(&["inbox", "edit", &id, "-"], "Other words.").ok();
    team.repo.prode(&["promote", &id]).ok();
    team.repo.prode(&["proposal", "merge", &id]).fails(4);
}

#[test]
fn what_somebody_is_writing_stays_or_nothing_is_merged() {
    let team = Team::new();
    let id = proposed(&team, &[]);
    approve(&team, "alan", &id);
    let main = tip(&team.repo, "main");
    team.repo.write("wiki/queue.md", "# Mine\n");
    team.repo.prode(&["proposal", "merge", &id]).fails(3).warns("the trunk is checked out in");
    assert_eq!((tip(&team.repo, "main"), read(&team, "wiki/queue.md")), (main, "# Mine\n".into()));
    team.repo.git(&["checkout", "--quiet", "--", "wiki/queue.md"]);
    team.repo.write("wiki/draft.md", "# Draft\n").write("prode.yaml", "# mine\n");
    team.repo.prode(&["proposal", "merge", &id]).ok();
    assert_eq!(team.repo.git(&["status", "--porcelain"]).trim(), "M prode.yaml\n?? wiki/draft.md");
    assert!(read(&team, "wiki/queue.md").contains("Drain it"));
}

#[test]
fn a_route_test_that_would_begin_to_fail_is_a_persons_word() {
    let team = Team::new();
    team.land("wiki/queue.md", "---\nowner: '@org/sre'\n---\n# Queue\n\nDrain the deploy.\n");
    team.land("wiki/routes.yaml", ROUTES);
    let id =
        learning(&team.repo, "Nothing.\n", &["--target", "wiki/queue.md", "--action", "replace"]);
    team.repo.prode(&["promote", &id]).ok().says("begins to fail");
    approve(&team, "alan", &id);
    let run = team.repo.prode(&["proposal", "merge", &id]).fails(1);
    run.warns("1 route test would begin to fail").warns("--allow-regression");
    assert!(page(&team).contains("Drain the deploy."));
    team.repo.prode(&["proposal", "merge", &id, "--allow-regression", "it went away"]).ok();
    let trailers = team.repo.git(&["log", "-1", "--format=%(trailers)", "main"]);
    assert!(trailers.contains("Prode-Allowed-Regression: it went away"), "{trailers}");
}

#[test]
fn what_a_killed_merge_left_is_finished() {
    let team = Team::new();
    let id = proposed(&team, &[]);
    team.repo.git(&["merge", "--quiet", "--ff-only", &branch(&id)]);
    assert_eq!(state(&team.repo, &id), "accepted");
    team.repo.prode(&["proposal", "merge", &id]).ok().says("finished");
    assert_eq!(state(&team.repo, &id), "promoted");
    assert!(!team.repo.git(&["for-each-ref"]).contains(&branch(&id)));
}

#[test]
fn files_that_a_killed_merge_left_behind_follow() {
    let team = Team::new();
    let id = proposed(&team, &[]);
    let before = team.repo.git(&["rev-parse", "main"]);
    team.repo.git(&["update-ref", "refs/heads/main", &branch(&id), &before]);
    assert!(!team.repo.git(&["status", "--porcelain"]).is_empty());
    team.repo.prode(&["proposal", "merge", &id]).ok().says("finished");
    assert_eq!(team.repo.git(&["status", "--porcelain"]), "");
}
