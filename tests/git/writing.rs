//! Commits made in memory, refs moved by compare-and-swap.

use std::fs;

use jiff::Timestamp;
use prode::git::{Draft, Edit, Message, Mode, Repository, Target, WriteError, Writer};
use prode::hint::{ErrorKind, Helpful};

use super::{commit, open, path};
use crate::support::TestRepo;

pub(super) fn known(repo: &TestRepo) {
    repo.git(&["config", "user.name", "Ada Example"]);
    repo.git(&["config", "user.email", "ada@example.org"]);
}

pub(super) fn writer(repo: &Repository) -> Writer {
    let time: Timestamp = "2026-02-03T04:05:06Z".parse().unwrap();
    repo.writer(Some("refs/heads/main"), time).unwrap()
}

fn one(at: &str, bytes: &str) -> Draft {
    Draft::new(format!("add {at}"), vec![Edit::write(path(at), bytes)])
}

const REF: Target<'_> = Target::Ref("refs/prode/test");

fn listing(repo: &TestRepo, rev: &str) -> String {
    repo.git(&["ls-tree", "-r", "--format=%(objectmode) %(path)", rev])
}

#[test]
fn an_orphan_is_made_and_nothing_else_is_touched() {
    let repo = TestRepo::new();
    known(&repo);
    repo.write("wiki/a.md", "a").commit("one");
    repo.write("wiki/dirty.md", "not committed");
    let index = fs::read(repo.path().join(".git/index")).unwrap();
    let made = writer(&open(&repo)).commit_to(REF, None, &one("x/y/z.json", "{}")).unwrap();
    assert_eq!(repo.git(&["rev-parse", "refs/prode/test"]), made.to_string());
    assert_eq!(repo.git(&["cat-file", "-p", "refs/prode/test:x/y/z.json"]), "{}");
    let shown = repo.git(&["log", "-1", "--format=%P|%an|%ae|%aI|%cI|%s", "refs/prode/test"]);
    let time = "2026-02-03T04:05:06Z";
    assert_eq!(shown, format!("|Ada Example|ada@example.org|{time}|{time}|add x/y/z.json"));
    assert_eq!(fs::read(repo.path().join(".git/index")).unwrap(), index);
    assert_eq!(repo.git(&["status", "--porcelain"]), "?? wiki/dirty.md");
}

#[test]
fn a_commit_changes_what_its_edits_name() {
    let repo = TestRepo::new();
    known(&repo);
    repo.write("a/one", "1").write("a/two", "2").write("b/only", "3").write("run.sh", "#!");
    repo.git(&["config", "core.fileMode", "false"]);
    repo.git(&["add", "."]);
    repo.git(&["update-index", "--chmod=+x", "run.sh"]);
    let base = commit(&repo.commit("base"));
    let edits = vec![
        Edit::Remove(path("b/only")),
        Edit::write(path("a/two"), "two"),
        Edit::write(path("run.sh"), "#!/bin/sh"),
        Edit::Write { path: path("new/tool"), bytes: b"x".to_vec(), mode: Mode::Executable },
    ];
    let draft = Draft {
        message: Message {
            subject: "change".into(),
            body: "Why it is so.".into(),
            trailers: vec![("Prode-Run".into(), "R-1".into())],
        },
        edits,
        ..Draft::default()
    };
    let git = open(&repo);
    let writer = writer(&git);
    let made = writer.commit(Some(base), &draft).unwrap();
    writer.move_ref(Target::Ref("refs/heads/side"), None, made).unwrap();
    let expected = "100644 a/one\n100644 a/two\n100755 new/tool\n100755 run.sh";
    assert_eq!(listing(&repo, "side"), expected, "a folder without files is gone, a mode is kept");
    assert_eq!(repo.git(&["show", "side:a/two"]), "two");
    assert_eq!(repo.git(&["rev-parse", "side^"]), base.to_string());
    let trailers = repo.git(&["log", "-1", "--format=%(trailers:only)", "side"]);
    assert_eq!(trailers.trim(), "Prode-Run: R-1");
    repo.git(&["fsck", "--strict"]);
}

#[test]
fn impossible_edits_say_why() {
    let repo = TestRepo::new();
    known(&repo);
    repo.write("a/b", "1");
    let base = commit(&repo.commit("base"));
    let git = open(&repo);
    let writer = writer(&git);
    let refused = |edits: Vec<Edit>| writer.tree(Some(base), &edits).unwrap_err();
    let write = |at: &[u8]| Edit::write(prode::repo_path::RepoPath::from_git(at), "x");
    assert!(matches!(refused(vec![write(b"a")]), WriteError::Collides(_)));
    assert!(matches!(refused(vec![write(b"a/b/c")]), WriteError::Collides(_)));
    assert!(matches!(refused(vec![write(b"n"), write(b"n/m")]), WriteError::Collides(_)));
    let gone = refused(vec![Edit::Remove(path("a/none"))]);
    assert!(matches!(gone, WriteError::NothingToRemove(_)), "{gone}");
    for bad in [&b"../x"[..], b".git/config", b"a/.GIT/x", b"", b"a//b", b"/a", b"a/\0"] {
        assert!(matches!(refused(vec![write(bad)]), WriteError::BadPath(_)), "{bad:?}");
    }
}

