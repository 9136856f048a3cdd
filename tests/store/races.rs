//! Batches of one run that wait for its row at the same time.

use std::thread;

use prode::canonical;
use prode::store::{Batch, Store, StoreError};

use super::servers::Base;
use super::{append, bytes, run_id, take};

#[test]
fn of_two_batches_that_waited_for_one_row_one_is_kept_whole() {
    let Some(base) = Base::shared() else { return };
    let lease = take(&mut base.open(), "ENG-1", "a", 0, 1);
    append(&mut base.open(), &lease, 0, &["begun"]).unwrap();
    let (other, watch) = (base.sql(), base.sql());
    other.run("BEGIN; SELECT 1 FROM prode.run FOR UPDATE");
    let waiting = ["one", "two"].map(|name| {
        let (mut store, lease) = (base.open(), lease.clone());
        thread::spawn(move || {
            let (events, artifacts) = (bytes(&[name]), bytes(&[&format!("kept by {name}")]));
            let batch = Batch { first: 1, events: &events, artifacts: &artifacts, closes: false };
            (name, store.append(&lease, &batch))
        })
    });
    let waits = "SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while watch.run(waits).len() < 2 && waiting.iter().all(|it| !it.is_finished()) {
        thread::yield_now();
    }
    // Both looked for the next number before either may write.
    other.run("COMMIT");
    let done = waiting.map(|it| it.join().unwrap());
    let kept: Vec<&str> = done.iter().filter(|it| it.1.is_ok()).map(|it| it.0).collect();
    let [winner] = kept.as_slice() else { panic!("{done:?}") };
    let refused = done.iter().find_map(|it| it.1.as_ref().err());
    let is_second =
        |it: &StoreError| matches!(it, StoreError::OutOfOrder { next: 2, first: 1, .. });
    assert!(refused.is_some_and(is_second), "{done:?}");
    let store = base.open();
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["begun", winner]));
    for name in ["one", "two"] {
        let artifact = store.artifact(&canonical::digest(format!("kept by {name}").as_bytes()));
        assert_eq!(artifact.unwrap().is_some(), name == *winner, "{name}");
    }
}

#[test]
fn what_a_newer_store_would_not_take_is_not_put_into_it() {
    let Some(base) = Base::shared() else { return };
    let mut store = base.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    append(&mut store, &lease, 0, &["one"]).unwrap();
    base.sql().run("UPDATE prode.store SET version = 99");
    let refused = append(&mut store, &lease, 1, &["two"]);
    assert!(matches!(refused, Err(StoreError::Newer { found: 99, .. })), "{refused:?}");
    assert_eq!(base.sql().run("SELECT count(*) FROM prode.event"), ["1"]);
    base.sql().run("UPDATE prode.store SET version = 2");
    append(&mut store, &lease, 1, &["two"]).unwrap();
}
