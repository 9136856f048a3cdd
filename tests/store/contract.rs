//! What every store keeps to, as functions over any store that is new.
//! To hold another store to it, add a row to [`contract!`].

use prode::canonical::digest;
use prode::hint::{ErrorKind, Helpful};
use prode::run_id::RunId;
use prode::store::{Ask, Batch, Claim, Freeze, Holder, SqliteStore, Store, StoreError};

#[cfg(unix)]
use super::servers::Base;
use super::{Home, SEED, append, ask, bytes, minute, run_id, take};

/// One test per store and promise.
macro_rules! contract {
    ($($promise:ident)*) => {
        mod file {
            $(#[test]
            fn $promise() {
                let home = super::Home::new();
                super::$promise(&mut home.open());
            })*
        }

        mod memory {
            $(#[test]
            fn $promise() {
                let mut store = super::SqliteStore::in_memory(super::SEED).unwrap();
                super::$promise(&mut store);
            })*
        }

        #[cfg(unix)]
        mod postgres {
            $(#[test]
            fn $promise() {
                let Some(base) = super::Base::shared() else { return };
                super::$promise(&mut base.turned());
            })*
        }
    };
}

contract! {
    a_new_ticket_is_a_new_run
    a_held_ticket_is_told_with_its_holder
    a_lease_holds_until_its_end_and_not_longer
    another_worker_goes_on_where_the_last_one_stopped
    a_worker_that_comes_late_is_refused
    a_lease_that_is_over_counts_until_somebody_takes_the_run
    a_renewed_lease_holds_longer
    a_run_that_was_given_back_is_free_at_once
    tokens_grow_over_all_runs
    a_closed_run_takes_nothing_and_its_ticket_gets_another
    a_run_is_resumed_by_its_name_or_not_at_all
    the_name_of_a_new_run_must_be_new
    events_come_back_as_they_went_in
    a_batch_begins_at_the_next_number
    a_refused_batch_leaves_nothing
    a_run_that_is_not_there_is_told_with_the_nearest
    artifacts_are_kept_once_by_their_digest
    runs_are_listed_from_the_newest
    the_key_is_what_the_store_was_made_with
    a_freeze_is_remembered_and_stops_nothing
    a_ticket_that_is_asked_for_once_has_one_run
    times_and_words_are_kept_exactly
}

fn a_new_ticket_is_a_new_run(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    assert_eq!((&lease.run, lease.attempt), (&run_id(1), 1));
    assert_eq!((lease.ticket.as_str(), lease.worker.as_str()), ("ENG-1", "a"));
    assert_eq!(lease.until, minute(10));
    let other = take(store, "ENG-2", "a", 0, 2);
    assert_eq!((&other.run, other.attempt), (&run_id(2), 1));
    assert!(store.events(&other.run).unwrap().is_empty());
}

fn a_ticket_that_is_asked_for_once_has_one_run(store: &mut dyn Store) {
    let asked = |now, fresh| Ask { once: true, ..ask("ENG-1", "a", now, fresh) };
    let (first, other) = (run_id(1), run_id(2));
    let Claim::Taken(lease) = store.claim(&asked(0, &first)).unwrap() else { panic!("it is new") };
    // It is left, and goes on.
    let again = store.claim(&asked(11, &other)).unwrap();
    let Claim::Taken(again) = again else { panic!("{again:?}") };
    assert_eq!((&again.run, again.attempt), (&lease.run, 2));
    let end = Batch { first: 0, events: &bytes(&["end"]), closes: true, ..Batch::default() };
    store.append(&again, &end).unwrap();
    let done = Claim::Done { run: run_id(1) };
    assert_eq!(store.claim(&asked(12, &other)).unwrap(), done);
    take(store, "ENG-2", "a", 12, 3);
    // By hand another one can be had, and is gone on with.
    let by_hand = take(store, "ENG-1", "b", 13, 2);
    assert_eq!(by_hand.run, other);
    let held = store.claim(&asked(14, &run_id(4))).unwrap();
    assert!(matches!(held, Claim::Held { run, .. } if run == other));
}

