//! Push and fetch against `git daemon` on the loopback, whose hooks run.

use std::fs;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use prode::git::{Draft, Edit, NetworkError, Outcome, Push, Refspec, Target};
use prode::hint::{ErrorKind, Helpful};
use prode::ids::CommitId;

use super::writing::{known, writer};
use super::{commit, open, path};
use crate::support::{GitDaemon, TestRepo};

const LIMIT: Duration = Duration::from_secs(30);
const REF: &str = "refs/prode/approvals";

/// A repository and its remote, which a daemon serves.
struct Pair {
    here: TestRepo,
    there: TestRepo,
    daemon: GitDaemon,
}

impl Pair {
    fn new() -> Self {
        let there = TestRepo::bare();
        let here = TestRepo::new();
        known(&here);
        here.commit("base");
        let daemon = GitDaemon::serve(there.path().parent().unwrap(), &there.home());
        here.git(&["remote", "add", "origin", &daemon.address("repo")]);
        Self { here, there, daemon }
    }

    fn made(&self, name: &str) -> CommitId {
        let git = open(&self.here);
        let tip = git.ref_commit(REF).unwrap();
        let draft = Draft::new(name, vec![Edit::write(path(name), "{}")]);
        writer(&git).commit_to(Target::Ref(REF), tip, &draft).unwrap()
    }

    fn push(&self, pushes: &[Push]) -> Vec<Outcome> {
        open(&self.here).push("origin", pushes, LIMIT).unwrap()
    }

    fn hook(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        let hook = self.there.path().join("hooks").join(name);
        fs::write(&hook, text).unwrap();
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

fn push(reference: &str, expected: Option<CommitId>, to: CommitId) -> Push {
    Push { reference: reference.into(), to: Some(to), expected }
}

#[test]
fn a_ref_is_pushed_from_where_it_was_known() {
    let pair = Pair::new();
    let first = pair.made("a");
    assert_eq!(pair.push(&[push(REF, None, first)]), [Outcome::Done]);
    assert_eq!(pair.there.git(&["rev-parse", REF]), first.to_string());
    let second = pair.made("b");
    assert_eq!(pair.push(&[push(REF, None, second)]), [Outcome::Moved], "it was not to be there");
    assert_eq!(pair.push(&[push(REF, Some(second), second)]), [Outcome::Moved]);
    assert_eq!(pair.there.git(&["rev-parse", REF]), first.to_string());
    assert_eq!(pair.push(&[push(REF, Some(first), second)]), [Outcome::Done]);
    let gone = Push { reference: REF.into(), to: None, expected: Some(second) };
    assert_eq!(pair.push(&[gone]), [Outcome::Done]);
    assert_eq!(pair.there.git(&["for-each-ref"]), "");
}

#[test]
fn all_refs_of_a_push_move_or_none() {
    let pair = Pair::new();
    let made = pair.made("a");
    pair.push(&[push(REF, None, made)]);
    let next = pair.made("b");
    let side = "refs/heads/prode/promote/x";
    let told = pair.push(&[push(side, None, next), push(REF, None, next)]);
    assert_eq!(told, [Outcome::Withheld, Outcome::Moved]);
    assert_eq!(pair.there.git(&["rev-parse", REF]), made.to_string());
    assert!(!pair.there.try_git(&["rev-parse", "--verify", side]).status.success());
}

#[test]
fn a_hook_over_there_may_decline() {
    let pair = Pair::new();
    pair.hook("pre-receive", "#!/bin/sh\necho not today >&2\nexit 1\n");
    let made = pair.made("a");
    assert_eq!(pair.push(&[push(REF, None, made)]), [Outcome::HookDeclined]);
    assert_eq!(pair.there.git(&["for-each-ref"]), "");
}

#[test]
fn refs_are_fetched_beside_ones_own() {
    let pair = Pair::new();
    let made = pair.made("a");
    pair.push(&[push(REF, None, made)]);
    let other = TestRepo::new();
    let spec = Refspec { from: REF.into(), to: "refs/prode/remotes/origin/approvals".into() };
    let git = open(&other);
    let address = pair.daemon.address("repo");
    git.fetch(&address, std::slice::from_ref(&spec), LIMIT).unwrap();
    assert_eq!(git.ref_commit(&spec.to).unwrap(), Some(made));
    assert!(!other.path().join(".git/FETCH_HEAD").exists());
    let missing = Refspec { from: "refs/prode/none".into(), to: "refs/prode/x".into() };
    let error = git.fetch(&address, &[missing], LIMIT).unwrap_err();
    assert!(
        matches!(&error, NetworkError::NoSuchRef { reference, .. } if reference == "refs/prode/none"),
        "{error}"
    );
}

#[test]
fn whoever_does_not_answer_is_not_waited_for() {
    let silent = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("git://{}/repo", silent.local_addr().unwrap());
    let repo = TestRepo::new();
    let made = commit(&repo.commit("base"));
    let begun = Instant::now();
    let limit = Duration::from_millis(400);
    let error = open(&repo).push(&address, &[push(REF, None, made)], limit).unwrap_err();
    assert!(matches!(error, NetworkError::TooLate { .. }), "{error}");
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(begun.elapsed() < Duration::from_secs(10));
    drop(silent);
    let error = open(&repo).push(&address, &[push(REF, None, made)], LIMIT).unwrap_err();
    assert!(matches!(error, NetworkError::Unreachable { .. }), "{error}");
}

#[test]
fn no_remote_is_taken_for_an_option() {
    let repo = TestRepo::new();
    let made = commit(&repo.commit("base"));
    for bad in ["--receive-pack=touch x", "-v", "", "ext::sh -c true"] {
        let error = open(&repo).push(bad, &[push(REF, None, made)], LIMIT).unwrap_err();
        assert!(matches!(error, NetworkError::BadRemote(_)), "{error}");
    }
}
