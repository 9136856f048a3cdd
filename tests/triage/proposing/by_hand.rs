//! Where no program codes, a person changes files in the work tree of the run.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::Desk;
use crate::support::forge::Kind;

fn work_tree(desk: &Desk, run: &Value) -> PathBuf {
    desk.repo.home().join(".cache/prode/work").join(run["run"].as_str().unwrap())
}

#[test]
fn a_person_makes_the_change_in_the_work_tree_of_the_run() {
    let desk = Desk::without_coder(Kind::GitHub);
    let run = desk.run(&desk.ticket().0);
    assert_eq!((&run["phase"], &run["outcome"]), (&"waiting".into(), &"change-by-hand".into()));
    desk.is_untouched();
    let folder = work_tree(&desk, &run);
    let shown = desk.repo.prode(&["triage", "show", run["run"].as_str().unwrap()]).ok();
    assert!(shown.stdout().contains(&format!("make the change in {}", folder.display())));
    // Nothing is changed yet: it waits on, and says so.
    assert_eq!(desk.resume(&run)["phase"], "waiting");
    // Half a change fails, and is not lost.
    fs::write(folder.join("src/pool.sh"), "size=0\n").unwrap();
    let half = desk.resume(&run);
    assert_eq!(half["outcome"], "change-by-hand", "{half}");
    assert_eq!(fs::read_to_string(folder.join("src/pool.sh")).unwrap(), "size=0\n");
    assert_eq!(desk.resume(&run)["phase"], "waiting", "the same again is not tried");
    // The whole one is proposed.
    fs::write(folder.join("src/pool.sh"), "size=10\n").unwrap();
    fs::write(folder.join("tests/pool.sh"), ". src/pool.sh; [ \"$size\" -eq 10 ]\n").unwrap();
    let run = desk.resume(&run);
    assert_eq!(run["phase"], "await-merge", "{run}");
    let pull = desk.there.world().pulls[0].clone();
    assert!(pull.body.contains("Made by a person, by hand"), "{}", pull.body);
    desk.is_sound(&run);
}

#[test]
fn what_a_person_writes_while_the_commands_run_stays() {
    let desk = Desk::without_coder(Kind::GitHub);
    let run = desk.run(&desk.ticket().0);
    let folder = work_tree(&desk, &run);
    // The command itself writes where the person does.
    let later = folder.join("src/later.sh");
    let check = desk.program("check", &format!("echo 1 > {}; sh check.sh", later.display()));
    desk.settings(&format!("triage: {{verify: ['{check}']}}\nlease: 1\ncoder: {{time: 5}}\n"));
    fs::write(folder.join("src/pool.sh"), "size=10\n").unwrap();
    fs::write(folder.join("tests/pool.sh"), ". src/pool.sh; [ \"$size\" -eq 10 ]\n").unwrap();
    let run = desk.resume(&run);
    assert_eq!(run["phase"], "await-merge", "{run}");
    assert_eq!(fs::read_to_string(&later).unwrap(), "1\n");
    let branch = format!("prode/run/{}", run["run"].as_str().unwrap());
    let files = desk.server.git(&["ls-tree", "-r", "--name-only", &branch]);
    assert!(!files.contains("later.sh"), "{files}");
}

#[test]
fn what_a_person_left_uncommitted_stays_out_of_the_way_and_as_it_is() {
    let desk = Desk::without_coder(Kind::GitHub);
    desk.repo.write("src/pool.sh", "size=7\n");
    let run = desk.run(&desk.ticket().0);
    let folder = work_tree(&desk, &run);
    assert_eq!(fs::read_to_string(folder.join("src/pool.sh")).unwrap(), "size=3\n");
    assert_eq!(desk.repo.git(&["status", "--porcelain"]).trim(), "M src/pool.sh");
}
