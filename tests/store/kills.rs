//! The program that appends dies at any moment; the next one finds whole
//! batches, and every one that it was told is there.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use prode::canonical::digest;
use prode::store::{Batch, SqliteStore, Store};

use super::{Home, SEED, is_sound, run_id, take};
use crate::support::{Random, rounds};

/// The most events that a batch has.
const MOST: usize = 3;

#[test]
fn after_a_kill_every_acknowledged_batch_is_there_and_none_is_half() {
    append_if_a_child();
    let kills = rounds("STORE_KILLS", 12);
    let home = Home::new();
    let acknowledged = home.folder.path().join("acknowledged");
    let mut random = Random::new(7);
    let (mut told, mut in_flight, mut logs) = (0, 0, 0);
    for number in 0..kills {
        let begun = lines(&acknowledged);
        let test = "store::kills::after_a_kill_every_acknowledged_batch_is_there_and_none_is_half";
        let mut child = child(test, &home.path(), number, &acknowledged);
        until(|| lines(&acknowledged) > begun);
        thread::sleep(Duration::from_micros(u64::try_from(random.below(40_000)).unwrap()));
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().code(), None, "it was killed at work");
        logs += usize::from(fs::metadata(log(&home.path())).is_ok_and(|it| it.len() > 0));
        assert!(is_sound(&home.path()), "kill {number}");
        told = lines(&acknowledged);
        let there = check(&home);
        assert!((told..=told + MOST).contains(&there), "kill {number}: {told} told, {there} there");
        in_flight += usize::from(there > told);
    }
    eprintln!(
        "{kills} kills, {logs} left a log: {told} events acknowledged, none lost, none half; \
        {in_flight} times the batch in flight was there too"
    );
}

/// Every event is the right one, and has its artifact; how many there are.
fn check(home: &Home) -> usize {
    let store = home.open();
    let events = store.events(&run_id(1)).unwrap();
    for (number, event) in events.iter().enumerate() {
        let artifact = artifact(number);
        assert_eq!(event, &self::event(number, &artifact));
        assert_eq!(store.artifact(&digest(&artifact)).unwrap(), Some(artifact));
    }
    events.len()
}

/// Up to some pages long, so that a batch is more than one write.
fn artifact(number: usize) -> Vec<u8> {
    format!("artifact {number} ").repeat(1 + number * 37 % 700).into_bytes()
}

fn event(number: usize, artifact: &[u8]) -> Vec<u8> {
    format!("{number} {}", digest(artifact)).into_bytes()
}

/// In the process that the test runs and kills: never comes back.
#[expect(clippy::disallowed_methods, reason = "a test hands over what to do")]
fn append_if_a_child() {
    let Some(path) = std::env::var_os("PRODE_TEST_STORE") else { return };
    let number: u32 = std::env::var("PRODE_TEST_NUMBER").unwrap().parse().unwrap();
    let acknowledged = std::env::var_os("PRODE_TEST_ACKNOWLEDGED").unwrap();
    let mut acknowledged = OpenOptions::new().append(true).create(true).open(acknowledged).unwrap();
    let mut store = SqliteStore::open(path.as_ref(), SEED).unwrap();
    let lease = take(&mut store, "ENG-1", "a", i64::from(number) * 60, 1 + number);
    let mut first = store.events(&lease.run).unwrap().len();
    // What the killed one was not told is told now.
    tell(&mut acknowledged, first);
    loop {
        let numbers = first..first + 1 + first % MOST;
        let artifacts: Vec<_> = numbers.clone().map(artifact).collect();
        let events: Vec<_> = numbers.clone().zip(&artifacts).map(|(n, it)| event(n, it)).collect();
        let from = u64::try_from(first).unwrap();
        let batch = Batch { first: from, events: &events, artifacts: &artifacts, closes: false };
        store.append(&lease, &batch).unwrap();
        first = numbers.end;
        tell(&mut acknowledged, first);
    }
}

/// Makes the file one byte longer for each event, which a kill cannot take back.
fn tell(acknowledged: &mut File, events: usize) {
    let told = usize::try_from(acknowledged.metadata().unwrap().len()).unwrap();
    acknowledged.write_all(&vec![b'.'; events - told]).unwrap();
}

fn lines(acknowledged: &Path) -> usize {
    fs::metadata(acknowledged).map_or(0, |it| usize::try_from(it.len()).unwrap())
}

fn log(path: &Path) -> std::path::PathBuf {
    path.with_extension("sqlite-wal")
}

#[test]
fn a_store_that_was_being_made_is_whole_or_not_there() {
    make_if_a_child();
    let kills = rounds("STORE_KILLS", 12);
    let home = Home::new();
    let place = |number: usize| home.folder.path().join(format!("{number}/store/runs.sqlite"));
    let mut random = Random::new(11);
    let (mut made, mut left) = (0, 0);
    for number in 0..kills {
        let test = "store::kills::a_store_that_was_being_made_is_whole_or_not_there";
        let folder = home.folder.path();
        let mut child = child(test, folder, made, Path::new(""));
        until(|| place(made + 1).exists());
        thread::sleep(Duration::from_micros(u64::try_from(random.below(20_000)).unwrap()));
        child.kill().unwrap();
        child.wait().unwrap();
        while place(made).exists() {
            assert!(SqliteStore::existing(&place(made)).unwrap().is_some(), "kill {number}");
            assert!(is_sound(&place(made)));
            made += 1;
        }
        left += usize::from(place(made).parent().unwrap().exists());
        SqliteStore::open(&place(made), SEED).unwrap();
    }
    eprintln!("{kills} kills while {made} stores were made, {left} halfway: each is whole or new");
}

#[expect(clippy::disallowed_methods, reason = "a test hands over what to do")]
fn make_if_a_child() {
    let Some(folder) = std::env::var_os("PRODE_TEST_STORE") else { return };
    let number: usize = std::env::var("PRODE_TEST_NUMBER").unwrap().parse().unwrap();
    for number in number.. {
        let path = Path::new(&folder).join(format!("{number}/store/runs.sqlite"));
        SqliteStore::open(&path, SEED).unwrap();
    }
}

fn child(test: &str, store: &Path, number: usize, acknowledged: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env("PRODE_TEST_STORE", store)
        .env("PRODE_TEST_NUMBER", number.to_string())
        .env("PRODE_TEST_ACKNOWLEDGED", acknowledged)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

fn until(done: impl Fn() -> bool) {
    for _ in 0..60_000 {
        if done() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
    panic!("a minute passed, and the child has done nothing");
}
