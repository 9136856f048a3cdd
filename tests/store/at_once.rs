//! Many use one file at the same time.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use prode::store::{Claim, SqliteStore, Store};

use super::{Home, append, ask, bytes, is_sound, run_id, take};

#[test]
fn eight_threads_lose_none_of_four_hundred_runs() {
    let home = Home::new();
    thread::scope(|scope| {
        for number in 0..8_u32 {
            let home = &home;
            scope.spawn(move || {
                let mut store = home.open();
                for n in 0..50 {
                    let name = format!("{number}-{n}");
                    let lease = take(&mut store, &name, "a", 0, number * 100 + n);
                    append(&mut store, &lease, 0, &[&name, "second"]).unwrap();
                }
            });
        }
    });
    let store = home.open();
    let runs = store.runs().unwrap();
    assert_eq!(runs.len(), 400);
    for run in runs {
        assert_eq!(store.events(&run.run).unwrap(), bytes(&[&run.ticket, "second"]));
    }
    assert!(is_sound(&home.path()));
}

#[test]
fn those_who_open_and_close_all_the_time_lose_nothing() {
    let home = Home::new();
    thread::scope(|scope| {
        for number in 0..8_u32 {
            let home = &home;
            scope.spawn(move || {
                for n in 0..20 {
                    // The last one to close puts the log into the file.
                    let (mut store, fresh) = (home.open(), number * 100 + n);
                    let lease = take(&mut store, &format!("{fresh}"), "a", 0, fresh);
                    append(&mut store, &lease, 0, &["one"]).unwrap();
                }
            });
        }
    });
    let runs = home.open().runs().unwrap();
    assert_eq!(runs.iter().map(|run| run.events).collect::<Vec<_>>(), vec![1; 160]);
    assert!(is_sound(&home.path()));
}

#[test]
fn a_ticket_goes_to_one_of_eight_threads() {
    let home = Home::new();
    let taken: Vec<Vec<u32>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8_u32)
            .map(|number| {
                let mut store = home.open();
                scope.spawn(move || (0..25).filter(|it| gets(&mut store, *it, number)).collect())
            })
            .collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let tickets: BTreeSet<u32> = taken.iter().flatten().copied().collect();
    assert_eq!((taken.concat().len(), tickets.len()), (25, 25));
}

fn gets(store: &mut SqliteStore, ticket: u32, worker: u32) -> bool {
    let fresh = run_id(worker * 1000 + ticket);
    let ticket = format!("ENG-{ticket}");
    matches!(store.claim(&ask(&ticket, "a", 0, &fresh)).unwrap(), Claim::Taken(_))
}

#[test]
fn those_who_make_a_store_at_once_have_one() {
    for _ in 0..5 {
        let home = Home::new();
        let path = &home.path();
        let keys: BTreeSet<[u8; 32]> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|seed| scope.spawn(move || SqliteStore::open(path, [seed; 32]).unwrap().key()))
                .collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!(keys.len(), 1, "{keys:?}");
    }
}

#[test]
fn two_processes_share_the_tickets_of_one_store() {
    claim_if_a_child();
    let home = Home::new();
    drop(home.open());
    let children: Vec<Child> = ["1", "2"].map(|number| child(&home, number)).into();
    while !["1", "2"].iter().all(|it| beside(&home.path(), it).exists()) {
        thread::sleep(Duration::from_millis(1));
    }
    std::fs::write(beside(&home.path(), "begin"), "").unwrap();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = home.open();
    let runs = store.runs().unwrap();
    let tickets: BTreeSet<&str> = runs.iter().map(|it| it.ticket.as_str()).collect();
    assert_eq!((runs.len(), tickets.len()), (60, 60));
    let mut of = [0, 0];
    for run in &runs {
        let worker = run.holder.as_ref().unwrap().worker.as_str();
        assert_eq!(store.events(&run.run).unwrap(), bytes(&[worker]));
        of[usize::from(worker == "2")] += 1;
    }
    eprintln!("two processes took {} and {} of 60 tickets, none twice", of[0], of[1]);
}

/// A file by which the processes tell each other how far they are.
fn beside(store: &Path, name: &str) -> PathBuf {
    store.with_file_name(name)
}

fn child(home: &Home, number: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::at_once::two_processes_share_the_tickets_of_one_store"])
        .env("PRODE_TEST_STORE", home.path())
        .env("PRODE_TEST_WORKER", number)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// In a process that the test runs: never comes back.
#[expect(clippy::disallowed_methods, reason = "a test hands over the file")]
fn claim_if_a_child() {
    let Some(path) = std::env::var_os("PRODE_TEST_STORE") else { return };
    let worker = std::env::var("PRODE_TEST_WORKER").unwrap();
    let own: u32 = worker.parse().unwrap();
    let mut store = SqliteStore::existing(path.as_ref()).unwrap().unwrap();
    std::fs::write(beside(path.as_ref(), &worker), "").unwrap();
    while !beside(path.as_ref(), "begin").exists() {
        thread::yield_now();
    }
    // Each in an order of its own, so that they meet again and again.
    let stride = if own == 1 { 7 } else { 13 };
    for n in (0..60).map(|n| n * stride % 60) {
        let fresh = run_id(own * 1000 + n);
        let ticket = format!("ENG-{n}");
        if let Claim::Taken(lease) = store.claim(&ask(&ticket, &worker, 0, &fresh)).unwrap() {
            append(&mut store, &lease, 0, &[&worker]).unwrap();
        }
        // Work, in which the other one gets its turn.
        thread::sleep(Duration::from_millis(1));
    }
    std::process::exit(0);
}
