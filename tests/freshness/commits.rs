//! Four readers ask without a pause while somebody commits.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::door::Door;
use super::wiki::{EVERYWHERE, Wiki};
use super::{Held, answered, held};
use crate::support::{TestRepo, rounds};

/// What one reader was told.
struct Told {
    /// Commits made when it began to ask.
    since: usize,
    commit: String,
    pages: Held,
}

#[test]
fn every_answer_holds_what_its_commit_holds() {
    let commits = rounds("FRESHNESS_COMMITS", 40);
    let repo = TestRepo::new();
    let mut wiki = Wiki::new(2026);
    wiki.grow(&repo, 30);
    let mut order = vec![repo.commit("begin")];
    let (made, done) = (AtomicUsize::new(1), AtomicBool::new(false));
    let door = Door::of(&repo);
    let told = thread::scope(|scope| {
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(|| read(&door, &made, &done))).collect();
        for number in 0..commits {
            wiki.step(&repo);
            order.push(repo.commit(&format!("step {number}")));
            made.store(order.len(), Ordering::SeqCst);
        }
        done.store(true, Ordering::SeqCst);
        readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect::<Vec<_>>()
    });
    judge(&repo, &order, &told);
    eprintln!("{commits} commits, {} answers beside them, all exact", told.len());
}

fn read(door: &Door, made: &AtomicUsize, done: &AtomicBool) -> Vec<Told> {
    let mut told = Vec::new();
    while !done.load(Ordering::SeqCst) || told.is_empty() {
        let since = made.load(Ordering::SeqCst);
        let output = door.run(&["query", EVERYWHERE, "-n", "100000", "--json"]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{:?}: {stderr}", output.status);
        // The work tree changes all the time, which readers are rightly told.
        let strange = stderr.lines().find(|line| !line.contains("in your work tree"));
        assert_eq!(strange, None, "a reader was told something strange");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let commit = answer["commit"].as_str().unwrap().to_owned();
        told.push(Told { since, commit, pages: answered(&answer) });
    }
    told
}

fn judge(repo: &TestRepo, order: &[String], told: &[Told]) {
    let mut known: HashMap<&str, (usize, Held)> = HashMap::new();
    for told in told {
        let (number, held) = known.entry(&told.commit).or_insert_with(|| {
            let number = order.iter().position(|commit| *commit == told.commit);
            (number.expect("it is a commit of the trunk") + 1, held(repo, &told.commit))
        });
        assert!(*number >= told.since, "commit {number} was answered for after {}", told.since);
        assert_eq!(told.pages, *held, "commit {number}, {}", told.commit);
    }
}
