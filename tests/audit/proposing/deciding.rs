//! People decide: their commits stay, what they closed stays closed, and a
//! stamp counts once its owner stands behind it.

use super::{branch, findings, of, proposed, rotten, rotten_with, tip};
use crate::support::TestRepo;

/// A commit of somebody's on the branch, without a work tree.
fn commit_on(repo: &TestRepo, branch: &str, parent: &str) -> String {
    let tree = format!("{parent}^{{tree}}");
    let commit = repo.git(&["commit-tree", &tree, "-p", parent, "-m", "mine"]).trim().to_owned();
    repo.git(&["update-ref", &format!("refs/heads/{branch}"), &commit]);
    commit
}

fn with_server() -> (TestRepo, TestRepo) {
    let repo = rotten();
    let server = repo.clone_to(&["--bare"]);
    repo.git(&["remote", "add", "origin", &server.path().display().to_string()]);
    repo.git(&["fetch", "--quiet", "origin"]);
    (repo, server)
}

#[test]
fn what_people_pushed_is_not_written_over() {
    let (repo, server) = with_server();
    proposed(&repo, &[]);
    let name = branch("team-a");
    let theirs = commit_on(&server, &name, &tip(&server, &name));
    repo.write("src/a.sh", "one\ntwo\nthree\n");
    repo.commit("the source");
    let answer = proposed(&repo, &[]);
    assert_eq!(of(&answer, "team-a")["status"], "theirs");
    assert_eq!(of(&answer, "team-a")["commit"], theirs.as_str());
    assert_eq!(tip(&server, &name), theirs);
    assert!(of(&answer, "team-a")["notes"][0].as_str().unwrap().contains("people put commits"));
}

#[test]
fn what_people_committed_here_or_amended_stays_too() {
    let (repo, server) = with_server();
    proposed(&repo, &[]);
    let name = branch("team-a");
    let first = tip(&repo, &name);
    let mine = commit_on(&repo, &name, &first);
    assert_eq!(of(&proposed(&repo, &[]), "team-a")["status"], "theirs");
    assert_eq!((tip(&repo, &name), tip(&server, &name)), (mine, first.clone()));
    // Amended: the author and the words are prode's, who made it is not.
    repo.git(&["checkout", "-q", "-B", "side", &first]);
    repo.git(&["commit", "-q", "--amend", "--no-edit"]);
    repo.git(&["branch", "-q", "-f", &name, "side"]);
    repo.git(&["checkout", "-q", "main"]);
    repo.git(&["push", "-q", "-f", "origin", &name]);
    let amended = tip(&repo, &name);
    assert_eq!(of(&proposed(&repo, &[]), "team-a")["status"], "theirs");
    assert_eq!(tip(&server, &name), amended);
}

#[test]
fn a_branch_that_is_checked_out_does_not_move_below_its_files() {
    let repo = rotten();
    proposed(&repo, &[]);
    let name = branch("team-a");
    let before = tip(&repo, &name);
    repo.write("src/a.sh", "one\ntwo\nthree\n");
    repo.commit("the source");
    repo.git(&["checkout", "-q", &name]);
    let answer = proposed(&repo, &[]);
    assert_eq!(of(&answer, "team-a")["status"], "theirs");
    assert!(of(&answer, "team-a")["notes"][0].as_str().unwrap().contains("checked out"));
    assert_eq!((tip(&repo, &name), repo.git(&["status", "--porcelain"]).as_str()), (before, ""));
}

#[test]
fn a_branch_that_was_taken_away_is_not_made_again() {
    let (repo, server) = with_server();
    proposed(&repo, &[]);
    let name = branch("team-a");
    server.git(&["update-ref", "-d", &format!("refs/heads/{name}")]);
    for _ in 0..2 {
        let answer = proposed(&repo, &[]);
        assert_eq!(of(&answer, "team-a")["status"], "closed");
        assert!(server.try_git(&["rev-parse", "--verify", "-q", &name]).stdout.is_empty());
    }
}

