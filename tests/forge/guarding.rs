//! A server's hook lets a changed policy onto the trunk that a review on the
//! forge approves, of exactly that commit; and nothing where the forge cannot
//! be asked.

use std::path::Path;

use super::{REPO, Team};
use crate::support::forge::{Kind, ROBOT, Step};
use crate::support::hermetic;

const SIGNERS: &str = ".prode/allowed_signers";

/// A team whose server has a policy and the hook, and a branch with a signer
/// more, which the server has too.
fn guarded(kind: Kind, more: &str) -> Team {
    let team = Team::with(kind, more);
    team.repo.write(SIGNERS, "human:grace ssh-ed25519 AAAA\n").commit("the first signer");
    team.repo.git(&["push", "--quiet", "origin", "main"]);
    team.server.prode(&["hook", "install", "--hook", "pre-receive"]).ok();
    team.repo.git(&["checkout", "--quiet", "-b", "newcomer"]);
    newcomer(&team, "alan");
    team
}

/// Adds a signer on the branch, and pushes the branch.
fn newcomer(team: &Team, name: &str) {
    let signers = team.repo.git(&["show", &format!("HEAD:{SIGNERS}")]);
    team.repo.write(SIGNERS, format!("{signers}\nhuman:{name} ssh-ed25519 BBBB\n"));
    team.repo.commit(&format!("a signer: {name}"));
    assert!(push(team, "newcomer").0);
}

/// `git push` to the server; its hook is the tested program and has the token.
fn push(team: &Team, what: &str) -> (bool, String) {
    push_as(team, what, &team.environment())
}

