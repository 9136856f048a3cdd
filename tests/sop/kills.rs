//! `kill -9` before an event is on the disk, and the same command again: the
//! event is there once, and so is everything before it.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::{House, PLACE};

/// Never ends.
const ENDLESS: &str = "CREATE VIEW endless AS
    WITH RECURSIVE number(it) AS (VALUES (1) UNION ALL SELECT it + 1 FROM number)
    SELECT it FROM number";

/// Longer than a killed command is in anybody's way.
const LEASE: Duration = Duration::from_secs(7);

fn file(house: &House) -> Connection {
    let file = Connection::open(house.repo.path().join(".git").join(prode::store::PLACE)).unwrap();
    file.busy_timeout(Duration::from_secs(10)).unwrap();
    file
}

fn count(file: &Connection) -> usize {
    file.query_one("SELECT count(*) FROM event", (), |row| row.get(0)).unwrap()
}

/// Starts a command whose next event is never written, and kills it at that.
fn killed(house: &House, args: &[&str]) {
    let file = file(house);
    file.execute_batch(ENDLESS).unwrap();
    let hold = "CREATE TRIGGER hold BEFORE INSERT ON event BEGIN SELECT count(*) FROM endless; END";
    file.execute_batch(hold).unwrap();
    let mut command = house.repo.prode_command();
    command.args(["triage", "sop"]).args(args).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    file.busy_timeout(Duration::ZERO).unwrap();
    let (begun, mut held) = (Instant::now(), 0);
    while held < 10 {
        assert!(begun.elapsed() < Duration::from_mins(2));
        thread::sleep(Duration::from_millis(5));
        held = if file.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_err() { held + 1 } else { 0 };
    }
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "it was killed at work");
    file.busy_timeout(Duration::from_secs(10)).unwrap();
    file.execute_batch("DROP TRIGGER hold; DROP VIEW endless").unwrap();
}

#[test]
fn killed_between_any_two_events_of_a_walk_the_same_command_goes_on() {
    let house = House::new();
    house.repo.prode(&["triage", "freeze", "off"]).ok();
    house.repo.write("out.txt", "raised\n");
    killed(&house, &["start", PLACE]);
    assert_eq!(count(&file(&house)), 0);
    house.start(&[PLACE]).fails(3).warns("works on run");
    thread::sleep(LEASE);
    let run = house.opened();
    let go = ["start", "--run", &run, "--decide", "go", "--why", "fine", "--by", "@lead"];
    let done = ["start", "--run", &run, "--done", "1", "--output", "out.txt"];
    for (events, args) in [(1, &go[..]), (2, &done[..]), (3, &go[..]), (4, &go[..]), (5, &go[..])] {
        assert_eq!(count(&file(&house)), events);
        killed(&house, args);
        assert_eq!(count(&file(&house)), events, "nothing of it is there");
        thread::sleep(LEASE);
        house.sop(args).ok();
    }
    assert_eq!(house.start(&["--run", &run]).ok().json()["status"], "done");
}

#[test]
fn a_capture_that_was_killed_lost_no_answer_that_was_kept() {
    let house = House::new();
    let answer = |key: &str| {
        vec![
            "capture".to_owned(),
            "--title".to_owned(),
            "Drain it".to_owned(),
            "--answer".to_owned(),
            format!("{key}=said"),
        ]
    };
    let args = |key: &str| answer(key);
    let first = args("when");
    house.sop(&first.iter().map(String::as_str).collect::<Vec<_>>()).ok();
    let second = args("why");
    let second: Vec<&str> = second.iter().map(String::as_str).collect();
    killed(&house, &second);
    thread::sleep(LEASE);
    let json = [&second[..], &["--json"]].concat();
    let captured = house.sop(&json).ok().json();
    assert_eq!(captured["answered"], serde_json::json!(["when", "why"]));
    assert_eq!(count(&file(&house)), 3);
    let propose = ["capture", "--title", "Drain it", "--propose", "--json"];
    killed(&house, &propose);
    thread::sleep(LEASE);
    let again = house.sop(&propose).ok().json();
    assert_eq!(again["proposal"]["status"], "unchanged", "the branch was there before the kill");
    assert_eq!(house.repo.git(&["branch", "--list", "prode/promote/*"]).lines().count(), 1);
}
