//! A server lets no policy onto its trunk that the old one did not approve.

use std::path::Path;

use super::team::Team;
use crate::support::{TestRepo, hermetic};

/// `git push` to a server whose hook is the tested program.
fn push(team: &Team, server: &TestRepo, what: &str) -> (bool, String) {
    let folder = Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
    let line =
        format!("PATH={}:$PATH git push {} {what} 2>&1", folder.display(), server.path().display());
    let mut shell = hermetic("sh", &team.repo.home());
    let done = shell.current_dir(team.repo.path()).args(["-c", &line]).output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

fn server(team: &Team) -> TestRepo {
    let server = team.repo.clone_to(&["--bare"]);
    server.prode(&["hook", "install", "--hook", "pre-receive"]).ok();
    server
}

fn newcomer(team: &Team) {
    let line = format!("mallory@example.org {}\n", team.public("mallory"));
    team.branch("newcomer", ".prode/allowed_signers", &(team.signers() + &line));
}

fn approve(team: &Team, revision: &str, name: &str) {
    approve_for(team, revision, name, "policy");
}

fn approve_for(team: &Team, revision: &str, name: &str, action: &str) {
    let workspace = team.workspace();
    let reviewed = workspace.reviewed().unwrap();
    let named = prode::ops::approvals::Named::Revision(revision);
    let asked = prode::ops::approvals::resolve(&workspace, &reviewed, named, Some(action)).unwrap();
    team.store(&team.signed(name, team.statement(name, &asked)));
}

#[test]
fn a_new_signer_lands_when_an_old_one_approved() {
    let team = Team::new();
    let server = server(&team);
    newcomer(&team);
    let (is_done, said) = push(&team, &server, "newcomer:main");
    assert!(!is_done && said.contains("policy-not-approved"), "{said}");
    approve(&team, "newcomer", "mallory");
    push(&team, &server, "refs/prode/approvals");
    let (is_done, said) = push(&team, &server, "newcomer:main");
    assert!(!is_done && said.contains("unknown-signer"), "{said}");
    approve(&team, "newcomer", "grace");
    push(&team, &server, "refs/prode/approvals");
    let (is_done, said) = push(&team, &server, "newcomer:main");
    assert!(is_done, "{said}");
}

#[test]
fn a_merge_brings_the_approved_policy_and_no_other() {
    let team = Team::new();
    let server = server(&team);
    newcomer(&team);
    approve(&team, "newcomer", "grace");
    push(&team, &server, "refs/prode/approvals");
    team.repo.git(&["checkout", "--quiet", "-B", "merged", "main"]);
    team.repo.git(&["merge", "--quiet", "--no-ff", "--no-commit", "newcomer"]);
    team.repo.write(".prode/allowed_signers", "eve@example.org ssh-ed25519 AAAA\n");
    team.repo.commit("a merge that brings more");
    let (is_done, said) = push(&team, &server, "merged:main");
    assert!(!is_done && said.contains("policy-not-approved"), "{said}");
    team.repo.git(&["reset", "--quiet", "--hard", "main"]);
    team.repo.git(&["merge", "--quiet", "--no-ff", "-m", "merge", "newcomer"]);
    let (is_done, said) = push(&team, &server, "merged:main");
    assert!(is_done, "{said}");
}

#[test]
fn an_older_policy_does_not_come_back_unseen() {
    let team = Team::new();
    let before = team.repo.git(&["rev-parse", "main"]);
    team.land(".prode/revoked_keys", &format!("{}\n", team.public("alan")));
    let server = server(&team);
    let (is_done, said) = push(&team, &server, &format!("--force {before}:main"));
    assert!(!is_done && said.contains("policy-not-approved"), "{said}");
    team.land("wiki/other.md", "# Other\n");
    let (is_done, said) = push(&team, &server, "main");
    assert!(is_done, "a change of pages is lint's business: {said}");
}

#[test]
fn an_allowance_lands_when_it_was_approved_as_one() {
    let team = Team::new();
    let server = server(&team);
    let file = ".prode/allowances/X-010101010101.yaml";
    team.branch("allow", file, "rule: x\n");
    let (is_done, said) = push(&team, &server, "allow:main");
    assert!(!is_done && said.contains("policy-not-approved"), "{said}");
    approve_for(&team, "allow", "grace", "redaction-allow");
    push(&team, &server, "refs/prode/approvals");
    let (is_done, said) = push(&team, &server, "allow:main");
    assert!(is_done, "{said}");
}
