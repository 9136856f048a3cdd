//! `prode inbox`, as a person and an agent use it on one machine.

use std::collections::BTreeMap;

use super::{memory, secret};
use crate::support::TestRepo;

const CAUSE: &str =
    "The batch took seven minutes and the timeout was six; the log says so at 04:10.\n";
const AT: &str = "wiki/queue.md#known-causes";

fn add(repo: &TestRepo, text: &str, more: &[&str]) -> serde_json::Value {
    let args = [&["inbox", "add", "-", "--json"], more].concat();
    repo.prode_with_input(&args, text).ok().json()
}

fn added(repo: &TestRepo) -> String {
    add(repo, CAUSE, &["--target", AT])["id"].as_str().unwrap().to_owned()
}

/// Every byte that Git has on the branch, in any commit.
fn branch(repo: &TestRepo) -> String {
    repo.git(&["log", "-p", "--all", "--", "inbox"])
}

#[test]
fn a_learning_is_stored_and_no_file_of_the_work_tree_changes() {
    let repo = memory();
    repo.write("wiki/queue.md", "# Changed\n").write("stray", "x");
    let files = |repo: &TestRepo| -> BTreeMap<_, _> {
        let all = repo.snapshot().into_iter();
        all.filter(|(path, _)| !path.starts_with(repo.path().join(".git"))).collect()
    };
    let (before, status) = (files(&repo), repo.git(&["status", "--porcelain"]));
    let answer = add(&repo, CAUSE, &["--target", AT, "--run", "R-1", "--ticket", "ENG-7"]);
    assert_eq!((&answer["status"], &answer["action"]), (&"added".into(), &"append".into()));
    assert_eq!((files(&repo), repo.git(&["status", "--porcelain"])), (before, status));
    let id = answer["id"].as_str().unwrap();
    let file = repo.git(&["show", &format!("prode/inbox:inbox/{id}/learning.md")]);
    assert!(
        file.contains("first: {run: R-1, ticket: ENG-7}") && file.contains("seven minutes"),
        "{file}"
    );
    let message = repo.git(&["log", "-1", "--format=%B", "prode/inbox"]);
    assert!(message.contains(&format!("Prode-Learning: {id}")), "{message}");
    repo.prode(&["inbox", "list"]).ok().says(id).says("team-payments").says("1 run");
    // What nobody reviewed is no answer.
    let found = repo.prode(&["query", "seven minutes batch consumer"]).ok().says("wiki/queue.md");
    assert!(!found.stdout().contains("seven") && !found.stdout().contains(id));
}

#[test]
fn nothing_secret_or_personal_reaches_the_branch() {
    let repo = memory();
    let text = format!(
        "---\ntarget: {AT}\nevidence: [{{source: chat, ref: \"https://u:{0}@h.example.net/x\"}}]\n---\n\
         ![api_key={0}](x.png) <!-- password: {0} -->\n\nAsk bob.miller@acme-corp.net at 10.3.4.5: \
         `export QUEUE_TOKEN={0}`\n",
        secret()
    );
    let answer = add(&repo, &text, &["--ticket", &format!("token={}", secret())]);
    assert!(answer["redacted"].as_object().unwrap().len() >= 3, "{answer}");
    let all = branch(&repo) + &answer.to_string();
    for part in [&secret()[..8], &secret()[6..14], "bob.miller", "acme-corp", "10.3.4.5"] {
        assert!(!all.contains(part), "{part} in {all}");
    }
    assert!(all.contains("export QUEUE_TOKEN=<"), "{all}");
}

#[test]
fn what_cannot_be_decided_is_not_stored() {
    let repo = memory();
    let open = ["-----BEGIN RSA ", "PRIVATE KEY-----\nMIIEow", "IBAAKCAQEA7x\n"].concat();
    let run = repo.prode_with_input(&["inbox", "add", "-", "--target", AT], &open).fails(4);
    assert!(!run.stderr().contains("MIIEow"), "{}", run.stderr());
    let named = format!("new:wiki/token={}.md", secret());
    let run = repo.prode_with_input(&["inbox", "add", "-", "--target", &named], CAUSE).fails(4);
    assert!(!run.stderr().contains(&secret()[..8]), "{}", run.stderr());
    assert!(repo.try_git(&["rev-parse", "--verify", "prode/inbox"]).status.code() != Some(0));
}

