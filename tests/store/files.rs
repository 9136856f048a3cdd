//! What is no store, or one no longer, is told and left as it is.

use std::fs;
use std::path::Path;

use prode::canonical::digest;
use prode::hint::{ErrorKind, Helpful};
use prode::store::{Batch, SqliteStore, Store, StoreError};

use super::{Home, SEED, append, bytes, is_sound, minute, run_id, take};

fn refused(path: &Path) -> StoreError {
    let error = SqliteStore::open(path, SEED).err().expect("it is refused");
    let again = SqliteStore::existing(path).err().expect("it is refused");
    assert_eq!(error.to_string(), again.to_string());
    error
}

#[test]
fn a_store_outlives_its_value() {
    let home = Home::new();
    assert!(SqliteStore::existing(&home.path()).unwrap().is_none());
    assert!(!home.path().parent().unwrap().exists(), "asking makes nothing");
    let mut store = home.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    append(&mut store, &lease, 0, &["one"]).unwrap();
    drop(store);
    let store = SqliteStore::open(&home.path(), [9; 32]).unwrap();
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["one"]));
    assert_eq!(store.key(), SEED, "a seed makes a key only once");
    let names: Vec<_> = home.path().parent().unwrap().read_dir().unwrap().collect();
    assert!(names.len() <= 3, "nothing is left of the making: {names:?}");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_look_into_it() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let mut store = home.open();
    take(&mut store, "ENG-1", "a", 0, 1);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = home.path().parent().unwrap().to_owned();
    assert_eq!(mode(&folder), 0o700);
    let mut files = 0;
    for entry in folder.read_dir().unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
        files += 1;
    }
    assert_eq!(files, 3, "the file, its log, and the log's index");
    let shared = folder.parent().unwrap();
    assert_eq!(mode(shared) & 0o500, 0o500, "the folders above are made as usual");
}

#[test]
fn the_settings_that_durability_stands_on_are_on() {
    let home = Home::new();
    drop(home.open());
    let file = rusqlite::Connection::open(home.path()).unwrap();
    let ask = |name: &str| -> String {
        file.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| format!("{value:?}"))
            .unwrap()
    };
    assert_eq!(ask("journal_mode"), "Text(\"wal\")");
    assert_eq!(ask("application_id"), format!("Integer({})", 0x7072_6f64));
}

#[test]
fn what_is_no_store_is_left_as_it_is() {
    let home = Home::new();
    let path = home.path();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let other = |sql: &str| {
        fs::remove_file(&path).ok();
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        fs::read(&path).unwrap()
    };
    let foreign = other("CREATE TABLE x (y); PRAGMA application_id = 5");
    for content in [b"no database, but long enough to be looked at\n".repeat(30), foreign] {
        fs::write(&path, &content).unwrap();
        let error = refused(&path);
        let told = format!("'{}' is no store of runs: ", path.display());
        assert!(error.to_string().starts_with(&told), "{error}");
        assert_eq!(error.kind(), ErrorKind::Invalid);
        let hint = format!("mv '{0}' '{0}.old'", path.display());
        assert!(error.hints()[0].ends_with(&hint));
        assert!(fs::read(&path).unwrap() == content);
    }
    fs::write(&path, "").unwrap();
    assert!(refused(&path).to_string().ends_with(": it is empty"));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(refused(&path).to_string().ends_with(": it is not a regular file"));
}

#[test]
fn a_store_of_a_newer_version_is_refused_unchanged() {
    let home = Home::new();
    drop(home.open());
    let path = home.path();
    let file = rusqlite::Connection::open(&path).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    drop(file);
    let before = fs::read(&path).unwrap();
    let error = refused(&path);
    let told = format!("the store '{}' has version 99, and this prode knows up to", path.display());
    assert!(error.to_string().starts_with(&told), "{error}");
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert!(error.hints()[0].contains("as new as the one that wrote it"));
    assert!(fs::read(&path).unwrap() == before);
}

