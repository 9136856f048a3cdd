//! Two machines with several writers each, and what they share in the end.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use super::pages;
use crate::support::{GitDaemon, Random, TestRepo, rounds};

/// Two clones of what a daemon serves.
struct Machines {
    there: TestRepo,
    clones: [TestRepo; 2],
    _daemon: GitDaemon,
}

impl Machines {
    fn new() -> Self {
        let there = TestRepo::bare();
        let first = TestRepo::new();
        let daemon = GitDaemon::serve(there.path().parent().unwrap(), &there.home());
        let clones = [first, TestRepo::new()];
        for (clone, name) in clones.iter().zip(["Ada", "Grace"]) {
            clone.git(&["config", "user.name", name]);
            clone.git(&["config", "user.email", &format!("{name}@example.org")]);
            clone.git(&["remote", "add", "origin", &daemon.address("repo")]);
        }
        pages(&clones[0]);
        clones[0].git(&["push", "--quiet", "origin", "main"]);
        clones[1].git(&["pull", "--quiet", "origin", "main"]);
        Self { there, clones, _daemon: daemon }
    }

    fn sync(&self) {
        for clone in [0, 1, 0] {
            self.clones[clone].prode(&["inbox", "sync"]).ok();
        }
    }

    /// Ids on each side, which must be the same everywhere.
    fn ids(&self) -> BTreeSet<String> {
        let of = |repo: &TestRepo| -> BTreeSet<String> {
            let tree = repo.git(&["ls-tree", "-r", "--name-only", "prode/inbox"]);
            let files = tree.lines().filter_map(|it| it.strip_suffix("/learning.md"));
            files.map(str::to_owned).collect()
        };
        let all = of(&self.there);
        for clone in &self.clones {
            assert_eq!(of(clone), all);
            clone.git(&["fsck", "--strict"]);
            let tips =
                ["prode/inbox", "origin/prode/inbox"].map(|it| clone.git(&["rev-parse", it]));
            assert_eq!(tips[0], tips[1]);
        }
        self.there.git(&["fsck", "--strict"]);
        all
    }
}

/// A learning of some number; those of one number are the same.
fn words(number: usize) -> String {
    format!("Cause {number}: the worker of shard {number} ran out of file descriptors.\n")
}

/// Adds learnings at once in both clones, four writers each; some writers die
/// where `kills` says so. Gives the numbers of those whose command came to an
/// end and said that it was done.
fn write(machines: &Machines, per_writer: usize, kills: bool) -> BTreeSet<usize> {
    let mut done = BTreeSet::new();
    thread::scope(|scope| {
        let mut writers = Vec::new();
        for (machine, clone) in machines.clones.iter().enumerate() {
            for writer in 0..4 {
                let mut random = Random::new(u64::try_from(10 * machine + writer).unwrap());
                let commands: Vec<_> = (0..per_writer)
                    .map(|turn| {
                        let number =
                            ((writer * per_writer + turn) >> 1) + 1_000 * (machine * turn % 3);
                        let mut command = clone.prode_command();
                        let run = format!("R-{machine}-{writer}-{turn}");
                        command.args([
                            "inbox",
                            "add",
                            "-",
                            "--target",
                            "wiki/queue.md",
                            "--run",
                            &run,
                        ]);
                        (number, command, kills && random.once_in(3), random.below(120))
                    })
                    .collect();
                let mut sync = clone.prode_command();
                sync.args(["inbox", "sync"]);
                writers.push(scope.spawn(move || add_all(commands, sync, kills)));
            }
        }
        for writer in writers {
            done.extend(writer.join().unwrap());
        }
    });
    done
}

type Planned = (usize, Command, bool, usize);

/// Adds one after the other, and shares them after every fourth.
fn add_all(commands: Vec<Planned>, mut sync: Command, kills: bool) -> BTreeSet<usize> {
    let mut done = BTreeSet::new();
    for (turn, (number, mut command, dies, after)) in (1..).zip(commands) {
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let dies_after = dies.then(|| Duration::from_millis(u64::try_from(after).unwrap()));
        let output = until_unlocked(kills, || add(&mut command, number, dies_after));
        if output.status.success() {
            done.insert(number);
        } else {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(dies && output.status.code().is_none(), "{number}: {said}");
        }
        if turn % 4 == 0 {
            let shared = until_unlocked(kills, || sync.output().unwrap());
            assert!(shared.status.success(), "{}", String::from_utf8_lossy(&shared.stderr));
        }
    }
    done
}

