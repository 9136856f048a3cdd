//! `prode approvals` at the command line.

use std::fs;

use super::team::{BRANCH, Team};
use crate::support::TestRepo;

fn stored(team: &Team) -> String {
    let signed = team.signed("grace", team.statement("grace", &team.asked()));
    team.store(&signed);
    signed.id()[..12].to_owned()
}

#[test]
fn the_first_signer_is_entered_and_the_second_is_a_change() {
    let team = Team::new();
    let repo = TestRepo::new();
    repo.write("README.md", "# R\n").commit("one");
    repo.git(&["config", "user.email", "grace@example.org"]);
    let key = team.key("grace").display().to_string();
    let run = repo.prode(&["approvals", "init", "--key", &key, "--json"]).ok();
    assert_eq!(run.json()["principal"], "grace@example.org");
    assert_eq!(run.json()["hardware"], false);
    let written = fs::read_to_string(repo.path().join(".prode/allowed_signers")).unwrap();
    assert_eq!(written, team.signer("grace"));
    repo.commit("the first signer");
    let again = repo.prode(&["approvals", "init", "--key", &key]).fails(3);
    again.warns("lists signers already").warns("--action policy");
}

#[test]
fn a_wildcard_is_no_signer() {
    let team = Team::new();
    let repo = TestRepo::new();
    repo.commit("one");
    let key = team.key("grace").display().to_string();
    let args = ["approvals", "init", "--key", &key, "--as", "*@example.org"];
    repo.prode(&args).fails(2).warns("cannot name a signer");
    assert!(!repo.path().join(".prode").exists());
}

#[test]
fn an_approval_is_listed_shown_and_taken_back() {
    let team = Team::new();
    let id = stored(&team);
    let repo = &team.repo;
    repo.prode(&["approvals", "list"]).ok().says("good").says(BRANCH).says("weak");
    let shown = repo.prode(&["approvals", "show", &id, "--json"]).ok().json();
    assert_eq!(shown["statement"]["action"], "merge");
    assert_eq!(shown["standing"]["state"], "good");
    repo.prode(&["approvals", "show", &format!("A-{id}")]).ok().says("BEGIN SSH SIGNATURE");
    repo.prode(&["approvals", "revoke", &id, "--why", "a slip"]).ok().says("revoked A-");
    repo.prode(&["approvals", "list"]).ok().warns("no approval counts now");
    repo.prode(&["approvals", "list", "--all"]).ok().says("revoked");
    repo.prode(&["approvals", "show", "A-ffffff"]).fails(1).warns("there is no approval");
    repo.prode(&["approvals", "show", "A-"]).fails(1);
}

#[test]
fn a_chain_that_was_changed_is_broken() {
    let team = Team::new();
    let id = stored(&team);
    let repo = &team.repo;
    for other in ["one", "two"] {
        let mut statement = team.statement("alan", &team.asked());
        statement.reason = other.to_owned();
        let signed = team.signed("alan", statement);
        team.store(&signed);
        repo.prode(&["approvals", "revoke", &signed.id()[..12], "--why", other]).ok();
    }
    repo.prode(&["approvals", "revoke", &id, "--why", "x"]).ok();
    let chain = repo.git(&["for-each-ref", "--format=%(refname)", "refs/prode/audit/"]);
    let head = repo.git(&["rev-parse", &chain]);
    repo.prode(&["approvals", "verify", "--head", &head]).ok();
    let entry = repo.git(&["show", &format!("{chain}:00000/00000002.json")]);
    let forged = repo.git_with_input(
        &["hash-object", "-w", "--stdin"],
        entry.replace("\"result\":\"revoked\"", "\"result\":\"used\""),
    );
    // The whole history is written anew, as somebody with the ref can.
    repo.git(&["read-tree", &head]);
    let entry = format!("100644,{forged},00000/00000002.json");
    repo.git(&["update-index", "--cacheinfo", &entry]);
    let tree = repo.git(&["write-tree"]);
    let commit = repo.git(&["commit-tree", &tree, "-m", "forged", "-p", &format!("{head}^")]);
    repo.git(&["update-ref", &chain, &commit]);
    repo.prode(&["approvals", "verify"]).fails(1).says("does not follow the entry before it");
    let named = repo.prode(&["approvals", "verify", "--head", &head]).fails(1);
    assert!(named.stdout().contains("lost"), "{}", named.stdout());
    let gone = format!("{head}~2");
    repo.git(&["update-ref", &chain, &gone]);
    repo.prode(&["approvals", "verify"]).ok();
    repo.prode(&["approvals", "verify", "--head", &head]).fails(1).says("lost");
}

#[test]
fn a_repository_whose_trunk_is_only_head_says_nothing_of_approvals() {
    let repo = TestRepo::new();
    repo.git(&["checkout", "--quiet", "-b", "evil"]);
    repo.write("README.md", "# R\n").commit("one");
    repo.prode(&["approvals", "list"]).fails(1).warns("cannot be told apart from HEAD");
}

#[test]
fn what_of_a_policy_does_not_act_is_said() {
    let team = Team::with("  deploy: {strength: weak, max_age: 30d}\n");
    let lines = team.signers() + "*@example.org ssh-ed25519 AAAA\n";
    team.land(".prode/allowed_signers", &lines);
    let run = team.repo.prode(&["approvals", "list"]).ok();
    for part in ["approvals.deploy.strength", "approvals.deploy.max_age", "allowed_signers:4"] {
        assert!(run.stderr().contains(part), "no '{part}' in {}", run.stderr());
    }
}

#[test]
fn doctor_says_who_you_are_to_the_trunk() {
    let signer = |repo: &TestRepo| {
        let rows = repo.prode(&["doctor", "--json"]).json()["rows"].clone();
        let row = rows.as_array().unwrap().iter().find(|row| row["topic"] == "signer").cloned();
        row.unwrap_or_default()
    };
    let team = Team::new();
    let found = signer(&team.repo)["found"].to_string();
    assert!(found.contains("you approve as grace@example.org"), "{found}");
    assert!(found.contains("weak"), "{found}");
    team.repo.git(&["config", "user.signingkey", &team.key("mallory").display().to_string()]);
    assert!(signer(&team.repo)["found"].to_string().contains("lists 3 signers"));
    team.land(".prode/allowed_signers", &format!("* {}\n", team.public("grace")));
    assert_eq!(signer(&team.repo)["state"], "warning");
    let bare = TestRepo::new();
    bare.commit("one");
    assert!(signer(&bare)["found"].to_string().contains("nobody may approve yet"));
}