fn push_as(team: &Team, what: &str, environment: &[(&'static str, String)]) -> (bool, String) {
    let folder = Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
    let server = team.server.path().display();
    let line = format!("PATH={}:$PATH git push {server} {what} 2>&1", folder.display());
    let mut shell = hermetic("sh", &team.repo.home());
    shell.envs(environment.iter().cloned()).current_dir(team.repo.path());
    let done = shell.args(["-c", &line]).output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

/// The push is refused, and says so.
#[track_caller]
fn refused(team: &Team, what: &str, words: &str) {
    let (is_done, said) = push(team, what);
    assert!(!is_done && said.contains("policy-not-approved"), "{said}");
    assert!(said.contains(words), "{words} in {said}");
}

fn opened(team: &Team, base: &str) -> u64 {
    team.forge.world().open(("newcomer", base), ("A signer", ""), false).unwrap()
}

#[test]
fn a_policy_lands_that_a_review_on_the_forge_approves() {
    for kind in Kind::ALL {
        let team = guarded(kind, "");
        refused(&team, "newcomer:main", "the forge has no pull request of that commit into 'main'");
        let number = opened(&team, "main");
        refused(&team, "newcomer:main", "is not approved for 'policy'");
        team.forge.world().review_now(number, "grace", "APPROVED");
        let (is_done, said) = push(&team, "newcomer:main");
        assert!(is_done, "{kind:?} {said}");
        team.forge.is_sound();
    }
}

#[test]
fn a_merge_of_the_reviewed_commit_lands_and_one_that_brings_more_does_not() {
    let team = guarded(Kind::Gitea, "");
    let number = opened(&team, "main");
    team.forge.world().review_now(number, "grace", "APPROVED");
    team.repo.git(&["checkout", "--quiet", "-B", "merged", "main"]);
    team.repo.git(&["merge", "--quiet", "--no-ff", "--no-commit", "newcomer"]);
    team.repo.write(SIGNERS, "human:eve ssh-ed25519 CCCC\n").commit("a merge that brings more");
    refused(&team, "merged:main", "no branch and no pull request here has that commit");
    team.repo.git(&["reset", "--quiet", "--hard", "main"]);
    team.repo.git(&["merge", "--quiet", "--no-ff", "-m", "merge", "newcomer"]);
    let (is_done, said) = push(&team, "merged:main");
    assert!(is_done, "{said}");
}

#[test]
fn a_pull_request_is_found_by_the_ref_that_the_forge_keeps_of_it() {
    let team = guarded(Kind::GitHub, "");
    let number = opened(&team, "main");
    team.forge.world().review_now(number, "grace", "APPROVED");
    let tip = team.repo.git(&["rev-parse", "newcomer"]);
    team.server.git(&["update-ref", &format!("refs/pull/{number}/head"), &tip]);
    team.server.git(&["update-ref", "-d", "refs/heads/newcomer"]);
    let (is_done, said) = push(&team, "newcomer:main");
    assert!(is_done, "{said}");
    assert_eq!(team.forge.world().count(Step::Find), 0);
}

#[test]
fn reviews_that_do_not_count_do_not_count_here() {
    let team = guarded(Kind::GitHub, "");
    let number = opened(&team, "main");
    for (who, code) in
        [(ROBOT, "tokens-account"), ("mallory", "unknown-account"), ("ada", "requester-approves")]
    {
        team.forge.world().pull(number).unwrap().reviews.clear();
        team.forge.world().review_now(number, who, "APPROVED");
        refused(&team, "newcomer:main", code);
    }
    team.forge.world().pull(number).unwrap().reviews.clear();
    team.forge.world().review_now(number, "alan", "APPROVED");
    refused(&team, "newcomer:main", "not approved");
    team.forge.world().review_now(number, "grace", "APPROVED");
    newcomer(&team, "eve");
    refused(&team, "newcomer:main", "wrong-precondition");
}

#[test]
fn a_review_of_a_pull_request_into_another_branch_is_none() {
    let team = guarded(Kind::Gitea, "");
    team.server.git(&["branch", "topic", "main"]);
    let number = opened(&team, "topic");
    team.forge.world().review_now(number, "grace", "APPROVED");
    refused(&team, "newcomer:main", "the forge has no pull request of that commit into 'main'");
}

#[test]
fn a_review_counts_as_strongly_as_the_forge_tells() {
    let strong = "approvals: {policy: {strength: strong}}\n";
    for (kind, lands) in [(Kind::GitHub, true), (Kind::GitLab, false)] {
        let team = guarded(kind, strong);
        let number = opened(&team, "main");
        team.forge.world().review_now(number, "grace", "APPROVED");
        if lands {
            assert!(push(&team, "newcomer:main").0);
        } else {
            refused(&team, "newcomer:main", "commit-inferred");
        }
    }
}

#[test]
fn what_cannot_be_asked_is_refused_and_said() {
    let team = guarded(Kind::GitHub, "");
    let number = opened(&team, "main");
    team.forge.world().review_now(number, "grace", "APPROVED");
    let silent = [
        ("PRODE_FORGE__ENDPOINT", "http://127.0.0.1:9".to_owned()),
        ("PRODE_FORGE__TOKEN", "any".to_owned()),
    ];
    for (environment, words) in [
        (&silent[..], "do not count: 127.0.0.1:9 did not answer"),
        (&[], "were not asked for: there is no token"),
    ] {
        let (is_done, said) = push_as(&team, "newcomer:main", environment);
        assert!(!is_done && said.contains("policy-not-approved"), "{said}");
        assert!(said.contains(words) && said.contains(REPO), "{said}");
    }
}

#[test]
fn a_forge_that_the_trunk_does_not_name_is_not_asked() {
    let team = guarded(Kind::GitHub, "");
    team.repo.git(&["checkout", "--quiet", "main"]);
    let settings = team.repo.git(&["show", "main:prode.yaml"]);
    let others: Vec<&str> = settings.lines().filter(|it| !it.starts_with("forge:")).collect();
    team.repo.write("prode.yaml", others.join("\n") + "\n").commit("no forge");
    let hook = team.server.path().join("hooks/pre-receive");
    std::fs::remove_file(&hook).unwrap();
    assert!(push(&team, "main").0);
    team.server.prode(&["hook", "install", "--hook", "pre-receive"]).ok();
    team.repo.git(&["checkout", "--quiet", "newcomer"]);
    team.repo.git(&["rebase", "--quiet", "main"]);
    assert!(push(&team, "--force newcomer").0);
    let number = opened(&team, "main");
    team.forge.world().review_now(number, "grace", "APPROVED");
    let before = team.forge.world().requests.len();
    let (is_done, said) = push(&team, "newcomer:main");
    assert!(!is_done && said.contains("policy-not-approved"), "{said}");
    assert_eq!(team.forge.world().requests.len(), before);
}
