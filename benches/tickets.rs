//! What 500 tickets take that one process works on, one after the other: time
//! for each event beside the store's own transaction of it, and beside a bare one
//! of SQLite; and the process's memory.
//!
//! Arguments: a folder on the disk that is measured, and how many tickets (500).
//! The repository, its settings and its store are made there. Every ticket and
//! every answer says something that no other does. Two specialists are handed in
//! and `release` is asked; nothing is started. The events and artifacts that a run
//! left are then appended to a store beside it by nothing but its own calls, and as
//! many bytes are inserted into a bare table. Prints, a line each, microseconds of
//! an event in the three, quartiles over the tickets; the ratios of the medians; and
//! KiB of memory after a fifth, three fifths and all of the tickets.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a measurement, run by hand"
)]

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use prode::clock::Clock;
use prode::config::{Environment, Platform};
use prode::ops::triage::{Desk, Given, Options as Wanted};
use prode::run_id::RunId;
use prode::store::{Ask, Batch, Claim, SqliteStore, Store};
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
    let mut beside = SqliteStore::open(&folder.join("beside/runs.sqlite"), [1; 32]).unwrap();
    let mut desk = Desk::at(&workspace);
    let (mut events, mut appends, mut transactions) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..tickets {
        let wanted = ticket(number);
        let begun = Instant::now();
        work(&mut desk, &wanted);
        let taken = micros(begun);
        let written = written(&workspace, number);
        events.push(taken / written.lines.len() as f64);
        appends.push(append(&mut beside, &written));
        transactions.push(insert(&mut bare, number, &written));
        if [tickets / 5, tickets * 3 / 5, tickets].contains(&(number + 1)) {
            println!("memory_kib_after_{} {}", number + 1, resident());
        }
    }
    tell("event_us", &mut events);
    tell("store_us", &mut appends);
    tell("bare_us", &mut transactions);
    let middle = tickets / 2;
    println!("ratio_to_store {:.2}", events[middle] / appends[middle]);
    println!("ratio_to_bare {:.2}", events[middle] / transactions[middle]);
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

/// A ticket of its own name, with words of its own in every text.
fn ticket(number: usize) -> Wanted {
    let own = |text: &str| text.replace("ENG-1423", &name(number));
    let own = |text: &str| own(text).replace(". ", &format!(" (case {number}). "));
    let answers: BTreeMap<String, String> =
        ANSWERS.iter().map(|(name, text)| ((*name).to_owned(), own(text))).collect();
    let ticket = Given::Text { text: own(TICKET), source: "file".to_owned() };
    Wanted { ticket, mode: None, answers, only_answers: false, capture: false }
}

fn name(number: usize) -> String {
    format!("ENG-{}", 100_000 + number)
}

/// Works on a ticket until its run rests.
fn work(desk: &mut Desk<'_>, wanted: &Wanted) {
    let mut rests = false;
    desk.run(wanted, &mut |run| {
        rests = run.decision.is_some();
        true
    })
    .unwrap();
    assert!(rests);
}

/// What a run left.
struct Written {
    run: RunId,
    ticket: String,
    lines: Vec<Vec<u8>>,
    /// What each event keeps beside itself.
    artifacts: Vec<Vec<Vec<u8>>>,
}

impl Written {
    fn bytes(&self) -> usize {
        let artifacts = self.artifacts.iter().flatten().map(Vec::len).sum::<usize>();
        self.lines.iter().map(Vec::len).sum::<usize>() + artifacts
    }
}

/// What the run of a ticket left. An artifact belongs to the event that names it first.
fn written(workspace: &Workspace, number: usize) -> Written {
    let path = workspace.folder().unwrap().join(".git").join(prode::store::PLACE);
    let store = SqliteStore::open(&path, [1; 32]).unwrap();
    let ticket = name(number);
    let row = store.runs().unwrap().into_iter().find(|it| it.ticket == ticket).unwrap();
    let lines = store.events(&row.run).unwrap();
    let mut seen = HashSet::new();
    let artifacts = lines.iter().map(|line| {
        let text = String::from_utf8_lossy(line).into_owned();
        let named = text.match_indices("\"sha256:").filter_map(|(at, _)| text.get(at + 1..at + 72));
        let new: Vec<&str> = named.filter(|digest| seen.insert((*digest).to_owned())).collect();
        new.into_iter().filter_map(|digest| store.artifact(digest).unwrap()).collect()
    });
    let artifacts = artifacts.collect();
    Written { run: row.run, ticket, lines, artifacts }
}

/// Microseconds of an event, where a store is told the same and nothing is worked out.
fn append(store: &mut SqliteStore, written: &Written) -> f64 {
    let begun = Instant::now();
    let now = jiff::Timestamp::now();
    let until = now + jiff::SignedDuration::from_mins(15);
    let ask =
        Ask { ticket: &written.ticket, worker: "w", now, until, fresh: &written.run, once: false };
    let Claim::Taken(lease) = store.claim(&ask).unwrap() else { panic!("it is new") };
    for (first, (line, artifacts)) in (0..).zip(written.lines.iter().zip(&written.artifacts)) {
        let closes = first + 1 == written.lines.len() as u64;
        let batch = Batch { first, events: std::slice::from_ref(line), artifacts, closes };
        store.append(&lease, &batch).unwrap();
    }
    micros(begun) / written.lines.len() as f64
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
fn insert(file: &mut Connection, ticket: usize, written: &Written) -> f64 {
    let (count, bytes) = (written.lines.len(), written.bytes());
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
