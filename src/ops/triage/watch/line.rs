//! What waits for a worker in this process, and what has to wait longer since it
//! failed.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::run_id::RunId;
use crate::tracker::TicketName;

/// How long a ticket waits after it failed once; each time twice that.
const FIRST: Duration = Duration::from_secs(30);
/// And no longer.
const LAST: Duration = Duration::from_mins(30);
/// Failures one after another after which it is left to people.
const MOST: u32 = 8;

/// Something to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Task {
    /// A ticket that waits.
    Ticket(TicketName),
    /// A run that rests, or was left.
    Run {
        /// Its name.
        run: RunId,
        /// Its ticket.
        ticket: String,
        /// True where the gate had decided before.
        decided: bool,
    },
}

impl Task {
    /// What the ticket is known by.
    pub(super) fn ticket(&self) -> String {
        match self {
            Self::Ticket(name) => name.id(),
            Self::Run { ticket, .. } => ticket.clone(),
        }
    }
}

/// How much a watch has in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Tickets and runs that wait for a worker.
    pub waiting: usize,
    /// Those that are worked on.
    pub working: usize,
    /// Tickets that failed too often, and are left to people.
    pub given_up: usize,
}

/// What waits, and what is worked on.
#[derive(Default)]
pub(super) struct Line {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    tasks: VecDeque<Task>,
    /// Tickets that wait in it, or are worked on.
    known: HashSet<String>,
    working: usize,
    failed: HashMap<String, Failure>,
    closed: bool,
}

struct Failure {
    times: u32,
    until: Option<Instant>,
}

impl Line {
    /// Puts it at the end, unless its ticket is there, is worked on, or has to wait.
    pub(super) fn add(&self, task: Task) -> bool {
        let mut state = self.state();
        let ticket = task.ticket();
        let waits = state.failed.get(&ticket).is_some_and(Failure::waits);
        if state.closed || waits || !state.known.insert(ticket) {
            return false;
        }
        state.tasks.push_back(task);
        self.changed.notify_one();
        true
    }

    /// The next one; `None` once nothing more comes.
    pub(super) fn next(&self) -> Option<Task> {
        let mut state = self.state();
        loop {
            if let Some(task) = state.tasks.pop_front() {
                state.working += 1;
                return Some(task);
            }
            if state.closed {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// It was worked on without trouble.
    pub(super) fn done(&self, ticket: &str) {
        let mut state = self.state();
        state.failed.remove(ticket);
        self.back(state, ticket);
    }

    /// It was not; how long it has to wait, or `None` where it is left to people.
    /// `chance`, from 0 to 1, keeps apart those that failed together.
    pub(super) fn failed(&self, ticket: &str, chance: f64) -> Option<Duration> {
        let mut state = self.state();
        let failure =
            state.failed.entry(ticket.to_owned()).or_insert(Failure { times: 0, until: None });
        failure.times += 1;
        let wait = (failure.times < MOST).then(|| {
            let whole = FIRST.saturating_mul(1 << (failure.times - 1)).min(LAST);
            whole.mul_f64(0.5 + 0.5 * chance.clamp(0.0, 1.0))
        });
        failure.until = wait.map(|it| Instant::now() + it);
        self.back(state, ticket);
        wait
    }

    fn back(&self, mut state: MutexGuard<'_, State>, ticket: &str) {
        state.known.remove(ticket);
        state.working -= 1;
        drop(state);
        self.changed.notify_all();
    }

    /// Forgets failures of tickets that wait no more.
    pub(super) fn forget(&self, waits: impl Fn(&str) -> bool) {
        self.state().failed.retain(|ticket, _| waits(ticket));
    }

    /// Nothing more comes; what nobody began is dropped where `drops` says so.
    pub(super) fn close(&self, drops: bool) {
        let mut state = self.state();
        state.closed = true;
        if drops {
            state.tasks.clear();
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Waits until nobody works and nothing waits; false where that takes longer than
    /// `longest`, or `ends` says so.
    pub(super) fn settled(&self, longest: Duration, ends: impl Fn() -> bool) -> bool {
        const GLANCE: Duration = Duration::from_millis(100);
        let begun = Instant::now();
        let mut state = self.state();
        loop {
            if state.working == 0 && state.tasks.is_empty() {
                return true;
            }
            let left = longest.saturating_sub(begun.elapsed());
            if left.is_zero() || ends() {
                return false;
            }
            let waited = self.changed.wait_timeout(state, left.min(GLANCE));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// How much is in hand.
    pub(super) fn counts(&self) -> Counts {
        let state = self.state();
        let given_up = state.failed.values().filter(|it| it.times >= MOST).count();
        Counts { waiting: state.tasks.len(), working: state.working, given_up }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Failure {
    fn waits(&self) -> bool {
        self.times >= MOST || self.until.is_some_and(|it| Instant::now() < it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracker::Place;

    fn task(name: &str) -> Task {
        let place = Place::of(Some("linear"), None).unwrap().unwrap();
        Task::Ticket(TicketName::parse(name, Some(&place)).unwrap().unwrap())
    }

    #[test]
    fn a_ticket_stands_in_it_once_until_it_was_worked_on() {
        let line = Line::default();
        assert!(line.add(task("linear:ENG-1")) && line.add(task("linear:ENG-2")));
        assert!(!line.add(task("linear:ENG-1")));
        let (run, ticket) = ("R-20261126-000001".parse().unwrap(), "ENG-2".to_owned());
        let run = Task::Run { run, ticket, decided: false };
        assert!(!line.add(run), "whichever way it is come by");
        assert_eq!(line.next(), Some(task("linear:ENG-1")));
        assert!(!line.add(task("linear:ENG-1")));
        assert_eq!(line.counts(), Counts { waiting: 1, working: 1, given_up: 0 });
        line.done("ENG-1");
        assert!(line.add(task("linear:ENG-1")));
    }

    #[test]
    fn what_failed_waits_longer_each_time_and_in_the_end_for_people() {
        let line = Line::default();
        let mut waited = Vec::new();
        for _ in 0..MOST {
            // What waits is not added; a test need not wait for it.
            line.state().failed.values_mut().for_each(|it| it.until = None);
            assert!(line.add(task("linear:ENG-1")));
            line.next();
            waited.push(line.failed("ENG-1", 1.0).map(|it| it.as_secs()));
            assert!(!line.add(task("linear:ENG-1")));
        }
        let seconds = [30, 60, 120, 240, 480, 960, 1_800].map(Some);
        assert_eq!(waited, [&seconds[..], &[None]].concat());
        assert_eq!(line.counts(), Counts { waiting: 0, working: 0, given_up: 1 });
        // It left the queue and came back: somebody looked after it.
        line.forget(|ticket| ticket != "ENG-1");
        assert!(line.add(task("linear:ENG-1")));
        line.next();
        assert_eq!(line.failed("ENG-1", 0.0), Some(Duration::from_secs(15)));
    }

    #[test]
    fn a_closed_line_ends_its_workers() {
        let line = Line::default();
        line.add(task("linear:ENG-1"));
        line.add(task("linear:ENG-2"));
        line.close(false);
        assert!(!line.add(task("linear:ENG-3")));
        assert!(line.next().is_some());
        assert!(!line.settled(Duration::ZERO, || false));
        line.close(true);
        assert_eq!(line.next(), None);
        line.done("ENG-1");
        assert!(line.settled(Duration::ZERO, || false));
    }
}
