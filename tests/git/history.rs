//! What every commit changed, against what `git log` says of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use prode::git::History;
use prode::repo_path::RepoPath;

use super::{commit, open};
use crate::support::{Random, TestRepo};

fn history(repo: &TestRepo) -> History {
    let tip = commit(&repo.git(&["rev-parse", "HEAD"]));
    open(repo).history(tip, None, &|_, _| {}).unwrap()
}

/// The same, with what was kept in `folder` and keeping what is new.
fn kept(repo: &TestRepo, tip: &str, folder: &Path) -> History {
    let tip = commit(&repo.git(&["rev-parse", tip]));
    open(repo).history(tip, Some(folder), &|_, _| {}).unwrap()
}

/// Paths that the step at this place changed.
fn changed(history: &History, at: usize) -> Vec<String> {
    history.changes(at).iter().map(|it| history.path(it.path).to_string()).collect()
}

/// `commit path` per change.
fn told(history: &History) -> BTreeSet<String> {
    let of = |at: usize| {
        let id = history.steps[at].id;
        changed(history, at).into_iter().map(move |path| format!("{id} {path}"))
    };
    (0..history.steps.len()).flat_map(of).collect()
}

/// The same by the `git` program: `-c` names what differs from every parent.
fn by_git(repo: &TestRepo) -> BTreeSet<String> {
    let args = ["log", "-c", "--root", "--no-renames", "--name-only", "--format=commit %H"];
    let mut id = String::new();
    let mut lines = BTreeSet::new();
    for line in repo.git(&args).lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("commit ") {
            Some(next) => next.clone_into(&mut id),
            None => _ = lines.insert(format!("{id} {line}")),
        }
    }
    lines
}

/// Sometimes goes on from another branch, sometimes with another one merged;
/// `at` commits were made before.
fn wander(repo: &TestRepo, random: &mut Random, at: usize) {
    let branch = format!("b{}", random.below(3));
    match random.below(6) {
        0 if at > 0 => _ = repo.try_git(&["checkout", "-q", "-B", &branch]),
        1 if at > 0 => {
            let merge = ["merge", "-q", "--no-ff", "-X", "ours", "-m", "m", &branch];
            if !repo.try_git(&merge).status.success() {
                _ = repo.try_git(&["merge", "--abort"]);
                _ = repo.try_git(&["checkout", "-q", &branch]);
            }
        }
        _ => {}
    }
}

#[test]
fn every_commit_changed_what_git_says() {
    for seed in 0..3 {
        let repo = TestRepo::new();
        let mut random = Random::new(seed);
        for at in 0..40 {
            wander(&repo, &mut random, at);
            let path = format!("d{}/e{}/f{}", random.below(3), random.below(2), random.below(4));
            repo.write(&path, random.below(5).to_string());
            repo.commit("change");
        }
        let found = history(&repo);
        assert_eq!(told(&found), by_git(&repo), "seed {seed}");
        let count: usize = repo.git(&["rev-list", "--count", "HEAD"]).parse().unwrap();
        assert_eq!((found.steps.len(), found.people.len()), (count, 1));
        for (at, step) in found.steps.iter().enumerate() {
            assert!(
                step.parents.iter().all(|parent| *parent > at),
                "children stand before parents"
            );
        }
        assert_eq!(history(&repo.clone_to(&[])), found);
    }
}

#[test]
fn a_merge_changed_what_none_of_its_parents_had() {
    let repo = TestRepo::new();
    repo.write("a", "1").write("b", "1").commit("one");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("a", "side").commit("side");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("a", "main").write("b", "main").commit("main");
    repo.try_git(&["merge", "-q", "side"]);
    repo.write("a", "both").commit("merged");
    let found = history(&repo);
    let all: Vec<Vec<String>> = (0..4).map(|at| changed(&found, at)).collect();
    assert_eq!(all, [vec!["a"], vec!["a", "b"], vec!["a"], vec!["a", "b"]]);
    let a = found.path_id(&RepoPath::new("a").unwrap()).unwrap();
    assert_eq!(found.touching(a), [0, 1, 2, 3]);
    assert!(found.change(3, a).unwrap().old.is_none());
    assert_eq!(found.path_id(&RepoPath::new("c").unwrap()), None);
    assert_eq!(found.steps[0].parents.len(), 2);
}

#[test]
fn a_history_that_was_cut_off_says_so_and_invents_nothing() {
    let repo = TestRepo::new();
    repo.write("a", "1").commit("one");
    repo.write("a", "2").commit("two");
    repo.write("b", "1").commit("three");
    let found = history(&repo.clone_to(&["--depth", "2"]));
    assert!(found.is_cut && !history(&repo).is_cut);
    let counts: Vec<usize> = (0..2).map(|at| found.changes(at).len()).collect();
    assert_eq!(counts, [1, 0], "the oldest commit that is here did not make every file");
}

