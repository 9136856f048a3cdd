//! `kill -9` between any two events of a run, and the same command again: one
//! run, a chain that holds, and the bundle of a run that nobody touched.
//!
//! The program is held at an exact place by its own database: a trigger on the
//! next event never ends, so that everything before it is on the disk and
//! nothing of it is.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::{Value, json};

use super::team::Team;
use crate::support::TestRepo;

/// The events that are written at once when a run is opened.
const OPENING: usize = 2;

/// Teams that are killed at the same time.
const AT_ONCE: usize = 4;

/// Never ends.
const ENDLESS: &str = "CREATE VIEW endless AS
    WITH RECURSIVE number(it) AS (VALUES (1) UNION ALL SELECT it + 1 FROM number)
    SELECT it FROM number";

struct Killed {
    boundary: usize,
    /// Events that were there after the kill.
    left: usize,
    attempts: u64,
    events: usize,
    bundle: Value,
    runs: usize,
}

#[test]
fn killed_between_any_two_events_the_same_command_ends_with_the_same_bundle() {
    let team = Team::new();
    let untouched = team.run().ok().json();
    let events = team.events(untouched["run"].as_str().unwrap());
    let boundaries: Vec<usize> = (0..events.len()).collect();
    let killed: Vec<Killed> = thread::scope(|scope| {
        let part = |first: usize| {
            let numbers: Vec<usize> =
                boundaries.iter().copied().skip(first).step_by(AT_ONCE).collect();
            scope.spawn(move || numbers.into_iter().map(kill).collect::<Vec<_>>())
        };
        let parts: Vec<_> = (0..AT_ONCE).map(part).collect();
        parts.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    for it in &killed {
        let what = &events[it.boundary]["event"]["what"];
        println!(
            "killed before event {:>2} ({what}), {} left: attempt {}, {} events in the end",
            it.boundary, it.left, it.attempts, it.events
        );
        let left = if it.boundary < OPENING { 0 } else { it.boundary };
        assert_eq!(it.left, left, "the kill was exact");
        assert_eq!((it.runs, it.attempts), (1, 2), "{what}");
        assert_eq!(it.bundle, untouched["bundle_digest"], "{what}");
    }
    println!(
        "{} boundaries, one run each, every bundle {}",
        killed.len(),
        untouched["bundle_digest"]
    );
    assert_eq!(killed.len(), events.len());
}

fn kill(boundary: usize) -> Killed {
    let team = Team::new();
    let when = format!("BEFORE INSERT ON event WHEN NEW.number = {boundary}");
    let file = hold(&team.repo, &when);
    let child = begin(&team);
    let committed = if boundary < OPENING { 0 } else { boundary };
    until_held(&file, committed);
    end(child);
    let left = count(&file);
    let_go(&file);
    let listed = team.repo.prode(&["triage", "list", "--json"]).ok().json();
    let run = listed["runs"][0]["run"].as_str().unwrap().to_owned();
    if left > 0 {
        team.repo.prode(&["triage", "verify", &run]).ok();
    }
    let ended = again(&team);
    team.repo.prode(&["triage", "verify", &run]).ok();
    assert_eq!(ended["run"], run.as_str());
    let listed = team.repo.prode(&["triage", "list", "--json"]).ok().json();
    Killed {
        boundary,
        left,
        attempts: ended["attempts"].as_u64().unwrap(),
        events: count(&file),
        bundle: ended["bundle_digest"].clone(),
        runs: listed["runs"].as_array().unwrap().len(),
    }
}

/// A store that never lets something happen.
pub(super) fn hold(repo: &TestRepo, when: &str) -> Connection {
    repo.prode(&["triage", "freeze", "off"]).ok();
    let file = Connection::open(repo.path().join(".git").join(prode::store::PLACE)).unwrap();
    file.busy_timeout(Duration::from_secs(10)).unwrap();
    file.execute_batch(ENDLESS).unwrap();
    file.execute_batch(&format!(
        "CREATE TRIGGER hold {when} BEGIN SELECT count(*) FROM endless; END"
    ))
    .unwrap();
    file
}

fn begin(team: &Team) -> Child {
    let mut command = team.repo.prode_command();
    command.args(["triage", "run", "../home/ticket.json", "--json"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Lets everything happen again.
pub(super) fn let_go(file: &Connection) {
    file.execute_batch("DROP TRIGGER hold; DROP VIEW endless").unwrap();
}

/// Waits until so many events are there and the writer keeps the database.
pub(super) fn until_held(file: &Connection, committed: usize) {
    let begun = Instant::now();
    file.busy_timeout(Duration::ZERO).unwrap();
    let mut held = 0;
    while held < 10 {
        assert!(begun.elapsed() < Duration::from_mins(2), "{} events are there", count(file));
        thread::sleep(Duration::from_millis(5));
        let is_free = file.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok();
        let is_there = runs(file) == 1 && count(file) == committed;
        held = if !is_free && is_there { held + 1 } else { 0 };
    }
    file.busy_timeout(Duration::from_secs(10)).unwrap();
}

pub(super) fn end(mut child: Child) {
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "it was killed at work");
}

pub(super) fn count(file: &Connection) -> usize {
    file.query_row("SELECT count(*) FROM event", (), |row| row.get(0)).unwrap()
}

fn runs(file: &Connection) -> usize {
    file.query_row("SELECT count(*) FROM run", (), |row| row.get(0)).unwrap()
}

/// The same command, as soon as the lease of the killed one is over.
fn again(team: &Team) -> Value {
    for _ in 0..100 {
        let run = team.run();
        match run.code() {
            Some(3) => thread::sleep(Duration::from_millis(200)),
            _ => return run.ok().json(),
        }
    }
    panic!("the lease is never over");
}

#[test]
fn killed_after_its_last_event_a_run_is_whole() {
    let team = Team::new();
    let file = hold(&team.repo, "BEFORE UPDATE ON run WHEN OLD.closed = 1");
    let child = begin(&team);
    let begun = Instant::now();
    let is_closed = || {
        file.query_row("SELECT count(*) FROM run WHERE closed = 1", (), |row| row.get::<_, u32>(0))
    };
    while is_closed().unwrap() == 0 {
        assert!(begun.elapsed() < Duration::from_mins(2));
        thread::sleep(Duration::from_millis(5));
    }
    until_held(&file, count(&file));
    end(child);
    let_go(&file);
    let listed = team.repo.prode(&["triage", "list", "--json"]).ok().json();
    let (run, phase) = (&listed["runs"][0]["run"], &listed["runs"][0]["phase"]);
    assert_eq!((phase, &listed["runs"][0]["holder"]), (&json!("closed"), &Value::Null));
    team.repo.prode(&["triage", "verify", run.as_str().unwrap()]).ok();
    let shown = team.repo.prode(&["triage", "show", run.as_str().unwrap(), "--json"]).ok().json();
    assert_eq!(shown["bundle_digest"], Team::new().run().ok().json()["bundle_digest"]);
}

#[test]
fn killed_by_whom_it_asks_it_asks_again() {
    let untouched = Team::new().run().ok().json();
    for name in ["aws", "release", "sentry"] {
        let team = Team::new();
        team.program(
            name,
            "[ -e \"$HOME/killed\" ] || { touch \"$HOME/killed\"; kill -9 $PPID; }; \
            cat > /dev/null; cat \"$HOME/answers/NAME.json\"",
        );
        end_of(begin(&team));
        assert!(team.home("killed").exists(), "it was killed while {name} was asked");
        let ended = again(&team);
        assert_eq!(ended["bundle_digest"], untouched["bundle_digest"], "{name}");
        assert_eq!(ended["attempts"], 2);
        team.repo.prode(&["triage", "verify", ended["run"].as_str().unwrap()]).ok();
        let asked = team.events(ended["run"].as_str().unwrap()).into_iter();
        let asked =
            asked.filter(|it| it["event"]["what"] == "asked" && it["event"]["question"] == name);
        assert_eq!(asked.count(), 2, "{name}: asked, and asked again");
    }
}

fn end_of(mut child: Child) {
    assert_eq!(child.wait().unwrap().code(), None, "it was killed at work");
}

/// What was printed nowhere is not over: a retry meets the same run, and nothing
/// outside is made again.
#[test]
fn a_run_that_nobody_could_read_is_met_again_and_one_that_was_read_is_over() {
    let team = Team::new();
    let mut command = team.repo.prode_command();
    command.args(["triage", "run", "../home/ticket.json", "--json"]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = command.stdout(full).stderr(Stdio::null()).status().unwrap();
    assert_eq!(ended.code(), Some(1), "its answer cannot be written");
    let read = team.run().ok().json();
    assert_eq!((&read["attempts"], &read["phase"]), (&json!(2), &json!("closed")));
    let listed = team.repo.prode(&["triage", "list", "--json"]).ok().json();
    assert_eq!(listed["runs"].as_array().unwrap().len(), 1);
    assert_ne!(team.run().ok().json()["run"], read["run"], "a later wish is another run");
}
