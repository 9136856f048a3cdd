//! Workers on many machines share one database.

use std::collections::BTreeSet;
use std::thread;

use jiff::{SignedDuration, Timestamp, ToSpan};
use prode::database::Transport;
use prode::hint::{ErrorKind, Helpful};
use prode::store::{
    Ask, Batch, Claim, Freeze, Lease, PgAddress, PgStore, ServerError, Store, StoreError,
};

use super::servers::Base;
use super::versions::holds_what_was_written;
use super::{SEED, append, ask, bytes, minute, run_id, take};
use crate::support::Random;

#[test]
fn a_store_outlives_its_value_and_is_made_once() {
    let Some(base) = Base::shared() else { return };
    assert!(PgStore::existing(&base.address()).unwrap().is_none());
    assert!(!PgStore::is_there(&base.address()).unwrap());
    let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'prode'";
    assert_eq!(base.sql().run(schemas), ["0"], "asking makes nothing");
    let mut store = base.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    append(&mut store, &lease, 0, &["one"]).unwrap();
    drop(store);
    let store = PgStore::open(&base.address(), [9; 32]).unwrap();
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["one"]));
    assert_eq!(store.key(), SEED, "a seed makes a key only once");
    assert!(PgStore::is_there(&base.address()).unwrap());
    let store = PgStore::existing(&base.address()).unwrap().unwrap();
    assert_eq!(store.key(), SEED);
}

