//! What an append to the store of runs takes beside a bare transaction that
//! keeps the same bytes under the same settings: in SQLite, and where a second
//! argument is the address of an empty database, in PostgreSQL.
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
use prode::database::Transport;
use prode::run_id::RunId;
use prode::store::{Ask, Batch, Claim, Lease, PgAddress, PgStore, SqliteStore, Store};
use rusqlite::{Connection, TransactionBehavior};

const ROUNDS: u64 = 1000;

/// Bytes of an event and of an artifact.
const SIZES: [usize; 2] = [600, 3000];

fn main() {
    let mut given = std::env::args().filter(|it| it != "--bench").skip(1);
    let Some(folder) = given.next() else {
        println!("nowhere to write; see benches/run store");
        return;
    };
    let folder = Path::new(&folder);
    let (mut store, lease) = ours(&folder.join("ours/runs.sqlite"));
    let mut bare = bare(&folder.join("bare.sqlite"));
    pairs("", |number| append(&mut store, &lease, number), |number| insert(&mut bare, number));
    if let Some(address) = given.next() {
        let store =
            PgStore::open(&PgAddress::new(&address, None, &Transport::default()).unwrap(), [1; 32]);
        let mut store = store.unwrap();
        let (lease, bare) = (claim(&mut store), Bare::open(&address));
        let ours = |number| append(&mut store, &lease, number);
        pairs("postgres_", ours, |number| bare.insert(number));
    }
}

/// Both, in turns.
fn pairs(name: &str, mut ours: impl FnMut(u64), mut bare: impl FnMut(u64)) {
    let mut times = Vec::new();
    for number in 0..ROUNDS {
        let ours = || time(|| ours(number));
        let bare = || time(|| bare(number));
        // Neither is always the one that comes after the other.
        times.push(if number % 2 == 0 { in_order(ours, bare) } else { swapped(ours, bare) });
    }
    tell(&format!("{name}ours_us"), times.iter().map(|(ours, _)| *ours));
    tell(&format!("{name}bare_us"), times.iter().map(|(_, bare)| *bare));
    tell(&format!("{name}ratio"), times.iter().map(|(ours, bare)| ours / bare));
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
    let lease = claim(&mut store);
    (store, lease)
}

fn claim(store: &mut dyn Store) -> Lease {
    let fresh: RunId = "R-20261126-000001".parse().unwrap();
    let (now, until) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
    let ask = Ask { ticket: "ENG-1", worker: "a", now, until, fresh: &fresh, once: false };
    let Claim::Taken(lease) = store.claim(&ask).unwrap() else { panic!("it is new") };
    lease
}

fn append(store: &mut dyn Store, lease: &Lease, number: u64) {
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

/// A connection that does what must be done, with statements that it keeps.
struct Bare {
    runtime: tokio::runtime::Runtime,
    client: tokio_postgres::Client,
    event: tokio_postgres::Statement,
    artifact: tokio_postgres::Statement,
}

impl Bare {
    fn open(address: &str) -> Self {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_all().build().unwrap();
        let (client, event, artifact) = runtime.block_on(async {
            let (client, connection) =
                tokio_postgres::connect(address, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            let tables = "CREATE TABLE event (number bigint PRIMARY KEY, bytes bytea NOT NULL);
                CREATE TABLE artifact (digest text PRIMARY KEY, bytes bytea NOT NULL)";
            client.batch_execute(tables).await.unwrap();
            let event = client.prepare("INSERT INTO event VALUES ($1, $2)").await.unwrap();
            let artifact = client.prepare("INSERT INTO artifact VALUES ($1, $2)").await.unwrap();
            (client, event, artifact)
        });
        Self { runtime, client, event, artifact }
    }

    fn insert(&self, number: u64) {
        let [event, artifact] = contents(number);
        let number = i64::try_from(number).unwrap();
        self.runtime.block_on(async {
            self.client.batch_execute("BEGIN").await.unwrap();
            self.client.execute(&self.event, &[&number, &event]).await.unwrap();
            self.client.execute(&self.artifact, &[&digest(&artifact), &artifact]).await.unwrap();
            self.client.batch_execute("COMMIT").await.unwrap();
        });
    }
}
