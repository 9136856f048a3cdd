//! The server, or the way to it, goes away while somebody works.
//!
//! Whatever was answered with `Ok` is there once, and nothing is there that
//! was not appended.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use jiff::SignedDuration;
use prode::canonical::digest;
use prode::database::Transport;
use prode::hint::{ErrorKind, Helpful};
use prode::store::{
    Ask, Batch, Claim, Freeze, Lease, PgAddress, PgStore, ServerError, Store, StoreError,
};

use super::servers::Base;
use super::{SEED, append, ask, bytes, minute, run_id};
use crate::support::postgres::{self, Sql};
use crate::support::wire::{Cut, Wire};
use crate::support::{Random, rounds};

/// Longer than any outage.
const LENGTH: SignedDuration = SignedDuration::from_hours(1);

fn lease(store: &mut PgStore) -> Lease {
    let fresh = run_id(1);
    let (now, until) = (minute(0), minute(0) + LENGTH);
    match store
        .claim(&Ask { ticket: "ENG-1", worker: "a", now, until, fresh: &fresh, once: false })
        .unwrap()
    {
        Claim::Taken(lease) => lease,
        other => panic!("{other:?}"),
    }
}

fn event(number: usize) -> Vec<u8> {
    format!("{number} {}", digest(&artifact(number))).into_bytes()
}

fn artifact(number: usize) -> Vec<u8> {
    format!("artifact {number} ").repeat(1 + number * 37 % 700).into_bytes()
}

/// A worker that appends for as long as the value lives, and how much it was told is kept.
struct Work<'a> {
    told: &'a AtomicUsize,
    over: &'a AtomicBool,
}

impl Work<'_> {
    /// Appends one event after the other; no outage is one for it.
    fn appends(address: &PgAddress, told: &AtomicUsize, over: &AtomicBool) {
        let mut store = PgStore::open(address, SEED).unwrap();
        let lease = lease(&mut store);
        for number in 0.. {
            if over.load(Ordering::SeqCst) {
                return;
            }
            let (events, artifacts) = ([event(number)], [artifact(number)]);
            let first = u64::try_from(number).unwrap();
            let batch = Batch { first, events: &events, artifacts: &artifacts, closes: false };
            store.append(&lease, &batch).unwrap_or_else(|error| panic!("{number}: {error}"));
            told.store(number + 1, Ordering::SeqCst);
        }
    }

    /// Waits until so much more is kept.
    fn goes_on(&self, more: usize) {
        let before = self.told.load(Ordering::SeqCst);
        for _ in 0..60_000 {
            if self.told.load(Ordering::SeqCst) >= before + more {
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
        panic!("a minute passed, and the worker has not gone on");
    }
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
    }
}

/// Breaks something while a worker appends; then all is there that it was told of.
fn through(address: &PgAddress, breaks: impl FnOnce(&Work<'_>)) -> usize {
    let (told, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| Work::appends(address, &told, &over));
        let work = Work { told: &told, over: &over };
        work.goes_on(1);
        breaks(&work);
        work.goes_on(2);
    });
    let store = PgStore::existing(address).unwrap().unwrap();
    let events = store.events(&run_id(1)).unwrap();
    assert_eq!(events.len(), told.load(Ordering::SeqCst));
    for (number, it) in events.iter().enumerate() {
        assert_eq!(*it, event(number));
        assert_eq!(store.artifact(&digest(&artifact(number))).unwrap(), Some(artifact(number)));
    }
    events.len()
}

#[test]
fn a_server_that_crashes_while_a_worker_appends_loses_nothing() {
    let Some(cluster) = postgres::own(&[]) else { return };
    let base = Base::on(&cluster);
    let crashes = rounds("STORE_CRASHES", 4);
    let mut random = Random::new(3);
    let events = through(&base.address(), |work| {
        for _ in 0..crashes {
            work.goes_on(1);
            thread::sleep(Duration::from_micros(u64::try_from(random.below(20_000)).unwrap()));
            cluster.crash();
            cluster.up();
        }
    });
    eprintln!("{crashes} crashes of the server: {events} events acknowledged, each there once");
}

#[test]
fn connections_that_are_ended_while_a_worker_appends_lose_nothing() {
    let Some(base) = Base::shared() else { return };
    let ends = rounds("STORE_ENDS", 60);
    let (sql, mut random) = (base.sql(), Random::new(5));
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'prode'";
    let mut ended = 0;
    let events = through(&base.address(), |work| {
        for _ in 0..ends {
            thread::sleep(Duration::from_micros(u64::try_from(random.below(5_000)).unwrap()));
            ended += sql.run(end).len();
            work.goes_on(1);
        }
    });
    assert!(ended >= ends / 2, "only {ended} connections were there to be ended");
    eprintln!("{ended} connections ended: {events} events acknowledged, each there once");
}

