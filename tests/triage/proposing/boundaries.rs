//! `kill -9` before each event of a run that proposes a change, from the ticket to
//! what was learned; the boundaries are those of a run that nobody touched.
//! `PRODE_PROPOSING_BOUNDARIES=100` kills at every one of them.

use std::process::Stdio;
use std::thread;

use serde_json::Value;

use super::super::kills::{count, end, hold, let_go, until_held};
use super::moving::{desk, moves};
use super::{Desk, MENDING, reasons, reply};
use crate::support::forge::{Kind, State};
use crate::support::rounds;

/// The events that are written at once when a run is opened, where moves are listed.
const OPENING: usize = 3;

/// Desks at which somebody is killed at the same time.
const AT_ONCE: usize = 4;

/// What a run that was killed left, once it was done.
struct Left {
    boundary: usize,
    bundle: Value,
    /// Branches, pull requests, comments, learnings, runs, moves of the ticket.
    counts: [usize; 6],
    seen: Value,
}

#[test]
fn killed_before_any_event_there_is_one_of_each_and_the_same_verdict() {
    let desk = desk(Kind::GitHub);
    let (typed, _) = only_ticket(&desk);
    let events = desk.events(&to_the_end(&desk, &typed));
    let asked = rounds("PRODE_PROPOSING_BOUNDARIES", 6).min(events.len());
    let boundaries: Vec<usize> = (0..asked).map(|it| it * events.len() / asked).collect();
    let left: Vec<Left> = thread::scope(|scope| {
        let part = |first: usize| {
            let own: Vec<usize> = boundaries.iter().copied().skip(first).step_by(AT_ONCE).collect();
            let first_part = first_part(&events);
            scope
                .spawn(move || own.into_iter().map(|it| killed(it, first_part)).collect::<Vec<_>>())
        };
        let parts: Vec<_> = (0..AT_ONCE).map(part).collect();
        parts.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    for it in &left {
        let what = &events[it.boundary]["event"]["what"];
        println!("killed before event {:>2} ({what}): {:?} {}", it.boundary, it.counts, it.seen);
        assert_eq!(it.counts, [1, 1, 1, 1, 1, 1], "{what}");
        assert_eq!(it.seen, "confirmed", "{what}");
        assert!(it.bundle.as_str().unwrap().starts_with("sha256:"), "{what}");
    }
    println!("{} of {} boundaries, one of each at every one", left.len(), events.len());
    assert_eq!(left.len(), asked);
}

/// Whoever takes over finds a change of which nothing is said yet.
#[test]
fn killed_before_it_was_turned_back_a_change_that_goes_too_far_stays_so() {
    let desk = || {
        let desk = Desk::new(Kind::GitHub);
        desk.coder(&format!("{MENDING}echo x > package.json"), &reply());
        let (typed, _) = only_ticket(&desk);
        (desk, typed)
    };
    let (whole, typed) = desk();
    let events = whole.events(&whole.run(&typed));
    let boundary = events.iter().position(|it| it["event"]["what"] == "turned-back").unwrap();
    assert_eq!(events[boundary - 1]["event"]["what"], "changed");
    let (killed, typed) = desk();
    let args = ["run", typed.as_str(), "--mode", "pr"];
    kill_at(&killed, &args, boundary);
    let (run, _) = killed.until_done(&args);
    assert!(reasons(&run).contains(&"new-dependency"), "{run}");
    assert!(killed.events(&run).iter().all(|it| it["event"]["what"] != "verified"));
    killed.is_untouched();
    killed.is_sound(&run);
}

/// A ticket of which no run is kept: the dry run that told its window is gone.
fn only_ticket(desk: &Desk) -> (String, u64) {
    let ticket = desk.ticket();
    let store = desk.repo.path().join(".git").join(prode::store::PLACE);
    std::fs::remove_dir_all(store.parent().unwrap()).unwrap();
    ticket
}

/// How many events there are before people decide.
fn first_part(events: &[Value]) -> usize {
    let is_rest = |it: &Value| it["event"]["phase"] == "await-merge";
    events.iter().position(is_rest).unwrap() + 1
}

fn to_the_end(desk: &Desk, typed: &str) -> Value {
    let run = desk.run(typed);
    people_merge(desk);
    desk.resume(&run)
}

fn people_merge(desk: &Desk) {
    desk.decide(State::Merged("1".repeat(40)));
    desk.is_mended();
}

fn killed(boundary: usize, first_part: usize) -> Left {
    let desk = desk(Kind::GitHub);
    let (typed, number) = only_ticket(&desk);
    let run_args = ["run", typed.as_str(), "--mode", "pr"];
    let run = if boundary < first_part {
        kill_at(&desk, &run_args, boundary);
        let (run, _) = desk.until_done(&run_args);
        people_merge(&desk);
        desk.until_done(&["resume", run["run"].as_str().unwrap()]).0
    } else {
        let run = desk.run(&typed);
        people_merge(&desk);
        let args = ["resume", run["run"].as_str().unwrap()];
        kill_at(&desk, &args, boundary);
        desk.until_done(&args).0
    };
    desk.is_sound(&run);
    let branch = format!("prode/run/{}", run["run"].as_str().unwrap());
    let listed = desk.repo.prode(&["triage", "list", "--json"]).ok().json();
    let runs = listed["runs"].as_array().unwrap();
    let moved = moves(&desk, number).len();
    Left {
        boundary,
        bundle: run["bundle_digest"].clone(),
        counts: [
            desk.branches().len(),
            desk.pulls(&branch),
            desk.there.world().said(number).len(),
            desk.learnings().len(),
            runs.len(),
            moved,
        ],
        seen: run["monitor"].clone(),
    }
}

/// Runs a command until it would write that event of its run, and ends it.
fn kill_at(desk: &Desk, args: &[&str], boundary: usize) {
    let file = hold(&desk.repo, &format!("BEFORE INSERT ON event WHEN NEW.number = {boundary}"));
    let mut command = desk.command(args);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until_held(&file, if boundary < OPENING { 0 } else { boundary });
    end(child);
    assert_eq!(count(&file), if boundary < OPENING { 0 } else { boundary }, "the kill was exact");
    let_go(&file);
}