fn a_held_ticket_is_told_with_its_holder(store: &mut dyn Store) {
    take(store, "ENG-1", "a", 0, 1);
    for worker in ["a", "b"] {
        let held = store.claim(&ask("ENG-1", worker, 5, &run_id(2))).unwrap();
        let holder = Holder { worker: "a".to_owned(), until: minute(10) };
        assert_eq!(held, Claim::Held { run: run_id(1), holder });
    }
    assert_eq!(store.runs().unwrap().len(), 1);
}

fn a_lease_holds_until_its_end_and_not_longer(store: &mut dyn Store) {
    take(store, "ENG-1", "a", 0, 1);
    let almost = minute(10) - jiff::SignedDuration::from_nanos(1);
    let fresh = run_id(2);
    let early = Ask { now: almost, ..ask("ENG-1", "b", 9, &fresh) };
    assert!(matches!(store.claim(&early).unwrap(), Claim::Held { .. }));
    take(store, "ENG-1", "b", 10, 2);
}

fn another_worker_goes_on_where_the_last_one_stopped(store: &mut dyn Store) {
    let first = take(store, "ENG-1", "a", 0, 1);
    append(store, &first, 0, &["one", "two"]).unwrap();
    let second = take(store, "ENG-1", "b", 11, 2);
    assert_eq!((&second.run, second.attempt), (&run_id(1), 2));
    assert!(second.token > first.token);
    append(store, &second, 2, &["three"]).unwrap();
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["one", "two", "three"]));
}

fn a_worker_that_comes_late_is_refused(store: &mut dyn Store) {
    let late = take(store, "ENG-1", "a", 0, 1);
    append(store, &late, 0, &["one"]).unwrap();
    let new = take(store, "ENG-1", "b", 11, 2);
    let refused = [
        append(store, &late, 1, &["late"]),
        store.renew(&late, minute(20), minute(30)).map(|_| ()),
        store.release(&late),
    ];
    for refused in refused {
        let error = refused.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "run 'R-20261126-000001' was given to another worker (lease {} has ended): 'b' has it now",
                late.token
            )
        );
        assert_eq!(error.kind(), ErrorKind::Conflict);
    }
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["one"]));
    let held = store.claim(&ask("ENG-1", "c", 12, &run_id(3))).unwrap();
    let holder = Holder { worker: "b".to_owned(), until: new.until };
    assert_eq!(held, Claim::Held { run: run_id(1), holder });
}

fn a_lease_that_is_over_counts_until_somebody_takes_the_run(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    append(store, &lease, 0, &["after its end, for all that the store knows"]).unwrap();
    let renewed = store.renew(&lease, minute(20), minute(60)).unwrap();
    assert_eq!(renewed.token, lease.token);
    let held = store.claim(&ask("ENG-1", "b", 30, &run_id(2))).unwrap();
    assert!(matches!(held, Claim::Held { .. }));
}

fn a_renewed_lease_holds_longer(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    let renewed = store.renew(&lease, minute(5), minute(20)).unwrap();
    assert_eq!(renewed, prode::store::Lease { until: minute(20), ..lease.clone() });
    let held = store.claim(&ask("ENG-1", "b", 15, &run_id(2))).unwrap();
    assert!(matches!(held, Claim::Held { holder, .. } if holder.until == minute(20)));
    // The token is the right, so the value from before renewing has it too.
    append(store, &lease, 0, &["one"]).unwrap();
}

fn a_run_that_was_given_back_is_free_at_once(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    store.release(&lease).unwrap();
    store.release(&lease).unwrap();
    let error = append(store, &lease, 0, &["one"]).unwrap_err();
    assert!(error.to_string().ends_with("has ended): nobody has it now"), "{error}");
    assert!(matches!(store.renew(&lease, minute(1), minute(20)), Err(StoreError::Fenced { .. })));
    let next = take(store, "ENG-1", "b", 1, 2);
    assert_eq!((&next.run, next.attempt), (&run_id(1), 2));
    assert!(next.token > lease.token);
    assert!(matches!(store.release(&lease), Err(StoreError::Fenced { .. })));
}

fn tokens_grow_over_all_runs(store: &mut dyn Store) {
    let mut last = 0;
    for (now, ticket) in (0..).step_by(10).zip(["x", "y", "x", "z", "y"]) {
        let lease = take(store, ticket, "a", now, u32::try_from(now).unwrap());
        assert!(lease.token > last, "{} after {last}", lease.token);
        last = lease.token;
    }
}