#[test]
fn what_was_merged_is_done_for_the_quarter_however_it_was_merged() {
    for squash in [false, true] {
        let (repo, server) = with_server();
        let settled = super::ids(&of(&proposed(&repo, &[]), "team-a")["settled"]);
        let name = branch("team-a");
        if squash {
            repo.git(&["merge", "-q", "--squash", &name]);
            repo.git(&["commit", "-q", "-m", "squashed"]);
        } else {
            repo.git(&["merge", "-q", "--no-ff", "-m", "merged", &name]);
        }
        repo.git(&["push", "-q", "origin", "main"]);
        assert!(findings(&repo).is_disjoint(&settled), "squash: {squash}");
        let before = tip(&server, &name);
        let answer = proposed(&repo, &[]);
        assert_eq!(of(&answer, "team-a")["status"], "merged", "squash: {squash}");
        assert_eq!(tip(&server, &name), before);
        server.git(&["update-ref", "-d", &format!("refs/heads/{name}")]);
        assert_eq!(of(&proposed(&repo, &[]), "team-a")["status"], "merged", "squash: {squash}");
        assert!(server.try_git(&["rev-parse", "--verify", "-q", &name]).stdout.is_empty());
    }
}

#[cfg(unix)]
mod proven {
    use prode::ops::approvals::{self, Named};

    use super::*;

    /// Whose key is listed in the trunk.
    fn with_key(repo: &TestRepo) -> String {
        let path = repo.home().join("grace");
        let made = std::process::Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-C", "grace", "-f"])
            .arg(&path)
            .status();
        assert!(made.unwrap().success());
        let public = std::fs::read_to_string(path.with_extension("pub")).unwrap();
        repo.write(".prode/allowed_signers", format!("human:grace {public}"));
        repo.commit_at("a key", "2026-10-11T12:00:00Z");
        path.display().to_string()
    }

    fn unverified(repo: &TestRepo) -> usize {
        let stamped_by_team = ["wiki/drift.md", "wiki/edited.md", "adr/0001-queue.md"];
        let found = findings(repo);
        let it = found.iter().filter(|it| it[2] == "unverified_review");
        it.filter(|it| stamped_by_team.contains(&it[1].as_str())).count()
    }

    fn merge(repo: &TestRepo, key: Option<&str>) {
        let name = branch("team-a");
        let key = key.map(|key| format!("user.signingkey={key}"));
        let mut args = vec!["-c", "gpg.format=ssh"];
        if let Some(key) = &key {
            args.extend(["-c", key]);
        }
        args.extend(["merge", "-q", "--no-ff", "-m", "merged"]);
        if key.is_some() {
            args.push("-S");
        }
        args.push(&name);
        repo.git(&args);
    }

    #[test]
    fn a_teams_stamp_is_a_claim_until_one_of_its_people_signs_the_merge() {
        let repo = rotten_with("audit: {cap: 40}\n");
        let key = with_key(&repo);
        proposed(&repo, &[]);
        let start = tip(&repo, "main");
        merge(&repo, None);
        assert_eq!(unverified(&repo), 3, "a button alone proves nothing");
        repo.git(&["reset", "-q", "--hard", &start]);
        merge(&repo, Some(&key));
        assert_eq!(unverified(&repo), 0);
    }

    #[test]
    fn the_one_who_runs_it_proves_nothing_by_running_it() {
        let repo = rotten_with("audit: {cap: 40}\n");
        let key = with_key(&repo);
        repo.git(&["config", "user.name", "Grace"]);
        repo.git(&["config", "user.email", "grace@example.org"]);
        repo.git(&["config", "gpg.format", "ssh"]);
        repo.git(&["config", "user.signingkey", &key]);
        repo.git(&["config", "commit.gpgsign", "true"]);
        proposed(&repo, &[]);
        let raw = repo.git(&["cat-file", "commit", &branch("team-a")]);
        assert!(!raw.contains("gpgsig"), "{raw}");
        repo.git(&["merge", "-q", "--ff-only", &branch("team-a")]);
        assert_eq!(unverified(&repo), 3);
    }

    /// As the pull request says: an approval, then a merge that keeps the commit.
    #[test]
    fn an_approval_of_the_branch_proves_its_stamps_after_any_merge_that_keeps_it() {
        let team = crate::approvals::team::Team::new();
        let repo = &team.repo;
        proposed(repo, &[]);
        let name = branch("team-sre");
        let asked = {
            let workspace = team.workspace();
            let reviewed = workspace.reviewed().unwrap();
            approvals::resolve(&workspace, &reviewed, Named::Revision(&name), None).unwrap()
        };
        repo.git(&["merge", "-q", "--no-ff", "-m", "merged", &name]);
        let unverified = || findings(repo).iter().any(|it| it[2] == "unverified_review");
        assert!(unverified());
        team.store(&team.signed("mallory", team.statement("mallory", &asked)));
        assert!(unverified(), "the trunk does not know that key");
        team.store(&team.signed("ada", team.statement("ada", &asked)));
        assert!(unverified(), "she is not of the team");
        team.store(&team.signed("grace", team.statement("grace", &asked)));
        assert!(!unverified());
    }
}
