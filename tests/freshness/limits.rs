//! Where nothing can be written, where others write too, where clocks are wrong.

use super::door::Door;
use super::wiki::{EVERYWHERE, Wiki};
use super::{Held, answered, check, held};
use crate::support::TestRepo;

fn repository(pages: usize) -> TestRepo {
    let repo = TestRepo::new();
    Wiki::new(8).grow(&repo, pages);
    repo.commit("pages");
    repo
}

/// Runs the question in mounts of its own; `None`, said, where that is not allowed.
fn asked(repo: &TestRepo, mounts: &str) -> Option<(Held, String)> {
    let script = format!("{mounts}\nexec \"$PRODE\" query {EVERYWHERE} -n 100000 --json");
    let Some(output) = Door::of(repo).mounted(&script) else {
        eprintln!("skipped: this user may not mount");
        return None;
    };
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let answer = serde_json::from_slice(&output.stdout).unwrap();
    Some((answered(&answer), stderr))
}

#[test]
fn a_read_only_repository_is_answered_from_the_users_cache() {
    let repo = repository(80);
    let mounts = "mount --bind . .\nmount -o remount,bind,ro .\ncd \"$PWD\"";
    let Some((pages, stderr)) = asked(&repo, mounts) else { return };
    assert_eq!(pages, held(&repo, "main"));
    assert_eq!(stderr, "");
    assert!(!repo.path().join(".git/prode").exists());
    let cache = repo.home().join(".cache");
    assert!(walkdir::WalkDir::new(cache).into_iter().count() > 3, "an index is in the cache");
}

#[test]
fn where_nothing_can_be_written_memory_is_enough() {
    let repo = repository(80);
    let mounts = "mount --bind .. ..\nmount -o remount,bind,ro ..\ncd \"$PWD\"";
    let Some((pages, _)) = asked(&repo, mounts) else { return };
    assert_eq!(pages, held(&repo, "main"));
    assert!(!repo.path().join(".git/prode").exists());
    assert!(!repo.home().join(".cache").exists());
}

#[test]
fn an_index_on_a_read_only_disk_is_read_and_what_is_new_is_added_in_memory() {
    let repo = repository(80);
    check(&repo, "indexing");
    repo.write("later.md", format!("# Later\n\n{EVERYWHERE}\n"));
    repo.commit("later");
    let mounts = "mount --bind .. ..\nmount -o remount,bind,ro ..\ncd \"$PWD\"";
    let Some((pages, _)) = asked(&repo, mounts) else { return };
    assert_eq!(pages, held(&repo, "main"));
}

#[test]
fn a_full_disk_costs_the_index_and_not_the_answer() {
    let repo = repository(400);
    std::fs::create_dir(repo.path().join(".git/prode")).unwrap();
    for size in ["4k", "16k", "64k", "128k"] {
        let mounts = format!("mount -t tmpfs -o size={size} none .git/prode");
        let Some((pages, stderr)) = asked(&repo, &mounts) else { return };
        assert_eq!(pages, held(&repo, "main"), "{size}: {stderr}");
        assert!(stderr.contains("index is not kept"), "{size}: {stderr}");
    }
    check(&repo, "the disk had room again");
}

#[test]
fn writers_at_once_all_answer() {
    let repo = repository(200);
    let mut wiki = Wiki::new(12);
    for number in 0..4 {
        wiki.grow(&repo, 40);
        repo.commit(&format!("step {number}"));
        let door = Door::of(&repo);
        let ask = || door.run(&["query", EVERYWHERE, "-n", "100000", "--json"]);
        let outputs = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
            asking.into_iter().map(|it| it.join().unwrap()).collect::<Vec<_>>()
        });
        for output in outputs {
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!((output.status.code(), &*stderr), (Some(0), ""));
            let answer = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(answered(&answer), held(&repo, "main"));
        }
        check(&repo, "six writers");
    }
}

#[test]
fn commits_of_wrong_clocks_are_answered_in_order() {
    let repo = TestRepo::new();
    let mut wiki = Wiki::new(3);
    for time in ["1970-01-01T00:00:01Z", "2099-12-31T23:59:59Z", "1970-01-02T00:00:00Z"] {
        wiki.grow(&repo, 3);
        repo.commit_at(time, time);
        check(&repo, time);
    }
}