#[test]
fn folders_that_were_not_fetched_are_counted() {
    let repo = TestRepo::new();
    repo.write("a/b", "1").commit("one");
    repo.write("a/b", "2").commit("two");
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let partial = repo.clone_to(&["--filter=tree:0", "--bare"]);
    let found = history(&partial);
    assert_eq!((found.steps.len(), found.gaps), (2, 2));
}

#[test]
fn many_commits_are_shared_out_and_progress_is_told() {
    let repo = TestRepo::new();
    let mut stream = String::new();
    for at in 0..1_200 {
        let who = "Ada <ada@example.org>";
        stream.push_str(&format!(
            "commit refs/heads/main\ncommitter {who} {} +0000\n",
            1_600_000_000 + at
        ));
        stream.push_str(&format!("data 1\nx\nM 100644 inline a/{}\ndata 4\n{at:04}\n", at % 7));
    }
    repo.git_with_input(&["fast-import", "--quiet"], stream);
    let tip = commit(&repo.git(&["rev-parse", "main"]));
    let heard = std::cell::RefCell::new(Vec::new());
    let told = |done, of| heard.borrow_mut().push((done, of));
    let found = open(&repo).history(tip, None, &told).unwrap();
    assert_eq!(found.steps.len(), 1_200);
    assert!((0..1_200).all(|at| found.changes(at).len() == 1));
    assert_eq!([changed(&found, 0), changed(&found, 1_199)], [["a/2"], ["a/0"]]);
    let heard = heard.borrow();
    assert!(heard.is_sorted() && heard.last() == Some(&(1_200, 1_200)), "{heard:?}");
}

/// Branches, merges and a second author, some of it at a time: whatever was
/// kept before, the history is the one that is learnt from nothing.
#[test]
fn what_was_kept_changes_nothing() {
    for seed in 0..3 {
        let (repo, folder) = (TestRepo::new(), tempfile::tempdir().unwrap());
        let mut random = Random::new(seed);
        let mut tips = Vec::new();
        for at in 0..30 {
            wander(&repo, &mut random, at);
            repo.git(&["config", "user.name", ["Ada", "Bea"][random.below(2)]]);
            let path = format!("d{}/f{}", random.below(3), random.below(9));
            repo.write(&path, at.to_string());
            repo.commit("change");
            tips.push(repo.git(&["rev-parse", "HEAD"]));
            // Older ones, other branches, and the same one twice.
            let tip = &tips[random.below(tips.len())];
            let id = commit(tip);
            let learnt = open(&repo).history(id, None, &|_, _| {}).unwrap();
            assert_eq!(kept(&repo, tip, folder.path()), learnt, "seed {seed}, {tip}");
        }
    }
}

#[test]
fn only_new_commits_are_read() {
    let (repo, folder) = (TestRepo::new(), tempfile::tempdir().unwrap());
    repo.write("a", "1").commit("one");
    repo.write("a", "2").commit("two");
    let tree = repo.git(&["rev-parse", "HEAD~:"]);
    kept(&repo, "HEAD", folder.path());
    repo.write("a", "3").commit("three");
    // The first commit's folder is gone: whoever opened it would say so.
    fs::remove_file(repo.path().join(".git/objects").join(&tree[..2]).join(&tree[2..])).unwrap();
    let found = kept(&repo, "HEAD", folder.path());
    let all: Vec<Vec<String>> = (0..3).map(|at| changed(&found, at)).collect();
    assert_eq!(all, [["a"], ["a"], ["a"]]);
    let tip = commit(&repo.git(&["rev-parse", "HEAD"]));
    assert!(open(&repo).history(tip, None, &|_, _| {}).is_err());
}

#[test]
fn a_kept_history_that_cannot_be_used_costs_time_alone() {
    let (repo, folder) = (TestRepo::new(), tempfile::tempdir().unwrap());
    repo.write("a", "1").commit("one");
    let file = || fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let learnt = kept(&repo, "HEAD", folder.path());
    let whole = fs::read(file()).unwrap();
    for damaged in [&whole[..whole.len() / 2], b"", &[0xff; 4_096]] {
        fs::write(file(), damaged).unwrap();
        assert_eq!(kept(&repo, "HEAD", folder.path()), learnt);
        assert_eq!(fs::read(file()).unwrap(), whole, "it is written anew");
    }
    fs::remove_file(file()).unwrap();
    fs::create_dir(folder.path().join("history-v1")).unwrap();
    assert_eq!(kept(&repo, "HEAD", folder.path()), learnt);
    assert_eq!(kept(&repo, "HEAD", &folder.path().join("missing")), learnt);
    let other = tempfile::tempdir().unwrap();
    kept(&repo.clone_to(&["--depth", "1"]), "HEAD", other.path());
    // Parents by decree may be others tomorrow.
    let tip = repo.git(&["rev-parse", "HEAD"]);
    repo.write(".git/info/grafts", format!("{tip}\n"));
    kept(&repo, "HEAD", other.path());
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0, "part of a history is not kept");
}
