//! Whatever a forge loses and wherever the program is killed: one branch, one
//! pull request, one comment, one learning.
//! `cargo test --test main triage::proposing::faults -- --nocapture` prints the tables.

use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use super::{Desk, MENDING, reply};
use crate::support::forge::{Fault, Kind, State, Step};
use crate::support::rounds;

/// What is lost, each met once.
const FAULTS: &[(Step, Fault)] = &[
    (Step::Find, Fault::DropBefore),
    (Step::Create, Fault::DropBefore),
    (Step::Create, Fault::DropAfter),
    (Step::Create, Fault::FailAfter),
    (Step::Create, Fault::BadGateway),
    (Step::Create, Fault::Later),
    (Step::Comment, Fault::DropAfter),
];

/// Where it stands outside when it is killed.
const KILLS: &[(&str, Step, Fault)] = &[
    ("after the push, before the pull request", Step::Find, Fault::HoldBefore),
    ("before the pull request is opened", Step::Create, Fault::HoldBefore),
    ("after it was opened, before the record", Step::Create, Fault::HoldAfter),
    ("before the comment", Step::Comment, Fault::HoldBefore),
    ("after the comment, before the record", Step::Comment, Fault::HoldAfter),
];

/// Where it stands on this machine when it is killed: the line that waits.
const KILLS_HERE: &[(&str, &str)] = &[
    ("while the change is made", "coder"),
    ("while it is verified", "check"),
    ("while it is reviewed", "reviewer"),
];

/// What a run left, once people merged: one of each.
#[track_caller]
fn is_done_once(desk: &Desk, run: &Value, number: u64, what: &str) {
    assert_eq!(run["phase"], "await-merge", "{what}: {run}");
    let branch = format!("prode/run/{}", run["run"].as_str().unwrap());
    let there = desk.branches().iter().filter(|it| **it == branch).count();
    assert_eq!((there, desk.pulls(&branch)), (1, 1), "{what}");
    assert_eq!(desk.there.world().said(number).len(), 1, "{what}");
    desk.decide(State::Merged("1".repeat(40)));
    let before = desk.learnings().len();
    desk.is_mended();
    let (run, _) = desk.until_done(&["resume", run["run"].as_str().unwrap()]);
    assert_eq!((&run["phase"], &run["monitor"]), (&"closed".into(), &"confirmed".into()), "{run}");
    assert_eq!(desk.learnings().len(), before + 1, "{what}");
    desk.is_sound(&run);
}

/// One forge; all of them where the whole table is asked for. What each loses
/// when a pull request is opened is tested for each in `forge::faults`.
fn forges() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().take(rounds("PRODE_PROPOSING_FORGES", 1))
}

fn faults_of(kind: Kind) {
    let desk = Desk::new(kind);
    println!("| forge | step | fault | runs |\n|---|---|---|---|");
    for &(step, fault) in FAULTS {
        let (typed, number) = desk.ticket();
        desk.there.fail(step, fault);
        let (run, runs) = desk.until_done(&["run", &typed, "--mode", "pr"]);
        assert!(desk.there.world().faults_are_over(), "{step:?} {fault:?} was not met");
        println!("| {} | {step:?} | {fault:?} | {runs} |", kind.name());
        is_done_once(&desk, &run, number, &format!("{step:?} {fault:?}"));
    }
}

