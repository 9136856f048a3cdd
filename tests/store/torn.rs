//! A write to the log that did not get to the disk whole.

use std::fs;
use std::path::{Path, PathBuf};

use prode::store::{Batch, SqliteStore, Store};

use super::{Home, bytes, run_id, take};
use crate::support::rounds;

/// Bytes of a frame: its head and one page.
const FRAME: usize = 24 + 4096;

/// A store's file and its log after each of some batches.
struct Written {
    file: Vec<u8>,
    log: Vec<u8>,
    /// How long the log was before the last batch.
    before: usize,
}

const EVENTS: [&str; 4] = ["one", "two", "three", "four"];

fn written() -> Written {
    let home = Home::new();
    let mut store = home.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    let mut before = 0;
    for (first, event) in (0..).zip(EVENTS) {
        before = fs::read(log(&home.path())).unwrap().len();
        let (events, artifacts) = (bytes(&[event]), [event.repeat(500).into_bytes()]);
        let batch = Batch { first, events: &events, artifacts: &artifacts, closes: false };
        store.append(&lease, &batch).unwrap();
    }
    // Copied while it is open, as a crash would leave them.
    let (file, log) = (fs::read(home.path()).unwrap(), fs::read(log(&home.path())).unwrap());
    Written { file, log, before }
}

fn log(path: &Path) -> PathBuf {
    path.with_extension("sqlite-wal")
}

/// What a store of these files holds.
fn events(file: &[u8], log_bytes: &[u8]) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("runs.sqlite");
    fs::write(&path, file).unwrap();
    fs::write(log(&path), log_bytes).unwrap();
    let store = SqliteStore::existing(&path).unwrap().unwrap();
    store.events(&run_id(1)).unwrap()
}

#[test]
fn the_last_frame_cut_anywhere_takes_its_batch_and_no_other() {
    let Written { file, log, before } = written();
    assert!(log.len() >= before + FRAME && (log.len() - before) % FRAME == 0, "whole frames");
    let offsets = log.len() - FRAME..log.len();
    let step = (FRAME / rounds("STORE_CUTS", 80)).max(1);
    let mut cuts = 0;
    for cut in offsets.step_by(step).chain([log.len() - 1]) {
        assert_eq!(events(&file, &log[..cut]), bytes(&EVENTS[..3]), "cut at {cut}");
        cuts += 1;
    }
    assert_eq!(events(&file, &log), bytes(&EVENTS));
    eprintln!(
        "{cuts} cuts of the last of {} frames: the batches before are there",
        log.len() / FRAME
    );
}

#[test]
fn the_log_cut_between_batches_holds_those_before() {
    let Written { file, log, before } = written();
    let mut seen = 0;
    for cut in (before..=log.len()).step_by(FRAME) {
        let there = events(&file, &log[..cut]);
        assert_eq!(there, bytes(&EVENTS[..there.len()]));
        assert!(there.len() >= seen, "more of the log is no less of the store");
        seen = there.len();
    }
    assert_eq!(seen, 4);
}

#[test]
fn a_byte_of_the_last_batch_that_is_wrong_takes_the_batch() {
    let Written { file, log, before } = written();
    for at in (before..log.len()).step_by(601) {
        let mut wrong = log.clone();
        wrong[at] ^= 0x40;
        assert_eq!(events(&file, &wrong), bytes(&EVENTS[..3]), "wrong at {at}");
    }
}
