//! The store of runs: one contract for every store, what only a file can
//! suffer, and what only a server on another machine can.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

mod at_once;
mod contract;
#[cfg(unix)]
pub(crate) mod encrypted;
mod files;
#[cfg(unix)]
mod fleet;
#[cfg(unix)]
mod kills;
mod laws;
#[cfg(unix)]
mod outages;
#[cfg(unix)]
mod races;
#[cfg(unix)]
mod servers;
mod torn;
mod versions;

use std::path::{Path, PathBuf};

use jiff::{Timestamp, ToSpan};
use prode::run_id::RunId;
use prode::store::{Ask, Batch, Claim, Lease, SqliteStore, Store};
use tempfile::TempDir;

/// What a key is made of, where a test does not look at it.
const SEED: [u8; 32] = [7; 32];

/// A folder with a place for a store.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("common").join(prode::store::PLACE)
    }

    fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.path(), SEED).unwrap()
    }
}

/// So many minutes after the beginning of all tests.
fn minute(number: i64) -> Timestamp {
    let begin: Timestamp = "2026-11-26T08:00:00Z".parse().unwrap();
    begin + number.minutes()
}

fn run_id(number: u32) -> RunId {
    format!("R-20261126-{number:06x}").parse().unwrap()
}

/// Asks at `now` for ten minutes.
fn ask<'a>(ticket: &'a str, worker: &'a str, now: i64, fresh: &'a RunId) -> Ask<'a> {
    Ask { ticket, worker, now: minute(now), until: minute(now + 10), fresh, once: false }
}

/// The lease of a ticket that nobody has.
fn take(store: &mut dyn Store, ticket: &str, worker: &str, now: i64, fresh: u32) -> Lease {
    match store.claim(&ask(ticket, worker, now, &run_id(fresh))).unwrap() {
        Claim::Taken(lease) => lease,
        other => panic!("{other:?}"),
    }
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Appends events from number `first` on.
fn append(
    store: &mut dyn Store,
    lease: &Lease,
    first: u64,
    events: &[&str],
) -> Result<(), prode::store::StoreError> {
    store.append(lease, &Batch { first, events: &bytes(events), ..Batch::default() })
}

/// Holds a file to what a database says of itself.
fn is_sound(path: &Path) -> bool {
    let file = rusqlite::Connection::open(path).unwrap();
    let integrity: String = file.query_one("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
    let mut orphans = file.prepare("PRAGMA foreign_key_check").unwrap();
    integrity == "ok" && !orphans.exists(()).unwrap()
}