#[test]
fn a_store_that_became_newer_meanwhile_is_not_written_to() {
    let home = Home::new();
    let mut store = home.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    let newer = rusqlite::Connection::open(home.path()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let error = append(&mut store, &lease, 0, &["one"]).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error:?}");
    assert!(store.events(&run_id(1)).unwrap().is_empty());
}

#[test]
fn a_file_cut_short_is_told_and_gives_out_nothing_wrong() {
    let home = Home::new();
    let mut store = home.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    append(&mut store, &lease, 0, &["x".repeat(50_000).as_str()]).unwrap();
    drop(store);
    let whole = fs::read(home.path()).unwrap();
    for length in [1, 50, 99, 100, 512, 4095, 4096, 10_000, whole.len() / 2, whole.len() - 4096] {
        fs::write(home.path(), &whole[..length]).unwrap();
        let error = refused(&home.path());
        assert_eq!(error.kind(), ErrorKind::Invalid, "{length}: {error}");
        let told = matches!(error, StoreError::Damaged { .. });
        assert!(told || length < 100, "{length} bytes and the head of a store: {error}");
        assert!(fs::read(home.path()).unwrap() == whole[..length], "{length}");
    }
    // A page that is only begun is not looked at before it is needed.
    for missing in [1, 4000] {
        fs::write(home.path(), &whole[..whole.len() - missing]).unwrap();
        let error = home.open().events(&run_id(1)).unwrap_err();
        assert!(error.to_string().ends_with("is damaged: its end is missing"), "{error}");
    }
    fs::write(home.path(), &whole).unwrap();
    assert_eq!(home.open().events(&run_id(1)).unwrap().len(), 1);
}

#[test]
fn what_was_altered_is_not_handed_out() {
    let home = Home::new();
    let mut store = home.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    let (events, artifacts) = (bytes(&["one", "two"]), bytes(&["right"]));
    let batch = Batch { events: &events, artifacts: &artifacts, ..Batch::default() };
    store.append(&lease, &batch).unwrap();
    let file = rusqlite::Connection::open(home.path()).unwrap();
    let sql = "UPDATE artifact SET bytes = x'00'; UPDATE event SET bytes = x'00' WHERE number = 1";
    file.execute_batch(sql).unwrap();
    let told = |what: &str, kept: &[u8]| {
        let [kept, found] = [kept, &[0]].map(digest);
        format!("{what} was altered: its digest is '{kept}', and what lies there has '{found}'")
    };
    let error = store.artifact(&digest(b"right")).unwrap_err();
    assert_eq!(error.to_string(), told("the artifact", b"right"));
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let error = store.events(&run_id(1)).unwrap_err();
    assert_eq!(error.to_string(), told("event 1 of run 'R-20261126-000001'", b"two"));
}

#[test]
fn a_row_that_was_never_written_so_is_damage() {
    let home = Home::new();
    let mut store = home.open();
    take(&mut store, "ENG-1", "a", 0, 1);
    let file = rusqlite::Connection::open(home.path()).unwrap();
    file.execute("UPDATE run SET until = 'tomorrow'", ()).unwrap();
    let error = store.runs().unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_to_a_file_that_was_removed() {
    let home = Home::new();
    let mut store = home.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    let folder = home.path().parent().unwrap().to_owned();
    fs::remove_dir_all(&folder).unwrap();
    let gone = |done: Result<(), StoreError>| {
        let error = done.unwrap_err();
        let path = home.path();
        let told =
            format!("the store '{}' was moved or removed while it was in use", path.display());
        assert_eq!(error.to_string(), told);
        assert_eq!(error.kind(), ErrorKind::Conflict);
    };
    gone(append(&mut store, &lease, 0, &["lost"]));
    let mut new = home.open();
    gone(store.renew(&lease, minute(1), minute(20)).map(|_| ()));
    take(&mut new, "ENG-1", "b", 0, 2);
    drop((store, new));
    assert!(is_sound(&home.path()));
}
