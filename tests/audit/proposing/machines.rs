//! Several clones of one remote: one branch per owner, one commit.

use std::process::Stdio;

use prode::clock::Clock;
use prode::config::Environment;
use prode::ops::audit::{Options, propose};
use prode::workspace::{Options as WorkspaceOptions, Workspace};

use super::{branch, of, proposed, refs, rotten, statuses, tip};
use crate::support::TestRepo;

/// A memory, its server, and a clone of somebody else.
fn shared() -> (TestRepo, TestRepo, TestRepo) {
    let repo = rotten();
    let server = repo.clone_to(&["--bare"]);
    repo.git(&["remote", "add", "origin", &server.path().display().to_string()]);
    repo.git(&["fetch", "--quiet", "origin"]);
    let other = server.clone_to(&[]);
    other.git(&["config", "user.name", "Grace"]);
    other.git(&["config", "user.email", "grace@example.org"]);
    (repo, server, other)
}

fn all(answer: &serde_json::Value, status: &str) -> bool {
    let statuses = statuses(answer);
    !statuses.is_empty() && statuses.values().all(|it| it == status)
}

#[test]
fn run_twice_or_elsewhere_it_changes_nothing() {
    let (repo, server, other) = shared();
    let first = proposed(&repo, &[]);
    assert!(all(&first, "made"), "{first:#}");
    assert_eq!(of(&first, "team-a")["remote"], "origin");
    let there = refs(&server);
    assert_eq!(there.matches("refs/heads/prode/audit/").count(), 2, "{there}");
    let again = proposed(&repo, &[]);
    assert!(all(&again, "same"), "{again:#}");
    assert_eq!(refs(&server), there);
    let elsewhere = proposed(&other, &[]);
    assert!(all(&elsewhere, "same"), "{elsewhere:#}");
    assert_eq!(refs(&server), there);
    assert_eq!(tip(&other, &branch("team-a")), tip(&repo, &branch("team-a")));
}

/// Neither saw the other's branch: they made the same commit.
#[test]
fn two_machines_that_know_nothing_of_each_other_make_one_commit() {
    let repo = rotten();
    let other = repo.clone_to(&[]);
    other.git(&["remote", "remove", "origin"]);
    other.git(&["config", "user.name", "Grace"]);
    other.git(&["config", "user.email", "grace@example.org"]);
    other.git(&["config", "commit.gpgsign", "true"]);
    other.git(&["config", "user.signingkey", "/nowhere"]);
    proposed(&repo, &[]);
    proposed(&other, &[]);
    for owner in ["team-a", "human%3Abob"] {
        assert_eq!(tip(&repo, &branch(owner)), tip(&other, &branch(owner)));
    }
}

