//! What an append to the store of runs takes beside a bare transaction of
//! SQLite that keeps the same bytes under the same settings.
//!
//! Argument: a folder on the disk that is measured. The two take turns, so that
//! both meet the same disk. Prints, a line each, the quartiles in microseconds
//! and those of the ratio of neighbours.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement, run by hand"
)]

use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use prode::canonical::digest;
use prode::run_id::RunId;
use prode::store::{Ask, Batch, Claim, Lease, SqliteStore, Store};
use rusqlite::{Connection, TransactionBehavior};

const ROUNDS: u64 = 1000;

/// Bytes of an event and of an artifact.
const SIZES: [usize; 2] = [600, 3000];

fn main() {
    let folder = std::env::args().filter(|it| it != "--bench").nth(1);
    let Some(folder) = folder else {
        println!("nowhere to write; see benches/run store");
        return;
    };
    let folder = Path::new(&folder);
    let (mut store, lease) = ours(&folder.join("ours/runs.sqlite"));
    let mut bare = bare(&folder.join("bare.sqlite"));
    let mut times = Vec::new();
    for number in 0..ROUNDS {
        let ours = || time(|| append(&mut store, &lease, number));
        let bare = || time(|| insert(&mut bare, number));
        // Neither is always the one that comes after the other.
        times.push(if number % 2 == 0 { in_order(ours, bare) } else { swapped(ours, bare) });
    }
    tell("ours_us", times.iter().map(|(ours, _)| *ours));
    tell("bare_us", times.iter().map(|(_, bare)| *bare));
    tell("ratio", times.iter().map(|(ours, bare)| ours / bare));
}

fn in_order(a: impl FnOnce() -> f64, b: impl FnOnce() -> f64) -> (f64, f64) {
    (a(), b())
}

fn swapped(a: impl FnOnce() -> f64, b: impl FnOnce() -> f64) -> (f64, f64) {
    let b = b();
    (a(), b)
}

/// Microseconds.
fn time(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_nanos() as f64 / 1000.0
}

fn tell(name: &str, values: impl Iterator<Item = f64>) {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let at = |share: usize| values[values.len() * share / 4];
    println!("{name} {:.2} {:.2} {:.2}", at(1), at(2), at(3));
}

/// Other bytes for each number, as events and artifacts are.
fn contents(number: u64) -> [Vec<u8>; 2] {
    SIZES.map(|size| number.to_le_bytes().into_iter().cycle().take(size).collect())
}

fn ours(path: &Path) -> (SqliteStore, Lease) {
    let mut store = SqliteStore::open(path, [1; 32]).unwrap();
    let fresh: RunId = "R-20261126-000001".parse().unwrap();
    let (now, until) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
    let ask = Ask { ticket: "ENG-1", worker: "a", now, until, fresh: &fresh };
    let Claim::Taken(lease) = store.claim(&ask).unwrap() else { panic!("it is new") };
    (store, lease)
}

fn append(store: &mut SqliteStore, lease: &Lease, number: u64) {
    let [event, artifact] = contents(number);
    let batch =
        Batch { first: number, events: &[event], artifacts: &[artifact], ..Batch::default() };
    store.append(lease, &batch).unwrap();
}

fn bare(path: &Path) -> Connection {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
        PRAGMA foreign_keys = ON;
        CREATE TABLE event (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE artifact (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    )
    .unwrap();
    file
}

fn insert(file: &mut Connection, number: u64) {
    let [event, artifact] = contents(number);
    let turn = file.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    turn.execute("INSERT INTO event VALUES (?1, ?2)", (number, event)).unwrap();
    turn.execute("INSERT INTO artifact VALUES (?1, ?2)", (digest(&artifact), artifact)).unwrap();
    turn.commit().unwrap();
}