#[test]
fn those_who_make_a_store_at_once_have_one() {
    let Some(base) = Base::shared() else { return };
    let address = &base.address();
    let keys: BTreeSet<[u8; 32]> = thread::scope(|scope| {
        let makers: Vec<_> = (0..8)
            .map(|seed| scope.spawn(move || PgStore::open(address, [seed; 32]).unwrap().key()))
            .collect();
        makers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(keys.len(), 1, "{keys:?}");
    assert_eq!(base.sql().run("SELECT version FROM prode.store"), ["2"]);
}

/// Asks by a clock of the worker's own, for so long.
fn claim(
    store: &mut PgStore,
    (ticket, worker): (&str, &str),
    clock: Timestamp,
    length: SignedDuration,
    fresh: u32,
) -> Claim {
    let fresh = run_id(fresh);
    let ask = Ask { ticket, worker, now: clock, until: clock + length, fresh: &fresh, once: false };
    store.claim(&ask).unwrap()
}

fn taken(claim: Claim) -> Lease {
    match claim {
        Claim::Taken(lease) => lease,
        other => panic!("{other:?}"),
    }
}

const MOMENT: SignedDuration = SignedDuration::from_millis(30);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

#[test]
fn a_worker_with_a_wrong_clock_takes_nothing_and_loses_nothing() {
    let Some(base) = Base::shared() else { return };
    let mut store = base.open();
    // By its own clock this lease ended years ago, and is kept for an hour all the same.
    let slow = minute(0) - 20_000.hours();
    let lease = taken(claim(&mut store, ("ENG-1", "slow"), slow, HOUR, 1));
    assert_eq!(lease.until, slow + HOUR, "its own clock is what it compares with");
    let fast = minute(0) + 20_000.hours();
    let held = claim(&mut store, ("ENG-1", "fast"), fast, HOUR, 2);
    assert!(matches!(held, Claim::Held { holder, .. } if holder.worker == "slow"));
    let resumed = store.resume(&run_id(1), "fast", fast, fast + HOUR).unwrap();
    assert!(matches!(resumed, Claim::Held { .. }));
    let renewed = store.renew(&lease, slow, slow + MOMENT).unwrap();
    assert_eq!(renewed.until, slow + MOMENT);
    let next = loop {
        // The database's clock goes on, whatever this one says.
        if let Claim::Taken(lease) = claim(&mut store, ("ENG-1", "fast"), fast, HOUR, 2) {
            break lease;
        }
    };
    assert_eq!((&next.run, next.attempt), (&run_id(1), 2));
    assert!(matches!(append(&mut store, &lease, 0, &["late"]), Err(StoreError::Fenced { .. })));
}

#[test]
fn a_worker_that_pauses_beyond_its_lease_is_fenced() {
    let Some(base) = Base::shared() else { return };
    let (mut paused, mut other) = (base.open(), base.open());
    let lease = taken(claim(&mut paused, ("ENG-1", "paused"), minute(0), MOMENT, 1));
    append(&mut paused, &lease, 0, &["one"]).unwrap();
    let next = loop {
        if let Claim::Taken(next) = claim(&mut other, ("ENG-1", "other"), minute(0), HOUR, 2) {
            break next;
        }
    };
    append(&mut other, &next, 1, &["two"]).unwrap();
    let refused = [
        append(&mut paused, &lease, 1, &["late"]),
        paused.renew(&lease, minute(0), minute(5)).map(|_| ()),
        paused.release(&lease),
    ];
    for refused in refused {
        assert!(matches!(refused, Err(StoreError::Fenced { .. })), "{refused:?}");
    }
    assert_eq!(other.events(&run_id(1)).unwrap(), bytes(&["one", "two"]));
}

#[test]
fn an_append_waits_for_who_is_taking_the_run_and_is_fenced() {
    let Some(base) = Base::shared() else { return };
    let mut store = base.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    let (other, watch) = (base.sql(), base.sql());
    other.run("BEGIN; UPDATE prode.run SET token = nextval('prode.token'), worker = 'b'");
    let late = thread::spawn(move || append(&mut store, &lease, 0, &["late"]));
    let waits = "SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while watch.run(waits).is_empty() && !late.is_finished() {
        thread::yield_now();
    }
    other.run("COMMIT");
    let refused = late.join().unwrap();
    assert!(matches!(refused, Err(StoreError::Fenced { .. })), "{refused:?}");
    assert!(base.open().events(&run_id(1)).unwrap().is_empty());
}

/// Works on the ticket until it is begun and finished; some give up in the middle.
fn work(store: &mut PgStore, worker: u32, ticket: u32, random: &mut Random) {
    let (name, key) = (format!("w{worker}"), format!("ENG-{ticket}"));
    // Every worker believes another time.
    let clock = minute(i64::from(worker) * 600);
    let fresh = worker * 1_000 + ticket;
    let (fresh, until) = (run_id(fresh), clock + MOMENT);
    let once = Ask { ticket: &key, worker: &name, now: clock, until, fresh: &fresh, once: true };
    let Claim::Taken(lease) = store.claim(&once).unwrap() else { return };
    let there = store.events(&lease.run).unwrap().len();
    for (number, event) in (0..).zip(["begun", "finished"]).skip(there) {
        if random.once_in(4) {
            return;
        }
        let (events, closes) = (bytes(&[event]), event == "finished");
        let batch = Batch { first: number, events: &events, closes, ..Batch::default() };
        match store.append(&lease, &batch) {
            Ok(()) => (),
            Err(StoreError::Fenced { .. }) => return,
            Err(error) => panic!("{error:?}"),
        }
    }
    match store.release(&lease) {
        Ok(()) | Err(StoreError::Fenced { .. }) => (),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn eight_workers_finish_each_ticket_once() {
    let Some(base) = Base::shared() else { return };
    let tickets = 30;
    thread::scope(|scope| {
        for worker in 1..=8_u32 {
            let mut store = base.open();
            scope.spawn(move || {
                let mut random = Random::new(u64::from(worker));
                // Each in an order of its own, until nothing is left to do.
                loop {
                    let runs = store.runs().unwrap();
                    if runs.len() == 30 && runs.iter().all(|it| it.closed) {
                        return;
                    }
                    let ticket = u32::try_from(random.below(30)).unwrap();
                    work(&mut store, worker, ticket, &mut random);
                }
            });
        }
    });
    let store = base.open();
    let runs = store.runs().unwrap();
    let of: BTreeSet<&str> = runs.iter().map(|it| it.ticket.as_str()).collect();
    assert_eq!((runs.len(), of.len()), (tickets, tickets));
    for run in &runs {
        assert_eq!(store.events(&run.run).unwrap(), bytes(&["begun", "finished"]));
    }
    let attempts: u32 = runs.iter().map(|it| it.attempt).sum();
    assert!(attempts > 30, "nobody ever gave up");
    eprintln!("eight workers finished {tickets} tickets once each, in {attempts} attempts");
}

#[test]
fn a_newer_store_is_refused_and_one_that_became_newer_is_not_written_to() {
    let Some(base) = Base::shared() else { return };
    let mut store = base.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    base.sql().run("UPDATE prode.store SET version = 99");
    let error = append(&mut store, &lease, 0, &["one"]).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error:?}");
    for error in [
        PgStore::open(&base.address(), SEED).err().unwrap(),
        PgStore::existing(&base.address()).err().unwrap(),
    ] {
        let told = format!("the store '{}' has version 99, and this prode", base.address().shown());
        assert!(error.to_string().starts_with(&told), "{error}");
        assert_eq!(error.kind(), ErrorKind::Invalid);
    }
    base.sql().run("UPDATE prode.store SET version = 2");
    assert!(store.events(&run_id(1)).unwrap().is_empty());
    append(&mut store, &lease, 0, &["one"]).unwrap();
}

/// A store that version 1 made, with a closed run, one that is held, and a freeze.
const FIRST: &str = include_str!("versions/postgres-1.sql");

#[test]
fn a_store_of_version_1_opens_with_all_that_it_held_and_goes_on() {
    let Some(base) = Base::shared() else { return };
    base.sql().run(FIRST);
    let mut store = base.turned();
    holds_what_was_written(&store);
    let lease = take(&mut store, "ENG-2", "host-c", 11, 3);
    assert_eq!((&lease.run, lease.attempt, lease.token), (&run_id(2), 3, 4));
    append(&mut store, &lease, 2, &["{\"a\":2}"]).unwrap();
    // Both are the same schema by now.
    let fresh = Base::shared().unwrap();
    drop(fresh.open());
    let columns =
        "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
        FROM information_schema.columns WHERE table_schema = 'prode' ORDER BY 1";
    assert_eq!(base.sql().run(columns), fresh.sql().run(columns));
    let indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'prode' ORDER BY 1";
    assert_eq!(base.sql().run(indexes), fresh.sql().run(indexes));
}

#[test]
fn what_was_altered_is_not_handed_out() {
    let Some(base) = Base::shared() else { return };
    let mut store = base.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    let (events, artifacts) = (bytes(&["one", "two"]), bytes(&["right"]));
    let batch = Batch { events: &events, artifacts: &artifacts, ..Batch::default() };
    store.append(&lease, &batch).unwrap();
    base.sql().run(
        "UPDATE prode.artifact SET bytes = '\\x00';
        UPDATE prode.event SET bytes = '\\x00' WHERE number = 1",
    );
    let error = store.artifact(&prode::canonical::digest(b"right")).unwrap_err();
    assert!(matches!(error, StoreError::Altered { .. }), "{error:?}");
    let error = store.events(&run_id(1)).unwrap_err();
    assert!(error.to_string().starts_with("event 1 of run 'R-20261126-000001' was altered"));
    base.sql().run("UPDATE prode.run SET until = 'tomorrow'");
    let error = store.runs().unwrap_err();
    assert!(matches!(error, StoreError::Server(ServerError::Damaged { .. })), "{error:?}");
    assert_eq!(error.kind(), ErrorKind::Invalid);
}

#[test]
fn a_schema_of_something_else_is_left_as_it_is() {
    let Some(base) = Base::shared() else { return };
    base.sql().run("CREATE SCHEMA prode; CREATE TABLE prode.x (y int)");
    let error = PgStore::open(&base.address(), SEED).err().unwrap();
    let told = format!(
        "the store '{}' has a schema 'prode' that is none of runs: it has other tables",
        base.address().shown()
    );
    assert_eq!(error.to_string(), told);
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'prode'";
    assert_eq!(base.sql().run(tables), ["x"]);
    base.sql().run("DROP TABLE prode.x");
    base.open();
}

/// The address of a role that `rights` were given, of which `RIGHTS` says what a worker needs.
fn role(base: &Base, name: &str, rights: &str) -> PgAddress {
    // Roles are the server's, databases a test's.
    let name = format!("{name}_{}", base.url.rsplit('/').next().unwrap());
    base.sql().run(&format!("CREATE ROLE {name} LOGIN; {}", rights.replace("worker", &name)));
    PgAddress::new(&base.url.replace("admin@", &format!("{name}@")), None, &Transport::default())
        .unwrap()
}

/// As wiki/fleets.md has them.
const RIGHTS: &str = "GRANT USAGE ON SCHEMA prode TO worker;
    GRANT SELECT ON ALL TABLES IN SCHEMA prode TO worker;
    GRANT INSERT, UPDATE ON prode.run TO worker;
    GRANT INSERT ON prode.event, prode.artifact TO worker;
    GRANT INSERT, UPDATE, DELETE ON prode.freeze TO worker;
    GRANT USAGE ON SEQUENCE prode.token TO worker;";

#[test]
fn a_worker_needs_few_rights_and_is_told_which_it_lacks() {
    let Some(base) = Base::shared() else { return };
    let page = std::fs::read_to_string("wiki/fleets.md").unwrap();
    for line in RIGHTS.lines() {
        assert!(page.contains(&line.trim().replace(" worker;", " prode_worker;")), "{line}");
    }
    let none = role(&base, "none", "");
    let error = PgStore::open(&none, SEED).err().unwrap();
    assert!(matches!(error, StoreError::Server(ServerError::Denied { .. })), "{error:?}");
    base.open();
    let worker = role(&base, "worker", RIGHTS);
    let mut store = PgStore::open(&worker, SEED).unwrap();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    let (events, artifacts) = (bytes(&["one"]), bytes(&["kept"]));
    let batch = Batch { events: &events, artifacts: &artifacts, ..Batch::default() };
    store.append(&lease, &batch).unwrap();
    let freeze = Freeze { who: "ada".to_owned(), why: "x".to_owned(), at: minute(5) };
    store.freeze(&freeze).unwrap();
    assert!(store.unfreeze().unwrap());
    store.release(&lease).unwrap();
    // What was written stays as it is, whoever has a worker's password.
    let sql = crate::support::postgres::Sql::open(
        &base.url.replace("admin@", &format!("worker_{}@", base.url.rsplit('/').next().unwrap())),
    );
    for change in ["DELETE FROM prode.event", "UPDATE prode.event SET bytes = ''"] {
        assert!(sql.refuses(change), "{change}");
    }
    let reader = role(
        &base,
        "reader",
        "GRANT USAGE ON SCHEMA prode TO worker; GRANT SELECT ON ALL TABLES IN SCHEMA prode TO worker;",
    );
    let mut store = PgStore::open(&reader, SEED).unwrap();
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["one"]));
    let error = store.claim(&ask("ENG-2", "a", 0, &run_id(2))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert!(error.to_string().contains("permission denied for table run"), "{error}");
    assert!(error.hints()[0].contains("give the role its rights"));
}

#[test]
fn what_is_not_there_is_told_by_its_address_alone() {
    let Some(base) = Base::shared() else { return };
    let lost = PgAddress::new(&format!("{}_lost", base.url), Some("s3cret"), &Transport::default())
        .unwrap();
    let error = PgStore::open(&lost, SEED).err().unwrap();
    assert!(matches!(error, StoreError::Server(ServerError::Denied { .. })), "{error:?}");
    assert!(error.to_string().contains(lost.shown()) && !error.to_string().contains("s3cret"));
    let port = crate::support::free_port();
    let url = format!("postgresql://ada:s3cret@127.0.0.1:{port}/runs");
    let nobody = PgAddress::new(&url, None, &Transport::default()).unwrap();
    let error = PgStore::open(&nobody, SEED).err().unwrap();
    let told = format!("the store 'postgresql://127.0.0.1:{port}/runs' cannot be reached: ");
    assert!(error.to_string().starts_with(&told), "{error}");
    assert_eq!(error.kind(), ErrorKind::Unavailable);
    assert!(error.hints()[0].starts_with("nothing was written"));
}

#[test]
fn it_is_spoken_to_through_a_socket_too() {
    let Some(cluster) = crate::support::postgres::shared() else { return };
    let base = Base::on(cluster);
    let database = base.url.rsplit('/').next().unwrap();
    let (folder, port) = (cluster.folder().display(), cluster.port());
    let url = format!("postgresql:///{database}?host={folder}&port={port}&user=admin");
    let mut store =
        PgStore::open(&PgAddress::new(&url, None, &Transport::default()).unwrap(), SEED).unwrap();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    append(&mut store, &lease, 0, &["one"]).unwrap();
    assert_eq!(base.open().events(&run_id(1)).unwrap(), bytes(&["one"]));
}

#[test]
fn who_waits_too_long_for_a_run_is_told_and_readers_never_wait() {
    let Some(base) = Base::shared() else { return };
    let mut store = base.open();
    let lease = take(&mut store, "ENG-1", "a", 0, 1);
    append(&mut store, &lease, 0, &["one"]).unwrap();
    let other = base.sql();
    other.run("BEGIN; SELECT 1 FROM prode.run FOR UPDATE");
    let error = append(&mut store, &lease, 1, &["two"]).unwrap_err();
    let told = format!("the store '{}' is locked by another process", base.address().shown());
    assert_eq!(error.to_string(), told);
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(store.events(&run_id(1)).unwrap(), bytes(&["one"]));
    other.run("ROLLBACK");
    append(&mut store, &lease, 1, &["two"]).unwrap();
}
