//! `prode promote`: a branch, and nothing else.

use std::collections::BTreeMap;

use prode::git::{Draft, Edit, Repository, Target};
use prode::inbox::Learning;
use prode::repo_path::RepoPath;

use super::{AT, CAUSE, branch, learning, memory, page, state, tip};
use crate::support::TestRepo;

#[test]
fn a_proposal_is_one_commit_on_a_branch_of_its_own() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT, "--run", "R-1", "--ticket", "ENG-7"]);
    repo.write("wiki/queue.md", "# Mine\n").write("stray", "x");
    let files = |repo: &TestRepo| -> BTreeMap<_, _> {
        let all = repo.snapshot().into_iter();
        all.filter(|(path, _)| !path.starts_with(repo.path().join(".git"))).collect()
    };
    let before = (files(&repo), repo.git(&["status", "--porcelain"]), tip(&repo, "main"));
    let run = repo.prode(&["promote", &id]).ok();
    let run = run.says("+The batch took seven minutes");
    let run = run.says("lint finds nothing new; 1 route test");
    run.says("proposed on prode/promote/L-").says("git push REMOTE");
    assert_eq!((files(&repo), repo.git(&["status", "--porcelain"]), tip(&repo, "main")), before);
    let name = branch(&id);
    assert_eq!(tip(&repo, &format!("{name}^")), before.2);
    let wanted = "visibility timeout.\n\nThe batch took seven minutes and the timeout was six.\n\n## Rollback";
    assert!(page(&repo, &name).contains(wanted), "{}", page(&repo, &name));
    let trailers = repo.git(&["log", "-1", "--format=%(trailers)", &name]);
    let wanted = format!("Prode-Learning: {id}\nProde-Run: R-1\nProde-Ticket: ENG-7");
    assert_eq!(trailers.trim(), wanted);
    assert_eq!(state(&repo, &id), "accepted");
}

#[test]
fn the_same_change_of_the_same_trunk_is_the_same_commit() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    let first = repo.prode(&["promote", &id, "--json"]).ok().json();
    let inbox = tip(&repo, "prode/inbox");
    let again = repo.prode(&["promote", &id, "--json"]).ok().json();
    assert_eq!((&again["status"], &again["commit"]), (&"unchanged".into(), &first["commit"]));
    assert_eq!(tip(&repo, "prode/inbox"), inbox);
    repo.prode_with_input(&["inbox", "edit", &id, "-"], "Better words.").ok();
    let other = repo.prode(&["promote", &id, "--json"]).ok().json();
    assert_eq!(other["status"], "updated");
    assert_eq!(tip(&repo, &format!("{}^", branch(&id))), tip(&repo, "main"));
    assert!(
        page(&repo, &branch(&id)).contains("Better words.")
            && !page(&repo, &branch(&id)).contains("seven")
    );
}

#[test]
fn a_dry_run_moves_no_ref() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    let refs = repo.git(&["for-each-ref"]);
    let more =
        ["promote", &id, "--dry-run", "--to", "wiki/queue.md#rollback", "--action", "replace"];
    repo.prode(&more).ok().says("-None.").says("+The batch").says("would change");
    assert_eq!(repo.git(&["for-each-ref"]), refs);
}

#[test]
fn another_place_is_remembered() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id, "--to", "wiki/queue.md#rollback", "--action", "contradict"]).ok();
    let wanted = format!("## Rollback\n\n> **Contradicted** ({id}):\n>\n> The batch");
    assert!(page(&repo, &branch(&id)).contains(&wanted));
    let again = repo.prode(&["promote", &id, "--json"]).ok().json();
    assert_eq!(again["status"], "unchanged");
    repo.prode(&["promote", &id, "--to", "wiki/queue.md#roll"]).fails(1);
}

#[test]
fn a_page_that_says_it_is_not_told_twice() {
    let repo = memory();
    let id = learning(&repo, "None.", &["--target", "wiki/queue.md#rollback"]);
    repo.prode(&["promote", &id]).ok().says("says it already");
    assert!(!repo.git(&["for-each-ref"]).contains("prode/promote"));
    assert_eq!(state(&repo, &id), "new");
}

#[test]
fn a_route_test_that_begins_to_fail_is_said_and_lint_too() {
    let repo = memory();
    let words = "See [more](nowhere.md).\n";
    let id = learning(&repo, words, &["--target", "wiki/queue.md", "--action", "replace"]);
    let run = repo.prode(&["promote", &id]).ok();
    run.says("route test begins to fail: 'slow consumer visibility'").says("link-broken");
    let shown = repo.prode(&["proposal", "show", &id, "--json"]).ok().json();
    assert_eq!(shown["checks"]["failing"][0]["regression"], true, "{shown}");
}

#[test]
fn what_got_onto_the_inbox_by_another_way_is_looked_at_again() {
    let repo = memory();
    let secret = ["aX93kfLLw", "02kd83kdkQ", "m4"].concat();
    let text = format!("---\ntarget: {AT}\n---\nSet `api_token={secret}` first.\n");
    let learning = Learning::read(&text, &serde_json::Map::new()).unwrap();
    let git = Repository::open(repo.path()).unwrap();
    let writer = git.writer(None, jiff::Timestamp::UNIX_EPOCH).unwrap();
    let path = RepoPath::from_git(format!("inbox/{}/learning.md", learning.id()));
    let draft = Draft::new("forged", vec![Edit::write(path, learning.file())]);
    writer.commit_to(Target::Ref("refs/heads/prode/inbox"), None, &draft).unwrap();
    let run = repo.prode(&["promote", learning.id().as_str()]).fails(4);
    assert!(!run.stderr().contains(&secret[..8]) && !run.stdout().contains(&secret[..8]));
    assert!(!repo.git(&["for-each-ref"]).contains("prode/promote"));
}

#[test]
fn a_closed_proposal_is_a_rejected_learning() {
    let repo = memory();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).ok();
    repo.prode(&["proposal", "list"]).ok().says(&id).says("merge: not approved");
    repo.prode(&["proposal", "diff", &id, "--side-by-side"]).ok().says("> The batch");
    repo.prode(&["proposal", "close", &id, "--why", "a symptom"]).ok().says("closed");
    assert_eq!(state(&repo, &id), "rejected");
    assert!(!repo.git(&["for-each-ref"]).contains("prode/promote"));
    repo.prode(&["promote", &id]).fails(3).warns("is rejected already");
    repo.prode(&["proposal", "show", &id]).fails(1).warns("there is no branch");
}
