//! Hooks: no added line of any file, no name and no message brings a secret.

use super::allow::{repo, secret};
use crate::support::TestRepo;

fn line() -> String {
    format!("db_password = \"{}\"\n", secret())
}

#[test]
fn an_added_line_of_any_file_is_looked_at() {
    let repo = repo();
    repo.write("config/db.toml", format!("port = 80\n{}", line()));
    repo.git(&["add", "--all"]);
    let run = repo.prode(&["hook", "run", "pre-commit"]).fails(1);
    let run =
        run.says("error: config/db.toml:2").says("a value of kind PASSWORD stands in column 16");
    assert!(!run.stdout().contains(&secret()[..6]));
    repo.write("config/db.toml", "port = 80\nowner = \"ott@team.bzh\"\n");
    repo.git(&["add", "--all"]);
    repo.prode(&["hook", "run", "pre-commit"]).ok().says("warning: config/db.toml:2");
}

#[test]
fn a_line_that_was_there_is_not_this_commits() {
    let repo = repo();
    repo.write("db.toml", line());
    repo.commit("as it was");
    repo.write("db.toml", format!("{}port = 80\n", line()));
    repo.git(&["add", "--all"]);
    assert_eq!(repo.prode(&["hook", "run", "pre-commit"]).ok().stdout(), "");
    repo.git(&["commit", "--quiet", "--message", "more"]);
    repo.rename("db.toml", "moved.toml");
    repo.git(&["add", "--all"]);
    assert_eq!(repo.prode(&["hook", "run", "pre-commit"]).ok().stdout(), "");
}

#[test]
fn what_is_staged_counts_and_attributes_of_the_change_do_not() {
    let repo = repo();
    repo.write("db.toml", line()).write(".gitattributes", "*.toml binary -diff\n");
    repo.prode(&["hook", "run", "pre-commit"]).ok();
    repo.git(&["add", "--all"]);
    repo.write("db.toml", "");
    repo.prode(&["hook", "run", "pre-commit"]).fails(1).says("db.toml:1");
}

#[test]
fn names_are_looked_at_and_binary_files_are_said() {
    let repo = repo();
    repo.write(format!("dump password={}.txt", secret()), "x\n");
    repo.write("a.png", b"\x89PNG\0\0");
    repo.git(&["add", "--all"]);
    let run = repo.prode(&["hook", "run", "pre-commit"]).fails(1);
    run.says("the name of a file").warns("did not look at 1 binary file: a.png");
}

#[test]
fn a_merge_brings_only_what_it_adds_itself() {
    let repo = repo();
    repo.git(&["switch", "--quiet", "--create", "side"]);
    repo.write("db.toml", line());
    repo.commit("let in on purpose");
    repo.git(&["switch", "--quiet", "main"]);
    repo.write("a.toml", "x = 1\n");
    repo.commit("meanwhile");
    repo.git(&["merge", "--quiet", "--no-commit", "--no-ff", "side"]);
    assert_eq!(repo.prode(&["hook", "run", "pre-commit"]).ok().stdout(), "");
    repo.write("a.toml", line());
    repo.git(&["add", "--all"]);
    repo.prode(&["hook", "run", "pre-commit"]).fails(1).says("a.toml:1");
}

/// What a hook is told of a push of `main` from `old`.
fn push(repo: &TestRepo, hook: &str, old: &str) -> crate::support::ProdeRun {
    let new = repo.git(&["rev-parse", "HEAD"]);
    let line = match hook {
        "pre-push" => format!("refs/heads/main {new} refs/heads/main {old}\n"),
        _ => format!("{old} {new} refs/heads/topic\n"),
    };
    repo.prode_with_input(&["hook", "run", hook], &line)
}

#[test]
fn what_one_commit_adds_and_the_next_removes_stays_in_the_history() {
    let repo = repo();
    let old = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    repo.write("db.toml", line());
    repo.commit("oh");
    repo.remove("db.toml");
    repo.commit("better");
    push(&repo, "pre-push", &old).fails(1).says("db.toml:1");
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    push(&repo, "pre-push", &old).ok();
}

#[test]
fn a_server_looks_at_commits_messages_tags_and_the_inbox() {
    let repo = repo();
    let server = repo.clone_to(&["--bare"]);
    server.prode(&["hook", "install", "--hook", "pre-receive"]).ok();
    let push = |what: &str| {
        let folder = std::path::Path::new(env!("CARGO_BIN_EXE_prode")).parent().unwrap();
        let line = format!(
            "PATH={}:$PATH git push {} {what} 2>&1",
            folder.display(),
            server.path().display()
        );
        let mut shell = crate::support::hermetic("sh", &repo.home());
        let done = shell.current_dir(repo.path()).args(["-c", &line]).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let refused = |what: &str, why: &str| {
        let (is_done, said) = push(what);
        assert!(!is_done && said.contains(why) && !said.contains(&secret()[..6]), "{what}: {said}");
    };
    repo.write("db.toml", line());
    repo.commit("oh");
    refused("main", "db.toml:1");
    refused("main:refs/tags/v1", "db.toml:1");
    refused("main:refs/heads/prode/inbox", "db.toml:1");
    repo.git(&["reset", "--quiet", "--hard", "HEAD~"]);
    repo.git(&["tag", "--annotate", "--message", &format!("password: {}", secret()), "v1"]);
    refused("v1", "the message of a tag");
    repo.commit(&format!("password: {}", secret()));
    refused("main", "a commit's message");
    repo.git(&["reset", "--quiet", "--hard", "HEAD~"]);
    repo.write("fine.toml", "port = 80\n");
    repo.commit("fine");
    let (is_done, said) = push("main");
    assert!(is_done, "{said}");
}
