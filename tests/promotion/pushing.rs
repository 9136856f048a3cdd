//! Proposals at a remote: a real `git daemon` with hooks.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{AT, CAUSE, branch, learning, memory, tip};
use crate::support::{GitDaemon, TestRepo};

/// The repository, its server's repository, and the server.
fn shared() -> (TestRepo, TestRepo, GitDaemon) {
    let repo = memory();
    let server = repo.clone_to(&["--bare"]);
    let base = server.path().parent().unwrap();
    let daemon = GitDaemon::serve(base, &repo.home());
    let name = server.path().file_name().unwrap().to_string_lossy().into_owned();
    repo.git(&["remote", "add", "origin", &daemon.address(&name)]);
    repo.git(&["fetch", "--quiet", "origin"]);
    (repo, server, daemon)
}

#[test]
fn a_proposal_goes_to_the_remote_and_follows_there() {
    let (repo, server, _daemon) = shared();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).ok().says("pushed to origin");
    assert_eq!(tip(&server, &branch(&id)), tip(&repo, &branch(&id)));
    repo.prode_with_input(&["inbox", "edit", &id, "-"], "Better words.").ok();
    repo.prode(&["promote", &id]).ok().says("updated");
    assert_eq!(tip(&server, &branch(&id)), tip(&repo, &branch(&id)));
    repo.prode(&["proposal", "close", &id, "--why", "no"]).ok();
    assert!(!server.git(&["for-each-ref"]).contains("prode/promote"));
}

#[test]
fn what_somebody_else_pushed_is_not_written_over() {
    let (repo, server, _daemon) = shared();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).ok();
    server.git(&["update-ref", &format!("refs/heads/{}", branch(&id)), "main"]);
    repo.prode_with_input(&["inbox", "edit", &id, "-"], "Better words.").ok();
    repo.prode(&["promote", &id]).fails(3).warns("somebody else moved");
    assert_eq!(tip(&server, &branch(&id)), tip(&server, "main"));
}

#[test]
fn a_hook_that_declines_is_told_and_the_branch_stays_here() {
    let (repo, server, _daemon) = shared();
    let hook = server.path().join("hooks/pre-receive");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).fails(4).warns("one of its hooks declined");
    let before = tip(&repo, &branch(&id));
    fs::remove_file(&hook).unwrap();
    repo.prode(&["promote", &id]).ok().says("holds it already");
    assert_eq!(tip(&server, &branch(&id)), before);
}

#[test]
fn a_remote_may_be_named_from_where_the_work_tree_stands() {
    let repo = memory();
    let server = repo.clone_to(&["--bare"]);
    let name = server.path().file_name().unwrap().to_string_lossy().into_owned();
    repo.git(&["remote", "add", "origin", &format!("../{name}")]);
    let id = learning(&repo, CAUSE, &["--target", AT]);
    repo.prode(&["promote", &id]).ok().says("pushed to origin");
    assert_eq!(tip(&server, &branch(&id)), tip(&repo, &branch(&id)));
    let linked = repo.linked(&["-b", "topic"]);
    linked.prode(&["inbox", "sync"]).ok();
    assert_eq!(tip(&server, "prode/inbox"), tip(&repo, "prode/inbox"));
}