#[test]
fn the_same_learning_is_one_whoever_finds_it() {
    let repo = memory();
    let first = add(&repo, CAUSE, &["--target", AT, "--run", "R-1"]);
    let spaced = format!("\u{feff}{}\r\n\r\n", CAUSE.trim());
    let again = add(&repo, &spaced, &["--target", AT, "--run", "R-2"]);
    let known = add(&repo, CAUSE, &["--target", AT, "--run", "R-2"]);
    assert_eq!((&again["id"], &again["status"]), (&first["id"], &"seen".into()));
    assert_eq!((&known["status"], known["commit"].is_null()), (&"known".into(), true));
    repo.prode(&["inbox", "list"]).ok().says("2 runs");
}

#[test]
fn what_a_learning_holds_moves_no_cursor_and_hides_no_words() {
    let repo = memory();
    let text = "Wait.\u{1b}[2J\u{1b}[1A approved\rnot \u{202e}so\n";
    let tricks = |out: &str| out.contains(['\u{1b}', '\r', '\u{202e}']);
    let dry = ["inbox", "add", "-", "--target", AT, "--dry-run"];
    let run = repo.prode_with_input(&dry, text).ok().says("Wait.");
    assert!(!tricks(run.stdout()), "{:?}", run.stdout());
    let id = add(&repo, text, &["--target", AT])["id"].as_str().unwrap().to_owned();
    for command in [&["inbox", "show", &id][..], &["inbox", "list"]] {
        let run = repo.prode(command).ok().says("Wait.");
        assert!(!tricks(run.stdout()), "{:?}", run.stdout());
    }
    let run = repo
        .prode_with_input(&["finding", "add", "-", "--item", "wrong", "--severity", "low"], text)
        .ok();
    let id = run.stdout().split_whitespace().next().unwrap().to_owned();
    let run = repo.prode(&["finding", "show", &id]).ok().says("Wait.");
    assert!(!tricks(run.stdout()), "{:?}", run.stdout());
}

#[test]
fn what_says_it_already_is_told() {
    let repo = memory();
    let first = added(&repo);
    let nearly = CAUSE.replace("says so at 04:10", "said so at 04:10");
    let near = add(&repo, &nearly, &["--target", AT]);
    assert_eq!(near["near"][0]["id"], first.as_str(), "{near}");
    let said = "A slow consumer keeps messages in flight for longer than the visibility timeout.";
    let said = add(&repo, said, &["--target", "wiki/index.md", "--dry-run"]);
    assert!(said["said"][0]["cite"].as_str().unwrap().starts_with("wiki/queue.md"), "{said}");
    assert!(said["commit"].is_null());
}

#[test]
fn a_rejected_learning_does_not_come_back() {
    let repo = memory();
    let id = added(&repo);
    repo.prode(&["inbox", "reject", &id, "--why", "  "]).fails(2);
    repo.prode(&["inbox", "reject", &id, "--why", "a symptom"]).ok().says("rejected");
    assert_eq!(add(&repo, CAUSE, &["--target", AT, "--run", "R-9"])["status"], "rejected");
    repo.prode(&["inbox", "list"]).ok().warns("none of 1 waits");
    repo.prode(&["inbox", "show", &id])
        .ok()
        .says("rejected by human:ada-lovelace")
        .says("a symptom");
    repo.prode(&["inbox", "edit", &id, "--target", "wiki/index.md"]).fails(3);
}

#[test]
fn better_words_stand_beside_those_that_were_found() {
    let repo = memory();
    let id = added(&repo);
    let words = format!("Raise the timeout.\n\ntoken: {}\n", secret());
    let run =
        repo.prode_with_input(&["inbox", "edit", &id, "-", "--target", "wiki/queue.md"], &words);
    run.ok();
    let shown = repo.prode(&["inbox", "show", &id, "--json"]).ok().json();
    assert!(shown["body"].as_str().unwrap().starts_with("Raise the timeout."), "{shown}");
    assert_eq!(shown["target"], "wiki/queue.md");
    assert!(!branch(&repo).contains(&secret()[..8]));
    assert_eq!(add(&repo, CAUSE, &["--target", AT])["id"], id.as_str());
    repo.prode(&["inbox", "edit", &id]).fails(2).warns("nothing would change");
}