#[test]
fn a_ref_moves_only_from_where_it_was_expected() {
    let repo = TestRepo::new();
    known(&repo);
    let base = commit(&repo.commit("base"));
    let git = open(&repo);
    let writer = writer(&git);
    let first = writer.commit_to(REF, None, &one("a", "1")).unwrap();
    let again = writer.commit_to(REF, None, &one("b", "2")).unwrap_err();
    assert_eq!(again.kind(), ErrorKind::Conflict);
    let is_first = |error: WriteError| matches!(error, WriteError::Moved { found: Some(found), .. } if found == first);
    assert!(is_first(again));
    assert!(is_first(writer.commit_to(REF, Some(base), &one("b", "2")).unwrap_err()));
    let second = writer.commit_to(REF, Some(first), &one("b", "2")).unwrap();
    assert_eq!(git.ref_commit("refs/prode/test").unwrap(), Some(second));
    let gone = Target::Ref("refs/prode/none");
    let error = writer.move_ref(gone, Some(first), second).unwrap_err();
    assert!(matches!(error, WriteError::Moved { found: None, .. }), "{error}");
    assert!(matches!(writer.delete_ref(REF, first), Err(WriteError::Moved { .. })));
    writer.delete_ref(REF, second).unwrap();
    assert_eq!(git.ref_commit("refs/prode/test").unwrap(), None);
}

#[test]
fn the_trunk_moves_only_by_its_own_name() {
    let repo = TestRepo::new();
    known(&repo);
    let base = commit(&repo.commit("base"));
    let git = open(&repo);
    let writer = writer(&git);
    let main = "refs/heads/main";
    let refused = writer.commit_to(Target::Ref(main), Some(base), &one("a", "1")).unwrap_err();
    assert!(matches!(&refused, WriteError::IsTrunk(name) if name == main), "{refused}");
    assert_eq!(repo.git(&["rev-parse", "main"]), base.to_string());
    let made = writer.commit_to(Target::Trunk(main), Some(base), &one("a", "1")).unwrap();
    assert_eq!(repo.git(&["rev-parse", "main"]), made.to_string());
    for bad in ["main", "HEAD", "refs/heads/a..b", "refs/prode/x.lock", "refs/a b"] {
        let refused = writer.move_ref(Target::Ref(bad), None, made).unwrap_err();
        assert!(matches!(refused, WriteError::BadRef(_)), "{bad}: {refused}");
    }
}

#[test]
fn who_commits_must_be_known() {
    let repo = TestRepo::new();
    repo.git(&["config", "user.name", "Ada Example"]);
    repo.git(&["config", "user.email", " "]);
    let time = Timestamp::UNIX_EPOCH;
    let Err(error) = open(&repo).writer(None, time) else { panic!("nobody is known") };
    assert_eq!(error.to_string(), "Git does not know who you are: 'user.email' is not set");
    assert_eq!(error.hints(), ["say it: git config --global user.email \"you@example.org\""]);
}

#[test]
fn bare_repositories_and_linked_work_trees_are_written_too() {
    let bare = TestRepo::bare();
    known(&bare);
    let made = writer(&open(&bare)).commit_to(REF, None, &one("a", "1")).unwrap();
    assert_eq!(bare.git(&["rev-parse", "refs/prode/test"]), made.to_string());
    let repo = TestRepo::new();
    known(&repo);
    repo.commit("base");
    let linked = repo.linked(&["-b", "side"]);
    let made = writer(&open(&linked)).commit_to(REF, None, &one("a", "1")).unwrap();
    assert_eq!(repo.git(&["rev-parse", "refs/prode/test"]), made.to_string(), "it is shared");
}

#[test]
fn a_lock_that_stays_is_named_and_left() {
    let repo = TestRepo::new();
    known(&repo);
    let git = open(&repo);
    let writer = writer(&git);
    let lock = repo.path().join(".git/refs/prode/test.lock");
    repo.write(".git/refs/prode/test.lock", "");
    let error = writer.commit_to(REF, None, &one("a", "1")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(error.to_string().contains(&lock.display().to_string()), "{error}");
    assert!(error.hints()[0].contains("rm '"), "{:?}", error.hints());
    assert!(lock.exists());
    fs::remove_file(&lock).unwrap();
    writer.commit_to(REF, None, &one("a", "1")).unwrap();
}

#[cfg(unix)]
#[test]
fn commits_are_signed_where_git_is_told_so() {
    let repo = TestRepo::new();
    known(&repo);
    let key = repo.home().join("key");
    let key = key.display().to_string();
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", &key])
        .status();
    assert!(made.unwrap().success());
    repo.git(&["config", "commit.gpgsign", "true"]);
    repo.git(&["config", "gpg.format", "ssh"]);
    repo.git(&["config", "user.signingkey", &key]);
    let public = fs::read_to_string(format!("{key}.pub")).unwrap();
    let signers = repo.home().join("signers");
    fs::write(&signers, format!("ada@example.org {public}")).unwrap();
    let git = open(&repo);
    let first = writer(&git).commit_to(REF, None, &one("a", "1")).unwrap();
    let second = writer(&git).commit_to(REF, Some(first), &one("b", "2")).unwrap();
    repo.git(&["config", "gpg.ssh.allowedSignersFile", &signers.display().to_string()]);
    repo.git(&["verify-commit", &first.to_string()]);
    repo.git(&["verify-commit", &second.to_string()]);
    let shown = repo.git(&["log", "-1", "--format=%an|%aI|%cI|%s", &second.to_string()]);
    assert_eq!(shown, "Ada Example|2026-02-03T04:05:06Z|2026-02-03T04:05:06Z|add b");
    fs::remove_file(&key).unwrap();
    let error = writer(&git).commit_to(REF, Some(second), &one("c", "3")).unwrap_err();
    assert!(matches!(error, WriteError::Signing(_)), "{error}");
    assert_eq!(git.ref_commit("refs/prode/test").unwrap(), Some(second), "never unsigned instead");
}
