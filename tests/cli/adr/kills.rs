//! The program dies at any moment of a change; the next command repairs.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::{nygard, read};
use crate::support::TestRepo;

const DECISIONS: u32 = 12;

fn repo() -> TestRepo {
    let repo = TestRepo::new();
    for number in 1..=DECISIONS {
        let text = nygard(number, "X", if number == DECISIONS { "Proposed" } else { "Accepted" });
        repo.write(format!("adr/{number:04}-x.md"), text);
    }
    repo.commit("log");
    repo.prode(&["adr", "list"]).ok();
    repo
}

/// One new decision that supersedes all accepted ones: every file changes.
fn begin(repo: &TestRepo) -> std::process::Child {
    let mut command = repo.prode_command();
    command.args(["adr", "new", "All of it"]);
    for number in 1..DECISIONS {
        command.args(["-s", &number.to_string()]);
    }
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn superseded(repo: &TestRepo) -> usize {
    let is_new =
        |number: &u32| read(repo, &format!("adr/{number:04}-x.md")).contains("Superseded by");
    (1..DECISIONS).filter(is_new).count()
}

#[test]
fn after_a_kill_one_command_leaves_all_files_new_or_all_old() {
    let repo = repo();
    let begun = Instant::now();
    assert!(begin(&repo).wait().unwrap().success());
    let whole = begun.elapsed();
    assert_eq!(superseded(&repo), DECISIONS as usize - 1);
    let (mut new, mut old) = (0, 0);
    for round in 0..24_u32 {
        repo.git(&["checkout", "-q", "--", "adr"]);
        repo.git(&["clean", "-qfd", "adr"]);
        let mut child = begin(&repo);
        thread::sleep(
            whole * (round * 5 + 10) / 120 + Duration::from_micros(u64::from(round * 37)),
        );
        child.kill().ok();
        child.wait().unwrap();
        repo.prode(&["adr", "accept", &DECISIONS.to_string()]).ok();
        repo.prode(&["doctor"]).says("no change of files was interrupted");
        let is_there = repo.path().join("adr/0013-all-of-it.md").exists();
        let count = superseded(&repo);
        assert_eq!(count, if is_there { DECISIONS as usize - 1 } else { 0 }, "round {round}");
        let left = repo.git(&["status", "--porcelain", "--ignored"]);
        assert!(!left.contains(".prode-"), "round {round}: {left}");
        if is_there { new += 1 } else { old += 1 }
    }
    assert_eq!(new + old, 24);
}
