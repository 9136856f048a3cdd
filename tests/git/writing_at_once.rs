//! Many writers of one ref, and writers that are killed.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use prode::git::{Draft, Edit, Repository, WriteError};

use super::writing::{known, writer};
use super::{open, path};
use crate::support::{Random, TestRepo, rounds};

const REF: &str = "refs/prode/test";

fn append(repo: &Repository, name: &str) -> Result<(), WriteError> {
    let draft = Draft::new(name, vec![Edit::write(path(&format!("{name}.json")), "{}")]);
    writer(repo).append(REF, |_| Ok::<_, WriteError>(Some(draft.clone()))).map(|_| ())
}

#[test]
fn four_writers_lose_none_of_two_hundred() {
    let repo = TestRepo::new();
    known(&repo);
    let git = open(&repo);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let own = git.reopen().unwrap();
            scope.spawn(move || {
                for n in 0..50 {
                    append(&own, &format!("{thread}-{n}")).unwrap();
                }
            });
        }
    });
    let files = repo.git(&["ls-tree", "--name-only", REF]);
    assert_eq!(files.lines().count(), 200);
    assert_eq!(repo.git(&["rev-list", "--count", REF]), "200");
    assert_eq!(repo.git(&["rev-list", "--count", "--min-parents=2", REF]), "0");
    repo.git(&["fsck", "--strict"]);
}

#[test]
fn a_draft_may_find_that_nothing_is_left_to_do() {
    let repo = TestRepo::new();
    known(&repo);
    let git = open(&repo);
    let none = writer(&git).append(REF, |tip| {
        assert_eq!(tip, None);
        Ok::<_, WriteError>(None)
    });
    assert_eq!(none.unwrap(), None);
    assert_eq!(git.ref_commit(REF).unwrap(), None);
}

#[test]
fn a_killed_writer_leaves_a_sound_repository() {
    append_if_a_child();
    let repo = TestRepo::new();
    known(&repo);
    repo.commit("base");
    let mut random = Random::new(7);
    for _ in 0..rounds("PRODE_TEST_KILLS", 10) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "git::writing_at_once::a_killed_writer_leaves_a_sound_repository"])
            .env("PRODE_TEST_REPO", repo.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let wait = 40 + random.below(200);
        std::thread::sleep(Duration::from_millis(u64::try_from(wait).unwrap()));
        child.kill().unwrap();
        child.wait().unwrap();
        repo.git(&["fsck", "--strict"]);
        let lock = repo.path().join(".git/refs/prode/test.lock");
        if lock.exists() {
            fs::remove_file(lock).unwrap();
        }
    }
    let count: usize = repo.git(&["rev-list", "--count", REF]).parse().unwrap();
    assert!(count > 10, "only {count} commits: it was killed before it wrote");
    let files = repo.git(&["ls-tree", "--name-only", REF]);
    assert_eq!(files.lines().count(), count, "each commit has its file");
    append(&open(&repo), "after").unwrap();
}

/// In the process that the test runs and kills: never comes back.
#[expect(clippy::disallowed_methods, reason = "a test hands over the folder")]
fn append_if_a_child() {
    let Some(folder) = std::env::var_os("PRODE_TEST_REPO") else { return };
    let repo = Repository::open(folder.as_ref()).unwrap();
    let own = std::process::id();
    for n in 0.. {
        append(&repo, &format!("{own}-{n}")).unwrap();
    }
}