fn a_closed_run_takes_nothing_and_its_ticket_gets_another(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    let end = Batch { events: &bytes(&["end"]), closes: true, ..Batch::default() };
    store.append(&lease, &end).unwrap();
    let refused = [
        append(store, &lease, 1, &["more"]).unwrap_err(),
        store.renew(&lease, minute(1), minute(20)).unwrap_err(),
    ];
    for error in refused {
        assert_eq!(error.to_string(), "run 'R-20261126-000001' is closed");
        assert_eq!(error.kind(), ErrorKind::Conflict);
    }
    store.release(&lease).unwrap();
    let next = take(store, "ENG-1", "b", 1, 2);
    assert_eq!((&next.run, next.attempt), (&run_id(2), 1));
    let listed = store.runs().unwrap();
    let closed: Vec<bool> = listed.iter().map(|row| row.closed).collect();
    assert_eq!(closed, [false, true]);
    assert_eq!(listed[1].holder, None);
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["end"]));
}

fn a_run_is_resumed_by_its_name_or_not_at_all(store: &mut dyn Store) {
    let first = take(store, "ENG-1", "a", 0, 1);
    let mut resume = |now| store.resume(&run_id(1), "b", minute(now), minute(now + 10));
    assert!(matches!(resume(9).unwrap(), Claim::Held { holder, .. } if holder.worker == "a"));
    let Claim::Taken(lease) = resume(10).unwrap() else { panic!("the lease is over") };
    assert_eq!((&lease.run, lease.ticket.as_str(), lease.attempt), (&run_id(1), "ENG-1", 2));
    assert!(lease.token > first.token && lease.until == minute(20));
    store.append(&lease, &Batch { closes: true, ..Batch::default() }).unwrap();
    let error = store.resume(&run_id(1), "c", minute(30), minute(40)).unwrap_err();
    assert!(matches!(error, StoreError::Closed(_)), "{error:?}");
    let error = store.resume(&run_id(2), "c", minute(30), minute(40)).unwrap_err();
    assert_eq!(error.hints(), ["did you mean 'R-20261126-000001'?"]);
    assert_eq!(store.runs().unwrap().len(), 1);
}

fn the_name_of_a_new_run_must_be_new(store: &mut dyn Store) {
    take(store, "ENG-1", "a", 0, 1);
    let error = store.claim(&ask("ENG-2", "a", 0, &run_id(1))).unwrap_err();
    assert_eq!(error.to_string(), "a run 'R-20261126-000001' is there already");
    assert_eq!(error.kind(), ErrorKind::Conflict);
    take(store, "ENG-2", "a", 0, 2);
}

fn events_come_back_as_they_went_in(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    let every_byte: Vec<u8> = (0..=255).collect();
    let events = [every_byte, Vec::new(), b"'; DROP TABLE run; --".to_vec(), vec![0x61; 300_000]];
    store.append(&lease, &Batch { events: &events, ..Batch::default() }).unwrap();
    assert!(store.events(&lease.run).unwrap() == events);
}

fn a_batch_begins_at_the_next_number(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    append(store, &lease, 0, &["one", "two"]).unwrap();
    append(store, &lease, 2, &[]).unwrap();
    for first in [0, 1, 3, u64::MAX] {
        let error = append(store, &lease, first, &["x"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("run 'R-20261126-000001' goes on with event 2, not with {first}")
        );
        assert_eq!(error.kind(), ErrorKind::Conflict);
    }
    assert_eq!(store.events(&lease.run).unwrap(), bytes(&["one", "two"]));
}

fn a_refused_batch_leaves_nothing(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    let (events, artifacts) = (bytes(&["one"]), bytes(&["artifact"]));
    let batch = Batch { first: 1, events: &events, artifacts: &artifacts, closes: true };
    store.append(&lease, &batch).unwrap_err();
    assert_eq!(store.artifact(&digest(b"artifact")).unwrap(), None);
    assert!(!store.runs().unwrap()[0].closed);
    store.append(&lease, &Batch { first: 0, ..batch }).unwrap();
    assert!(store.artifact(&digest(b"artifact")).unwrap().is_some());
    assert!(store.runs().unwrap()[0].closed);
}

fn a_run_that_is_not_there_is_told_with_the_nearest(store: &mut dyn Store) {
    let lost: RunId = "R-20261126-00001a".parse().unwrap();
    let error = store.events(&lost).unwrap_err();
    assert_eq!(error.to_string(), "there is no run 'R-20261126-00001a' here");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.hints(), ["see the runs: prode triage list"]);
    let lease = take(store, "ENG-1", "a", 0, 0x1b);
    let error = store.events(&lost).unwrap_err();
    assert_eq!(error.hints(), ["did you mean 'R-20261126-00001b'?"]);
    let foreign = prode::store::Lease { run: lost, ..lease };
    let error = append(store, &foreign, 0, &["x"]).unwrap_err();
    assert_eq!(error.hints(), ["did you mean 'R-20261126-00001b'?"]);
}