#[test]
fn at_once_there_is_one_branch_per_owner() {
    let (repo, server, other) = shared();
    let third = server.clone_to(&[]);
    let running: Vec<_> = [&repo, &other, &third, &repo]
        .into_iter()
        .map(|it| {
            let mut command = it.prode_command();
            command.args(["audit", "--propose", "--json"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(statuses(&answer).values().all(|it| it == "made" || it == "same"), "{answer:#}");
    }
    assert_eq!(refs(&server).matches("refs/heads/prode/audit/").count(), 2);
    for repo in [&repo, &other, &third] {
        assert_eq!(tip(repo, &branch("team-a")), tip(&server, &branch("team-a")));
    }
}

#[test]
fn the_branch_follows_the_trunk_where_what_it_says_is_another() {
    let (repo, server, _) = shared();
    proposed(&repo, &[]);
    let before = tip(&server, &branch("team-a"));
    repo.write("README.md", "# Readme\n");
    repo.commit("nothing of the team's");
    let answer = proposed(&repo, &["--owner", "team-a"]);
    assert_eq!(of(&answer, "team-a")["status"], "same", "approvals of it stay good");
    assert_eq!(tip(&server, &branch("team-a")), before);
    repo.write("src/a.sh", "one\ntwo\nthree\n");
    repo.commit("the source");
    let answer = proposed(&repo, &["--owner", "team-a"]);
    assert_eq!(of(&answer, "team-a")["status"], "updated");
    assert_eq!(tip(&server, &format!("{}^", branch("team-a"))), tip(&repo, "main"));
    assert!(all(&proposed(&repo, &["--owner", "team-a"]), "same"));
}

/// Its status, commit and branch of the team, asked on a day.
fn on(repo: &TestRepo, day: &str) -> (String, Option<String>, String) {
    let path = repo.path().to_owned();
    let workspace = Workspace::open(WorkspaceOptions {
        repo: Some(path.clone()),
        current: path,
        overrides: Vec::new(),
        environment: Environment::default(),
        clock: Clock::at(format!("{day}T09:00:00Z").parse().unwrap()),
    });
    let workspace = workspace.unwrap();
    let (.., answer) = propose(&workspace, &Options::default(), &|_, _| {}).unwrap();
    let mut all = answer.proposals.into_iter();
    let it = all.find(|it| it.owner == "team-a").unwrap();
    (it.status, it.commit, it.branch)
}

#[test]
fn a_branch_keeps_the_day_on_which_it_was_made_until_it_says_something_else() {
    let repo = rotten();
    let first = on(&repo, "2026-11-20");
    assert_eq!((first.0.as_str(), first.2.as_str()), ("made", "prode/audit/2026Q4/team-a"));
    let later = on(&repo, "2026-11-27");
    assert_eq!((later.0.as_str(), &later.1), ("same", &first.1));
    repo.write("src/a.sh", "one\ntwo\nthree\n");
    repo.commit_at("the source", "2026-11-28T12:00:00Z");
    assert_eq!(on(&repo, "2026-11-29").0, "updated");
    let page = repo.git(&["show", "prode/audit/2026Q4/team-a:wiki/drift.md"]);
    assert!(page.contains("at: 2026-11-29"), "{page}");
    let next = on(&repo, "2027-01-05");
    assert_eq!((next.0.as_str(), next.2.as_str()), ("made", "prode/audit/2027Q1/team-a"));
}

#[test]
fn a_machine_whose_trunk_is_older_takes_nothing_back() {
    let (repo, server, other) = shared();
    repo.write("src/a.sh", "one\ntwo\nthree\n");
    repo.commit("the source");
    repo.git(&["push", "-q", "origin", "main"]);
    proposed(&repo, &[]);
    let there = refs(&server);
    let answer = proposed(&other, &[]);
    assert_eq!(of(&answer, "team-a")["status"], "behind", "{answer:#}");
    assert_eq!(refs(&server), there);
    other.git(&["pull", "-q", "--ff-only"]);
    assert!(all(&proposed(&other, &[]), "same"));
}

#[test]
fn a_bare_repository_proposes_too() {
    let repo = rotten();
    let server = repo.clone_to(&["--bare"]);
    server.git(&["remote", "remove", "origin"]);
    let answer = proposed(&server, &[]);
    assert!(all(&answer, "made"), "{answer:#}");
    let next = of(&answer, "team-a")["next"].as_array().unwrap();
    assert!(next.iter().any(|it| it.as_str().unwrap().starts_with("git push REMOTE prode/audit/")));
}

#[test]
fn a_remote_that_does_not_answer_is_told_and_made_up_for() {
    let (repo, server, _) = shared();
    let address = server.path().display().to_string();
    repo.git(&["remote", "set-url", "origin", "/nowhere/at/all"]);
    repo.prode(&["audit", "--propose"]).fails(5);
    repo.git(&["remote", "set-url", "origin", &address]);
    assert!(statuses(&proposed(&repo, &[])).len() == 2);
    assert_eq!(refs(&server).matches("refs/heads/prode/audit/").count(), 2);
}

#[test]
fn a_hook_that_declines_is_told_and_made_up_for() {
    use std::os::unix::fs::PermissionsExt;
    let (repo, server, _) = shared();
    let hook = server.path().join("hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    repo.prode(&["audit", "--propose"]).fails(4).warns("one of its hooks declined");
    std::fs::remove_file(&hook).unwrap();
    assert!(all(&proposed(&repo, &["--owner", "human:bob"]), "same"));
    proposed(&repo, &[]);
    assert_eq!(refs(&server).matches("refs/heads/prode/audit/").count(), 2);
}