fn add(command: &mut Command, number: usize, dies_after: Option<Duration>) -> Output {
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(words(number).as_bytes()).unwrap();
    if let Some(after) = dies_after {
        thread::sleep(after);
        child.kill().ok();
    }
    child.wait_with_output().unwrap()
}

/// Where `kills` leaves locks behind, does what the hint says, and the work again.
fn until_unlocked(kills: bool, mut work: impl FnMut() -> Output) -> Output {
    loop {
        let output = work();
        let said = String::from_utf8_lossy(&output.stderr);
        let lock = said.split_once("rm '").and_then(|(_, rest)| rest.split_once('\''));
        let Some((lock, _)) = lock.filter(|_| kills && said.contains(" is locked: ")) else {
            return output;
        };
        let since = std::fs::metadata(lock).and_then(|it| it.modified());
        // Another writer may have removed it, and a third one have made its own.
        if since.is_ok_and(|since| since.elapsed().is_ok_and(|age| age.as_secs() >= 2)) {
            std::fs::remove_file(lock).ok();
        }
    }
}

#[test]
fn every_distinct_learning_is_there_once_on_both_machines() {
    let per_writer = rounds("INBOX_LEARNINGS", 24) / 8;
    let machines = Machines::new();
    let done = write(&machines, per_writer, false);
    machines.sync();
    let ids = machines.ids();
    assert_eq!(ids.len(), done.len());
    let runs = machines.there.git(&["ls-tree", "-r", "--name-only", "prode/inbox"]);
    let runs = runs.lines().filter(|it| it.contains("/seen/")).count();
    assert_eq!(runs, 8 * per_writer, "every run that found one is told");
    eprintln!(
        "{} learnings added by 8 writers on 2 machines: {} distinct, each once",
        8 * per_writer,
        ids.len()
    );
}

#[test]
fn a_killed_writer_loses_nothing_that_was_said_to_be_done() {
    let per_writer = rounds("INBOX_KILLS", 24) / 8;
    let machines = Machines::new();
    let done = write(&machines, per_writer, true);
    for clone in &machines.clones {
        // What a killed process left of a lock is named, and a person removes it.
        let all = walkdir::WalkDir::new(clone.path().join(".git"));
        let locks = all.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
        for lock in locks.filter(|it| it.extension().is_some_and(|it| it == "lock")) {
            std::fs::remove_file(lock).unwrap();
        }
    }
    machines.sync();
    let ids = machines.ids();
    assert!(ids.len() >= done.len(), "{} of {}", ids.len(), done.len());
    let shown: String = ids
        .iter()
        .map(|id| machines.there.git(&["show", &format!("prode/inbox:{id}/learning.md")]))
        .collect();
    for number in &done {
        assert!(shown.contains(words(*number).trim()), "{number} was lost");
    }
    eprintln!("{} were said to be done; {} are there, each once", done.len(), ids.len());
}

#[test]
fn a_purge_reaches_the_other_machine_and_stays() {
    let machines = Machines::new();
    let [ada, grace] = &machines.clones;
    let add = |repo: &TestRepo, number: usize| {
        let args = ["inbox", "add", "-", "--target", "wiki/queue.md", "--json"];
        repo.prode_with_input(&args, words(number)).ok().json()["id"].as_str().unwrap().to_owned()
    };
    let gone = add(ada, 1);
    add(grace, 2);
    machines.sync();
    ada.prode(&["inbox", "purge", &gone, "--why", "a customer's name"])
        .ok()
        .says("inbox sync origin");
    add(grace, 3);
    machines.sync();
    assert_eq!(machines.ids().len(), 2);
    for repo in [&machines.there, ada, grace] {
        let history = repo.git(&["log", "-p", "prode/inbox"]);
        assert!(!history.contains("shard 1 "), "{history}");
    }
}

#[test]
fn a_remote_that_refuses_or_is_away_loses_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let machines = Machines::new();
    let [ada, _] = &machines.clones;
    let args = ["inbox", "add", "-", "--target", "wiki/queue.md"];
    ada.prode_with_input(&args, words(1)).ok();
    let hook = machines.there.path().join("hooks/pre-receive");
    std::fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    ada.prode(&["inbox", "sync"])
        .fails(4)
        .warns("hooks declined")
        .warns("what you added stays here");
    ada.git(&["remote", "set-url", "origin", "git://127.0.0.1:1/repo"]);
    ada.prode(&["inbox", "sync"]).fails(5);
    ada.prode(&["inbox", "list"]).ok().says("Cause 1");
    ada.git(&["remote", "remove", "origin"]);
    ada.prode(&["inbox", "sync"]).fails(1).warns("there is no remote");
}
