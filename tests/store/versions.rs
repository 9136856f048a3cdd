//! Stores that older versions wrote, each as the dump that `sqlite3 .dump`
//! would give of it. A dump that was released never changes.

use std::fs;
use std::path::Path;

use prode::store::{Freeze, Holder, SqliteStore, Store};

use super::{Home, SEED, append, bytes, is_sound, minute, run_id, take};

/// One row per version, from 1.
const DUMPS: &[&str] = &[include_str!("versions/1.sql")];

fn restore(dump: &str) -> Home {
    let home = Home::new();
    fs::create_dir_all(home.path().parent().unwrap()).unwrap();
    rusqlite::Connection::open(home.path()).unwrap().execute_batch(dump).unwrap();
    home
}

fn version(path: &Path) -> usize {
    let file = rusqlite::Connection::open(path).unwrap();
    file.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn schema(path: &Path) -> Vec<String> {
    let file = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY 1";
    let mut rows = file.prepare(sql).unwrap();
    rows.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// What every dump holds: a closed run, one that is held, an artifact and a freeze.
pub(super) fn holds_what_was_written(store: &dyn Store) {
    assert_eq!(store.key(), std::array::from_fn(|at| u8::try_from(at).unwrap()));
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["{\"end\":1}"]));
    assert_eq!(store.events(&run_id(2)).unwrap(), bytes(&["{\"a\":0}", "{\"a\":1}"]));
    let kept = prode::canonical::digest(b"kept");
    assert_eq!(store.artifact(&kept).unwrap(), Some(b"kept".to_vec()));
    let runs = store.runs().unwrap();
    let told: Vec<_> = runs.iter().map(|it| (&it.run, it.closed, it.attempt)).collect();
    assert_eq!(told, [(&run_id(2), false, 2), (&run_id(1), true, 1)]);
    let holder = Holder { worker: "host-b".to_owned(), until: minute(10) };
    assert_eq!((&runs[0].holder, runs[0].opened), (&Some(holder), minute(0)));
    let freeze = Freeze { who: "ada".to_owned(), why: "incident".to_owned(), at: minute(5) };
    assert_eq!(store.frozen().unwrap(), Some(freeze));
}

#[test]
fn every_version_has_its_dump() {
    let home = Home::new();
    drop(home.open());
    assert_eq!(version(&home.path()), DUMPS.len());
    for (number, dump) in (1..).zip(DUMPS) {
        assert_eq!(version(&restore(dump).path()), number);
    }
}

#[test]
fn a_store_of_any_version_opens_with_all_that_it_held() {
    for dump in DUMPS {
        let home = restore(dump);
        let store = SqliteStore::existing(&home.path()).unwrap().unwrap();
        holds_what_was_written(&store);
    }
}

#[test]
fn a_store_of_any_version_becomes_the_newest_and_goes_on() {
    let fresh = Home::new();
    drop(fresh.open());
    for dump in DUMPS {
        let home = restore(dump);
        let mut store = SqliteStore::open(&home.path(), SEED).unwrap();
        let lease = take(&mut store, "ENG-2", "host-c", 11, 3);
        assert_eq!((&lease.run, lease.attempt, lease.token), (&run_id(2), 3, 4));
        append(&mut store, &lease, 2, &["{\"a\":2}"]).unwrap();
        drop(store);
        assert_eq!(version(&home.path()), DUMPS.len());
        assert_eq!(schema(&home.path()), schema(&fresh.path()));
        assert!(is_sound(&home.path()));
    }
}
