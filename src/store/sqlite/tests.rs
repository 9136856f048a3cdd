//! What the outside does to a file, played on the connection itself.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

use super::SqliteStore;
use crate::hint::{ErrorKind, Helpful};
use crate::run_id::RunId;
use crate::store::{Ask, Batch, Claim, Lease, Store, StoreError};

struct Opened {
    folder: tempfile::TempDir,
    store: SqliteStore,
    lease: Lease,
}

impl Opened {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = SqliteStore::open(&folder.path().join("s/runs.sqlite"), [1; 32]).unwrap();
        let fresh: RunId = "R-20261126-000001".parse().unwrap();
        let (now, until) = (Timestamp::UNIX_EPOCH, Timestamp::MAX);
        let ask = Ask { ticket: "ENG-1", worker: "a", now, until, fresh: &fresh, once: false };
        let Claim::Taken(lease) = store.claim(&ask).unwrap() else { panic!("it is new") };
        Self { folder, store, lease }
    }

    fn append(&mut self, first: u64, size: usize) -> Result<(), StoreError> {
        let events = [vec![b'x'; size]];
        self.store.append(&self.lease, &Batch { first, events: &events, ..Batch::default() })
    }

    /// What an append is refused with, shown with the place of its folder.
    fn refused(&mut self, size: usize) -> (StoreError, String) {
        let error = self.append(1, size).unwrap_err();
        let folder = self.folder.path().display().to_string();
        let told = error.to_string().replace(&folder, "…");
        (error, told)
    }
}

#[test]
fn the_durable_settings_are_on() {
    let opened = Opened::new();
    let ask = |name| -> i64 {
        opened.store.connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
    };
    // FULL is 2.
    assert_eq!([ask("synchronous"), ask("foreign_keys"), ask("fullfsync")], [2, 1, 1]);
    assert_eq!(ask("busy_timeout"), 10_000);
}

#[test]
fn a_full_disk_takes_nothing_and_loses_nothing() {
    let mut opened = Opened::new();
    opened.append(0, 10).unwrap();
    let pages: i64 =
        opened.store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    opened.store.connection.pragma_update(None, "max_page_count", pages + 2).unwrap();
    let (error, told) = opened.refused(100_000);
    assert_eq!(told, "the store '…/s/runs.sqlite' cannot grow: the disk is full");
    assert_eq!(error.kind(), ErrorKind::Io);
    assert_eq!(error.hints(), ["nothing was lost; make room and run it again"]);
    assert_eq!(opened.store.events(&opened.lease.run).unwrap().len(), 1);
    opened.store.connection.pragma_update(None, "max_page_count", 1_000_000).unwrap();
    opened.append(1, 100_000).unwrap();
}

#[test]
fn a_store_that_may_not_be_written_says_so() {
    let mut opened = Opened::new();
    opened.append(0, 10).unwrap();
    opened.store.connection.pragma_update(None, "query_only", true).unwrap();
    let (error, told) = opened.refused(10);
    assert_eq!(
        told,
        "the store '…/s/runs.sqlite' cannot be written: its file or folder does not allow it"
    );
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.hints()[0].starts_with("who may write there: ls -ld '"));
}

#[test]
fn who_waits_too_long_for_a_turn_is_told_and_readers_never_wait() {
    let mut opened = Opened::new();
    opened.append(0, 10).unwrap();
    let mut other = Connection::open(opened.folder.path().join("s/runs.sqlite")).unwrap();
    let turn = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    opened.store.connection.busy_timeout(Duration::from_millis(20)).unwrap();
    let (error, told) = opened.refused(10);
    assert_eq!(told, "the store '…/s/runs.sqlite' is locked by another process");
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(error.hints(), ["nothing was written; run it again"]);
    assert_eq!(opened.store.events(&opened.lease.run).unwrap().len(), 1);
    drop(turn);
    opened.append(1, 10).unwrap();
}