#[test]
fn a_target_is_held_to_the_trunk() {
    let repo = memory();
    let refused = |target: &str, message: &str| {
        let args = ["inbox", "add", "-", "--target", target];
        repo.prode_with_input(&args, CAUSE).fails(1).warns(message);
    };
    refused("wiki/quere.md", "there is no page 'wiki/quere.md' on the trunk");
    refused("wiki/quere.md", "did you mean 'wiki/queue.md'?");
    refused("wiki/queue.md#known", "its sections are: queue, known-causes, rollback");
    refused("adr/0001-use-sqs.md", "is a decision, whose words do not change");
    refused("../outside.md", "leaves the repository");
    refused("notes/a.md", "lies outside the roots of pages");
    refused("new:wiki/queue.md", "is there already");
    repo.prode_with_input(&["inbox", "add", "-", "--target", AT], "")
        .fails(1)
        .warns("says nothing");
    repo.prode_with_input(&["inbox", "add", "-", "--target", AT], b"\xff\xfe")
        .fails(4)
        .warns("UTF-8");
    let large = "word ".repeat(20_000);
    let run = repo.prode_with_input(&["inbox", "add", "-", "--target", AT], large);
    run.fails(1).warns("bytes, and at most 32768 are taken");
    repo.prode(&["inbox", "show", "L-000000000000"]).fails(1).warns("there is no learning");
    repo.prode(&["inbox", "show", "queue"]).fails(2).warns("is no learning's id");
}

#[test]
fn a_damaged_file_is_told_and_hides_nothing_else() {
    let repo = memory();
    let id = added(&repo);
    repo.git(&["worktree", "add", "--quiet", "../branch", "prode/inbox"]);
    let other = repo.path().join("../branch/inbox/L-00000000000a");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("learning.md"), "---\ntarget: wiki/queue.md\n---\nforged\n").unwrap();
    let at = repo.path().join("../branch").display().to_string();
    repo.git(&["-C", &at, "add", "--all"]);
    repo.git(&["-C", &at, "commit", "--quiet", "--message=forged"]);
    repo.prode(&["inbox", "list"]).ok().says(&id).warns("has the id L-");
    repo.prode(&["inbox", "show", "L-00000000000a"]).fails(1);
}

#[test]
fn an_inbox_needs_no_work_tree() {
    let repo = memory();
    let bare = repo.clone_to(&["--bare"]);
    bare.git(&["config", "user.name", "Ada Lovelace"]);
    bare.git(&["config", "user.email", "ada@example.org"]);
    let id = added(&bare);
    bare.prode(&["inbox", "list"]).ok().says(&id);
    let linked = repo.linked(&["-b", "side"]);
    let id = added(&linked);
    repo.prode(&["inbox", "list"]).ok().says(&id);
}

#[test]
fn what_was_purged_is_gone_from_the_branch_and_stays_gone() {
    let repo = memory();
    let id = added(&repo);
    let other = add(&repo, "Another cause: the disk was full at 05:00.", &["--target", AT]);
    let run = repo.prode(&["inbox", "purge", &id, "--why", "it named a customer"]).ok();
    run.says("1. rotate what was exposed").says("gc --prune=now");
    let history = repo.git(&["log", "-p", "prode/inbox"]);
    assert!(!history.contains("seven minutes") && history.contains("disk was full"), "{history}");
    assert_eq!(add(&repo, CAUSE, &["--target", AT])["status"], "purged");
    repo.prode(&["inbox", "list"]).ok().says(other["id"].as_str().unwrap());
    repo.prode(&["inbox", "purge", &id, "--why", "again"]).fails(3).warns("was purged already");
    repo.prode(&["approvals", "verify"]).ok();
    assert!(repo.git(&["for-each-ref", "refs/prode/audit"]).contains("refs/prode/audit/"));
}