fn artifacts_are_kept_once_by_their_digest(store: &mut dyn Store) {
    let lease = take(store, "ENG-1", "a", 0, 1);
    let other = take(store, "ENG-2", "a", 0, 2);
    let artifacts = bytes(&["same", "other", "same", ""]);
    let batch = Batch { artifacts: &artifacts, ..Batch::default() };
    store.append(&lease, &batch).unwrap();
    store.append(&other, &batch).unwrap();
    for bytes in &artifacts {
        assert_eq!(store.artifact(&digest(bytes)).unwrap().as_ref(), Some(bytes));
    }
    assert_eq!(store.artifact(&digest(b"never")).unwrap(), None);
    assert_eq!(store.artifact("sha256:nothing").unwrap(), None);
}

fn runs_are_listed_from_the_newest(store: &mut dyn Store) {
    assert!(store.runs().unwrap().is_empty());
    assert!(matches!(store.run(&run_id(1)), Err(StoreError::NoRun { .. })));
    let old = take(store, "ENG-1", "a", 0, 9);
    append(store, &old, 0, &["one", "two", "three"]).unwrap();
    store.release(&old).unwrap();
    let new = take(store, "ENG-2", "b", 1, 1);
    let again = take(store, "ENG-1", "c", 2, 5);
    let runs = store.runs().unwrap();
    for run in &runs {
        assert_eq!(&store.run(&run.run).unwrap(), run);
    }
    let told: Vec<_> = runs
        .into_iter()
        .map(|it| (it.run, it.ticket, it.opened, it.attempt, it.events, it.holder.unwrap()))
        .collect();
    let holder = |worker: &str, until| Holder { worker: worker.to_owned(), until };
    assert_eq!(
        told,
        [
            (new.run, "ENG-2".to_owned(), minute(1), 1, 0, holder("b", minute(11))),
            (again.run, "ENG-1".to_owned(), minute(0), 2, 3, holder("c", minute(12))),
        ]
    );
}

fn the_key_is_what_the_store_was_made_with(store: &mut dyn Store) {
    assert_eq!(store.key(), SEED);
}

fn a_freeze_is_remembered_and_stops_nothing(store: &mut dyn Store) {
    assert_eq!(store.frozen().unwrap(), None);
    assert!(!store.unfreeze().unwrap());
    let freeze = |who: &str, at| Freeze { who: who.to_owned(), why: "incident".to_owned(), at };
    store.freeze(&freeze("ada", minute(0))).unwrap();
    store.freeze(&freeze("bob", minute(1))).unwrap();
    assert_eq!(store.frozen().unwrap(), Some(freeze("bob", minute(1))));
    let lease = take(store, "ENG-1", "a", 0, 1);
    append(store, &lease, 0, &["one"]).unwrap();
    assert!(store.unfreeze().unwrap());
    assert_eq!(store.frozen().unwrap(), None);
}

fn times_and_words_are_kept_exactly(store: &mut dyn Store) {
    let now = "2026-11-26T08:00:00.123456789Z".parse().unwrap();
    let until = "2026-11-26T08:00:00.12345679Z".parse().unwrap();
    let (ticket, worker, fresh) = ("github:ö/r#3 'x' \u{0}", "host\n\u{1f600}", run_id(1));
    let ask = Ask { ticket, worker, now, until, fresh: &fresh, once: false };
    store.claim(&ask).unwrap();
    let row = &store.runs().unwrap()[0];
    assert_eq!((row.opened, row.ticket.as_str()), (now, ticket));
    assert_eq!(row.holder, Some(Holder { worker: worker.to_owned(), until }));
    assert!(matches!(store.claim(&ask).unwrap(), Claim::Held { .. }));
}
