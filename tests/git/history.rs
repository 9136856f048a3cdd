//! What every commit changed, against what `git log` says of it.

use std::collections::BTreeSet;

use prode::git::History;

use super::{commit, open};
use crate::support::{Random, TestRepo};

fn history(repo: &TestRepo) -> History {
    let tip = commit(&repo.git(&["rev-parse", "HEAD"]));
    open(repo).history(tip, &|_, _| {}).unwrap()
}

/// `commit path` per change.
fn told(history: &History) -> BTreeSet<String> {
    let of = |step: &prode::git::Step| {
        let id = step.id.to_string();
        step.changes.iter().map(move |it| format!("{id} {}", it.path)).collect::<Vec<_>>()
    };
    history.steps.iter().flat_map(of).collect()
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

#[test]
fn every_commit_changed_what_git_says() {
    for seed in 0..3 {
        let repo = TestRepo::new();
        let mut random = Random::new(seed);
        for at in 0..40 {
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
    let changed: Vec<Vec<String>> = found
        .steps
        .iter()
        .map(|step| step.changes.iter().map(|it| it.path.to_string()).collect())
        .collect();
    assert_eq!(changed, [vec!["a"], vec!["a", "b"], vec!["a"], vec!["a", "b"]]);
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
    let counts: Vec<usize> = found.steps.iter().map(|step| step.changes.len()).collect();
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
    let found = open(&repo).history(tip, &told).unwrap();
    assert_eq!(found.steps.len(), 1_200);
    assert!(found.steps.iter().all(|step| step.changes.len() == 1));
    let first = |at: usize| found.steps[at].changes[0].path.to_string();
    assert_eq!([first(0), first(1_199)], ["a/2", "a/0"]);
    let heard = heard.borrow();
    assert!(heard.is_sorted() && heard.last() == Some(&(1_200, 1_200)), "{heard:?}");
}