fn kills_of(kind: Kind) {
    let desk = Desk::new(kind);
    println!("| forge | killed | runs after it |\n|---|---|---|");
    for &(name, step, fault) in KILLS {
        let (typed, number) = desk.ticket();
        desk.there.fail(step, fault);
        let command = &mut desk.command(&["run", &typed, "--mode", "pr"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        desk.there.wait_held();
        child.kill().unwrap();
        child.wait().unwrap();
        let (run, runs) = desk.until_done(&["run", &typed, "--mode", "pr"]);
        println!("| {} | {name} | {runs} |", kind.name());
        is_done_once(&desk, &run, number, name);
    }
}

#[test]
fn whatever_a_forge_loses_there_is_one_of_each() {
    forges().for_each(faults_of);
}

#[test]
fn wherever_it_is_killed_outside_there_is_one_of_each() {
    forges().for_each(kills_of);
}

/// A push whose end nobody heard of: the branch is there, and nothing here says so.
#[test]
fn a_branch_that_is_there_already_is_taken_for_pushed() {
    let desk = Desk::new(Kind::GitHub);
    let (typed, number) = desk.ticket();
    desk.there.fail(Step::Find, Fault::HoldBefore);
    let command = &mut desk.command(&["run", &typed, "--mode", "pr"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    desk.there.wait_held();
    child.kill().unwrap();
    child.wait().unwrap();
    let seen = desk.repo.git(&["for-each-ref", "--format=%(refname)", "refs/remotes/origin/prode"]);
    desk.repo.git(&["update-ref", "-d", seen.trim()]);
    // The record that it was pushed is lost as well, and what follows it.
    let store = desk.repo.path().join(".git").join(prode::store::PLACE);
    let file = rusqlite::Connection::open(store).unwrap();
    let last = "run = (SELECT max(run) FROM event)";
    let sql = format!(
        "DELETE FROM event WHERE {last} AND number > (SELECT max(number) - 2 FROM event WHERE {last})"
    );
    assert_eq!(file.execute(&sql, ()).unwrap(), 2);
    drop(file);
    let (run, _) = desk.until_done(&["run", &typed, "--mode", "pr"]);
    is_done_once(&desk, &run, number, "a push that nobody heard of");
}

#[test]
fn what_was_typed_never_drives_a_run_of_another_mode_and_a_freeze_ends_it() {
    let desk = Desk::new(Kind::GitHub);
    let (typed, _) = desk.ticket();
    desk.there.fail(Step::Create, Fault::HoldBefore);
    let command = &mut desk.command(&["run", &typed, "--mode", "pr"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    desk.there.wait_held();
    child.kill().unwrap();
    child.wait().unwrap();
    sleep(Duration::from_secs(6));
    let (_, code, said) = desk.says(&["run", &typed]);
    assert!(code == 3 && said.contains("goes on in mode 'pr'"), "{code}: {said}");
    desk.repo.prode(&["triage", "freeze", "on", "--why", "the forge is moved"]).ok();
    let (_, code, said) = desk.says(&["run", &typed, "--mode", "pr"]);
    assert!(code != 0 && said.contains("frozen"), "{code}: {said}");
    assert!(desk.there.world().pulls.is_empty());
    desk.repo.prode(&["triage", "freeze", "off"]).ok();
    let (run, _) = desk.until_done(&["run", &typed, "--mode", "pr"]);
    assert_eq!(run["phase"], "await-merge");
}

#[test]
fn wherever_it_is_killed_here_there_is_one_of_each() {
    let desk = Desk::new(Kind::GitHub);
    for (name, place) in KILLS_HERE {
        // The first time that it comes by it waits to be killed.
        let here = desk.repo.home().join(format!("here-{place}"));
        let waits = format!("[ -e {0} ] || {{ touch {0}; sleep 30; }}", here.display());
        desk.coder(
            &if *place == "coder" { format!("{waits}\n{MENDING}") } else { MENDING.to_owned() },
            &reply(),
        );
        if *place == "check" {
            let check = desk.program("check", &format!("{waits}\nsh check.sh"));
            desk.settings(&format!(
                "triage: {{verify: ['{check}'], window: {{after: 10m}}}}\nlease: 1\n"
            ));
        }
        if *place == "reviewer" {
            desk.program("reviewer", &format!("{waits}\necho '{REVIEW}'"));
        }
        let (typed, number) = desk.ticket();
        let command =
            &mut desk.command(&["--config", "coder.time=20", "run", &typed, "--mode", "pr"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        for _ in 0..1_500 {
            if here.exists() {
                break;
            }
            sleep(Duration::from_millis(20));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(here.exists(), "{name}: it never came there");
        // A worker that may take so long is waited for as long.
        let mut done = None;
        for _ in 0..60 {
            match desk.says(&["run", &typed, "--mode", "pr"]) {
                (run, 0, _) => {
                    done = Some(run);
                    break;
                }
                (_, code, said) => assert_eq!(code, 3, "{said}"),
            }
            sleep(Duration::from_millis(500));
        }
        println!("| {name} |");
        is_done_once(&desk, &done.expect("its lease ends"), number, name);
    }
}

const REVIEW: &str = r#"{"schema":"prode.review/v1","answers":[
{"question":"apis-exist","answer":"yes","why":"seen"},
{"question":"errors-handled","answer":"yes","why":"seen"},
{"question":"matches-reference","answer":"yes","why":"seen"},
{"question":"verification-run","answer":"yes","why":"seen"},
{"question":"commits-atomic","answer":"yes","why":"seen"},
{"question":"tests-behaviour","answer":"yes","why":"seen"}]}"#;