#[test]
fn a_standby_that_takes_over_has_all_that_was_acknowledged() {
    let Some(primary) = postgres::own(&[]) else { return };
    let base = Base::on(&primary);
    let standby = primary.standby();
    let sql = base.sql();
    sql.run("ALTER SYSTEM SET synchronous_standby_names = '*'");
    sql.run("SELECT pg_reload_conf()");
    let is_in_step = "SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'";
    for _ in 0..60_000 {
        if !sql.run(is_in_step).is_empty() {
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(sql.run(is_in_step), ["1"], "the standby keeps up");
    // Whoever asks the standby alone is told, and both are tried where both are named.
    let database = base.url.rsplit('/').next().unwrap();
    drop(base.open());
    let only = PgAddress::new(&standby.address(database), None, &Transport::default()).unwrap();
    let reads = loop {
        // It has the schema a moment later.
        if let Some(mut store) = PgStore::existing(&only).unwrap() {
            break store.claim(&ask("ENG-2", "a", 0, &run_id(2))).unwrap_err();
        }
    };
    assert!(matches!(reads, StoreError::Server(ServerError::OnlyReads(_))), "{reads:?}");
    let (one, two) = (primary.port(), standby.port());
    let both = format!("postgresql://admin@127.0.0.1:{two},127.0.0.1:{one}/{database}");
    let events = through(&PgAddress::new(&both, None, &Transport::default()).unwrap(), |work| {
        work.goes_on(20);
        primary.crash();
        standby.promote();
        work.goes_on(20);
    });
    let there = Sql::open(&standby.address(database)).run("SELECT count(*) FROM prode.event");
    assert_eq!(there, [events.to_string()]);
    eprintln!("a standby took over: {events} events acknowledged, each there once");
}

/// A store that is spoken to through a wire.
fn wired() -> Option<(Base, Wire, PgStore)> {
    let cluster = postgres::shared()?;
    let base = Base::on(cluster);
    let wire = Wire::to(cluster.port());
    let url = base.url.replace(&cluster.port().to_string(), &wire.port().to_string());
    let store =
        PgStore::open(&PgAddress::new(&url, None, &Transport::default()).unwrap(), SEED).unwrap();
    Some((base, wire, store))
}

#[test]
fn an_append_whose_answer_is_lost_is_there_once() {
    let Some((base, wire, mut store)) = wired() else { return };
    let lease = lease(&mut store);
    let mut first = 0;
    for cut in [Cut::Before, Cut::After, Cut::Before, Cut::After] {
        for events in [vec!["one"], vec!["two", "three"]] {
            wire.cut(cut);
            append(&mut store, &lease, first, &events).unwrap();
            assert!(wire.is_cut());
            first += u64::try_from(events.len()).unwrap();
        }
    }
    let there = base.open().events(&run_id(1)).unwrap();
    assert_eq!(there, bytes(&["one", "two", "three"].repeat(4)));
    // One that ends the run, and one that only keeps something.
    wire.cut(Cut::After);
    let kept = Batch { first, artifacts: &bytes(&["kept"]), ..Batch::default() };
    store.append(&lease, &kept).unwrap();
    wire.cut(Cut::After);
    let end = Batch { first, events: &bytes(&["end"]), closes: true, ..Batch::default() };
    store.append(&lease, &end).unwrap();
    assert!(wire.is_cut());
    let row = base.open().run(&run_id(1)).unwrap();
    assert!(row.closed && row.events == first + 1);
    assert!(matches!(append(&mut store, &lease, first + 1, &["x"]), Err(StoreError::Closed(_))));
}

#[test]
fn what_else_was_to_be_kept_is_kept_or_said_to_be_unknown() {
    let Some((base, wire, mut store)) = wired() else { return };
    for (cut, fresh) in [(Cut::Before, 1), (Cut::After, 2)] {
        wire.cut(cut);
        let ticket = format!("ENG-{fresh}");
        let error = store.claim(&ask(&ticket, "a", 0, &run_id(fresh))).unwrap_err();
        assert!(wire.is_cut());
        assert!(matches!(error, StoreError::Server(ServerError::Unsure { .. })), "{error:?}");
        assert_eq!(error.kind(), ErrorKind::Unavailable);
    }
    let runs = base.open().runs().unwrap();
    assert_eq!(runs.iter().map(|it| &it.run).collect::<Vec<_>>(), [&run_id(2)]);
    let mut lease = lease(&mut store);
    for cut in [Cut::Before, Cut::After] {
        wire.cut(cut);
        let renewed = store.renew(&lease, minute(0), minute(30)).unwrap();
        assert_eq!(renewed.until, minute(30));
        assert!(wire.is_cut());
        wire.cut(cut);
        let freeze = Freeze { who: "ada".to_owned(), why: "x".to_owned(), at: minute(1) };
        store.freeze(&freeze).unwrap();
        assert!(wire.is_cut());
        assert_eq!(store.frozen().unwrap(), Some(freeze));
        wire.cut(cut);
        store.release(&lease).unwrap();
        assert!(wire.is_cut());
        assert_eq!(base.open().run(&run_id(1)).unwrap().holder, None);
        lease = match store.resume(&run_id(1), "a", minute(0), minute(10)).unwrap() {
            Claim::Taken(lease) => lease,
            other => panic!("it was given back: {other:?}"),
        };
    }
}

#[test]
fn a_server_that_stays_away_leaves_it_open_whether_it_was_kept() {
    let Some((base, wire, mut store)) = wired() else { return };
    let lease = lease(&mut store);
    append(&mut store, &lease, 0, &["one"]).unwrap();
    wire.cut(Cut::ForGood);
    let error = append(&mut store, &lease, 1, &["two"]).unwrap_err();
    assert!(matches!(error, StoreError::Server(ServerError::Unsure { .. })), "{error:?}");
    assert!(error.to_string().contains("did not say whether the change was kept"));
    assert_eq!(base.open().events(&run_id(1)).unwrap(), bytes(&["one", "two"]));
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for_without_end() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("postgresql://a@127.0.0.1:{}/runs", listener.local_addr().unwrap().port());
    let error = PgStore::open(&PgAddress::new(&url, None, &Transport::default()).unwrap(), SEED)
        .err()
        .unwrap();
    assert!(error.to_string().ends_with("cannot be reached: no answer in 10 s"), "{error}");
    assert_eq!(error.kind(), ErrorKind::Unavailable);
}
