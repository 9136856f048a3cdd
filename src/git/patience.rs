//! How often and how long somebody waits who was not quick enough.
//!
//! Pauses are of random length, so that those who met once do not meet again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::thread;
use std::time::Duration;

/// Losses that are borne: each means that another one got on.
const MOVES: u32 = 1_000;

/// How often a lock is found before it counts as left behind: some seconds.
const LOCKS: u32 = 150;

/// The longest pause, in milliseconds.
const LONGEST: u64 = 50;

/// What is left of somebody's patience.
pub(super) struct Patience {
    moves: u32,
    locks: u32,
    random: RandomState,
}

impl Patience {
    pub(super) fn new() -> Self {
        Self { moves: 0, locks: 0, random: RandomState::new() }
    }

    /// After a pause: whether to try again where another one was quicker.
    pub(super) fn after_moved(&mut self) -> bool {
        self.moves += 1;
        self.pause(u64::from(self.moves).min(LONGEST));
        self.moves < MOVES
    }

    /// After a pause: whether to try again where a lock stood.
    pub(super) fn after_locked(&mut self) -> bool {
        self.locks += 1;
        self.pause(u64::from(self.locks).min(LONGEST));
        self.locks < LOCKS
    }

    fn pause(&self, most: u64) {
        let mut hasher = self.random.build_hasher();
        hasher.write_u32(self.moves);
        hasher.write_u32(self.locks);
        thread::sleep(Duration::from_millis(1 + hasher.finish() % most));
    }
}
