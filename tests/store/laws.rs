//! Whatever workers do in whatever order: a naive model of the rules, and the
//! store, agree.

use std::collections::BTreeMap;

use prode::store::{Batch, Claim, Lease, SqliteStore, Store, StoreError};
use proptest::prelude::*;
#[cfg(unix)]
use proptest::test_runner::TestRunner;

use super::{SEED, ask, minute, run_id};

/// What a worker does; a worker remembers the last lease that it got.
#[derive(Debug, Clone)]
enum Step {
    Claim { worker: usize, ticket: usize },
    Renew { worker: usize },
    Release { worker: usize },
    Append { worker: usize, off: u64, events: usize, closes: bool },
    Wait { minutes: i64 },
}

fn step() -> impl Strategy<Value = Step> {
    let worker = 0..3_usize;
    let off = prop_oneof![6 => Just(0), 1 => Just(1)];
    prop_oneof![
        4 => (worker.clone(), 0..2_usize).prop_map(|(worker, ticket)| Step::Claim { worker, ticket }),
        1 => worker.clone().prop_map(|worker| Step::Renew { worker }),
        1 => worker.clone().prop_map(|worker| Step::Release { worker }),
        6 => (worker, off, 0..3_usize, prop::bool::weighted(0.2)).prop_map(
            |(worker, off, events, closes)| Step::Append { worker, off, events, closes }
        ),
        2 => (1..8_i64).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

/// A run as the rules say it must be.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Run {
    ticket: usize,
    closed: bool,
    token: u64,
    /// When its lease ends; `None` where nobody has it.
    until: Option<i64>,
    events: Vec<Vec<u8>>,
}

struct World<'a> {
    store: &'a mut dyn Store,
    now: i64,
    leases: [Option<Lease>; 3],
    /// By the number in the name.
    runs: BTreeMap<u32, Run>,
    tokens: u64,
    said: u8,
}

impl<'a> World<'a> {
    fn of(store: &'a mut dyn Store) -> Self {
        let runs = BTreeMap::new();
        Self { store, now: 0, leases: [const { None }; 3], runs, tokens: 0, said: 0 }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Claim { worker, ticket } => self.claim(worker, ticket),
            Step::Renew { worker } => self.renew(worker),
            Step::Release { worker } => self.release(worker),
            Step::Append { worker, off, events, closes } => {
                self.append(worker, off, events, closes);
            }
            Step::Wait { minutes } => self.now += minutes,
        }
    }

    fn claim(&mut self, worker: usize, ticket: usize) {
        let fresh = u32::try_from(self.runs.len()).unwrap();
        let name = ["a", "b", "c"][worker];
        let key = format!("ENG-{ticket}");
        let claim = self.store.claim(&ask(&key, name, self.now, &run_id(fresh))).unwrap();
        let going_on = self.runs.iter().find(|(_, run)| run.ticket == ticket && !run.closed);
        let number = going_on.map_or(fresh, |(number, _)| *number);
        let run = self.runs.entry(number).or_insert(Run { ticket, ..Run::default() });
        if run.until.is_some_and(|until| until > self.now) {
            assert!(matches!(claim, Claim::Held { run, .. } if run == run_id(number)));
            return;
        }
        self.tokens += 1;
        (run.token, run.until) = (self.tokens, Some(self.now + 10));
        let Claim::Taken(lease) = claim else { panic!("{claim:?} at {}", self.now) };
        assert_eq!((&lease.run, lease.token), (&run_id(number), self.tokens));
        self.leases[worker] = Some(lease);
    }

    /// The worker's lease, and the run as the rules see it.
    fn by(&mut self, worker: usize) -> Option<(Lease, &mut Run)> {
        let lease = self.leases[worker].clone()?;
        let run = self.runs.iter_mut().find(|(number, _)| run_id(**number) == lease.run);
        Some((lease, run.unwrap().1))
    }

    fn renew(&mut self, worker: usize) {
        let (now, until) = (minute(self.now), self.now + 10);
        let Some((lease, run)) = self.by(worker) else { return };
        let allowed = may_write(run, &lease);
        if allowed.is_ok() {
            run.until = Some(until);
        }
        let renewed = self.store.renew(&lease, now, minute(until)).map(|_| ());
        assert_eq!(renewed.map_err(|error| word(&error)), allowed);
    }

    fn release(&mut self, worker: usize) {
        let Some((lease, run)) = self.by(worker) else { return };
        let allowed = if run.token == lease.token { Ok(()) } else { Err("fenced") };
        if allowed.is_ok() {
            run.until = None;
        }
        assert_eq!(self.store.release(&lease).map_err(|error| word(&error)), allowed);
    }

    fn append(&mut self, worker: usize, off: u64, events: usize, closes: bool) {
        self.said = self.said.wrapping_add(1);
        let events = vec![vec![self.said]; events];
        let Some((lease, run)) = self.by(worker) else { return };
        let first = u64::try_from(run.events.len()).unwrap() + off;
        let in_order = if off == 0 { Ok(()) } else { Err("out of order") };
        let allowed = may_write(run, &lease).and(in_order);
        if allowed.is_ok() {
            run.events.extend(events.clone());
            run.closed = closes;
            run.until = run.until.filter(|_| !closes);
        }
        let batch = Batch { first, events: &events, closes, ..Batch::default() };
        let done = self.store.append(&lease, &batch);
        assert_eq!(done.map_err(|error| word(&error)), allowed);
    }

    fn agrees(&self) {
        for (number, run) in &self.runs {
            let row = self.store.run(&run_id(*number)).unwrap();
            let until = row.holder.map(|holder| holder.until);
            assert_eq!((row.closed, until), (run.closed, run.until.map(minute)));
            assert_eq!(self.store.events(&run_id(*number)).unwrap(), run.events);
        }
        assert_eq!(self.store.runs().unwrap().len(), self.runs.len());
    }
}

fn may_write(run: &Run, lease: &Lease) -> Result<(), &'static str> {
    match () {
        () if run.token != lease.token => Err("fenced"),
        () if run.closed => Err("closed"),
        () if run.until.is_none() => Err("fenced"),
        () => Ok(()),
    }
}

fn word(error: &StoreError) -> &'static str {
    match error {
        StoreError::Fenced { .. } => "fenced",
        StoreError::Closed(_) => "closed",
        StoreError::OutOfOrder { .. } => "out of order",
        other => panic!("{other:?}"),
    }
}

fn hold(store: &mut dyn Store, steps: &[Step]) {
    let mut world = World::of(store);
    for step in steps {
        world.take(step);
    }
    world.agrees();
}

proptest! {
    #[test]
    fn the_store_does_what_the_rules_say(steps in prop::collection::vec(step(), 1..60)) {
        hold(&mut SqliteStore::in_memory(SEED).unwrap(), &steps);
    }
}

#[cfg(unix)]
#[test]
fn a_store_on_a_server_does_what_the_rules_say() {
    let Some(base) = super::servers::Base::shared() else { return };
    let store = std::cell::RefCell::new(base.turned());
    // Every step is a few round trips, and so are the turns of the clock.
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() };
    let steps = prop::collection::vec(step(), 1..60);
    let held = TestRunner::new(config).run(&steps, |steps| {
        store.borrow().empty();
        hold(&mut *store.borrow_mut(), &steps);
        Ok(())
    });
    held.unwrap();
}
