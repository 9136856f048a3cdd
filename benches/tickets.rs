//! What 500 tickets take that one process works on, one after the other: time
//! for each event beside a bare transaction of SQLite, and the process's memory.
//!
//! Arguments: a folder on the disk that is measured, and how many tickets (500).
//! The repository, its settings and its store are made there. Two specialists are
//! handed in and `release` is asked; nothing is started. Prints, a line each,
//! microseconds of an event and of a bare transaction of as many bytes, quartiles
//! over the tickets; the ratio of their medians; and KiB of memory after a fifth,
//! three fifths and all of the tickets.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement, run by hand"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use prode::clock::Clock;
use prode::config::{Environment, Platform};
use prode::ops::triage::{self, Given};
use prode::store::{SqliteStore, Store};
use prode::workspace::{Options, Workspace};
use rusqlite::{Connection, TransactionBehavior};

const PAGE: &str = include_str!("../src/ops/triage/examples/backend-500/memory/checkout-errors.md");
const TICKET: &str = include_str!("../src/ops/triage/examples/backend-500/ticket.json");
const ANSWERS: [(&str, &str); 2] = [
    ("aws", include_str!("../src/ops/triage/examples/backend-500/outputs/aws.json")),
    ("sentry", include_str!("../src/ops/triage/examples/backend-500/outputs/sentry.json")),
];

fn main() {
    let mut words = std::env::args().filter(|it| it != "--bench").skip(1);
    let Some(folder) = words.next().map(PathBuf::from) else {
        println!("nowhere to write; see benches/run tickets");
        return;
    };
    let tickets: usize = words.next().map_or(500, |it| it.parse().unwrap());
    let workspace = laid_out(&folder.join("repository"));
    let mut bare = bare(&folder.join("bare.sqlite"));
    let (mut events, mut transactions) = (Vec::new(), Vec::new());
    for number in 0..tickets {
        let begun = Instant::now();
        work(&workspace, number);
        let taken = micros(begun);
        let (count, bytes) = written(&workspace, number);
        events.push(taken / count as f64);
        transactions.push(insert(&mut bare, number, count, bytes));
        if [tickets / 5, tickets * 3 / 5, tickets].contains(&(number + 1)) {
            println!("memory_kib_after_{} {}", number + 1, resident());
        }
    }
    tell("event_us", &mut events);
    tell("bare_us", &mut transactions);
    println!("ratio {:.2}", events[tickets / 2] / transactions[tickets / 2]);
}

fn micros(begun: Instant) -> f64 {
    begun.elapsed().as_nanos() as f64 / 1000.0
}

fn tell(name: &str, values: &mut [f64]) {
    values.sort_by(f64::total_cmp);
    let at = |share: usize| values[values.len() * share / 4];
    println!("{name} {:.0} {:.0} {:.0}", at(1), at(2), at(3));
}

/// A repository with the page of the example `backend-500`.
fn laid_out(folder: &Path) -> Workspace {
    std::fs::create_dir_all(folder.join("wiki")).unwrap();
    std::fs::write(folder.join("wiki/checkout-errors.md"), PAGE).unwrap();
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["add", "-A"]);
    git(folder, &[&who[..], &["commit", "-q", "-m", "page"]].concat());
    Workspace::open(Options {
        repo: Some(folder.to_owned()),
        current: folder.to_owned(),
        overrides: Vec::new(),
        environment: Environment::of(Platform::Unix, []),
        clock: Clock::system(),
    })
    .unwrap()
}

fn git(folder: &Path, words: &[&str]) {
    let done = Command::new("git").args(words).current_dir(folder).status().unwrap();
    assert!(done.success());
}

/// Works on a ticket of its own name until its run rests.
fn work(workspace: &Workspace, number: usize) {
    let text = TICKET.replace("ENG-1423", &format!("ENG-{}", 100_000 + number));
    let answers: BTreeMap<String, String> =
        ANSWERS.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let ticket = Given::Text { text, source: "file".to_owned() };
    let options = triage::Options { ticket, mode: None, answers };
    let mut rests = false;
    triage::run(workspace, &options, &mut |run| {
        rests = run.decision.is_some();
        true
    })
    .unwrap();
    assert!(rests);
}

/// How many events the newest run has, and the bytes of them and what they keep.
fn written(workspace: &Workspace, number: usize) -> (usize, usize) {
    let path = workspace.folder().unwrap().join(".git").join(prode::store::PLACE);
    let store = SqliteStore::open(&path, [1; 32]).unwrap();
    let name = format!("ENG-{}", 100_000 + number);
    let row = store.runs().unwrap().into_iter().find(|it| it.ticket == name).unwrap();
    let events = store.events(&row.run).unwrap();
    let bytes = events.iter().map(Vec::len).sum();
    (events.len(), bytes)
}

fn bare(path: &Path) -> Connection {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
        CREATE TABLE event (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
    )
    .unwrap();
    file
}

/// Microseconds of a transaction, over as many as the run had events.
fn insert(file: &mut Connection, ticket: usize, count: usize, bytes: usize) -> f64 {
    let begun = Instant::now();
    for event in 0..count {
        let turn = file.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        let number = i64::try_from(ticket * 1_000 + event).unwrap();
        turn.execute("INSERT INTO event VALUES (?1, ?2)", (number, vec![7_u8; bytes / count]))
            .unwrap();
        turn.commit().unwrap();
    }
    micros(begun) / count as f64
}

/// KiB of memory that is resident; 0 where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
