//! How often one client is answered, per tool and in all.
//!
//! A bucket for each: it holds a minute's calls, empties by one with each, and
//! fills evenly. It takes its time from whoever asks, so that a test has its own.

use std::collections::HashMap;

use jiff::Timestamp;

use super::error::CallError;
use super::identity::Identity;

/// Calls of one client a minute, whatever they are.
const OF_ONE: u32 = 1_200;
/// What that sum is called in messages.
const ALL: &str = "all calls";
/// Buckets that are kept. One that is full is like none.
const KEPT: usize = 10_000;

const MINUTE: i64 = 60_000;

/// What every client has left.
#[derive(Debug, Default)]
pub(super) struct Limits {
    buckets: HashMap<(Identity, &'static str), Bucket>,
}

/// What is left of a minute's calls.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// Thousandths of a millisecond's share of calls: `most` a minute is `most`
    /// parts a millisecond, and one call takes a minute's milliseconds of them.
    left: i64,
    /// When that was, in milliseconds.
    at: i64,
    most: u32,
}

impl Bucket {
    fn full(most: u32, now: i64) -> Self {
        Self { left: i64::from(most) * MINUTE, at: now, most }
    }

    fn fill(&mut self, now: i64) {
        let most = i64::from(self.most) * MINUTE;
        // A clock that goes back gives nothing and takes nothing.
        let passed = now.saturating_sub(self.at).clamp(0, MINUTE);
        self.left = (self.left + passed * i64::from(self.most)).min(most);
        self.at = now;
    }

    /// Milliseconds until it holds a call.
    fn wait(&self) -> i64 {
        let missing = (MINUTE - self.left).max(0);
        let share = i64::from(self.most.max(1));
        (missing + share - 1) / share
    }
}

impl Limits {
    /// Takes one call of `what`, of which `most` a minute are answered.
    ///
    /// # Errors
    /// There is none left, and when there will be.
    pub(super) fn admit(
        &mut self,
        who: &Identity,
        what: &'static str,
        most: u32,
        now: Timestamp,
    ) -> Result<(), CallError> {
        let now = now.as_millisecond();
        let asked = [(what, most), (ALL, OF_ONE)];
        for (what, most) in asked {
            let wait = self.bucket(who, what, most, now).wait();
            if wait > 0 {
                let wait = u64::try_from(wait).unwrap_or(0).div_ceil(1_000);
                return Err(CallError::Limited { what, most, wait });
            }
        }
        // Nothing is taken from one where the other is empty.
        for (what, most) in asked {
            self.bucket(who, what, most, now).left -= MINUTE;
        }
        Ok(())
    }

    fn bucket(&mut self, who: &Identity, what: &'static str, most: u32, now: i64) -> &mut Bucket {
        if self.buckets.len() >= KEPT {
            self.forget(now);
        }
        let fresh = || Bucket::full(most, now);
        let bucket = self.buckets.entry((who.clone(), what)).or_insert_with(fresh);
        bucket.fill(now);
        bucket
    }

    /// Forgets what is full again; everything where nothing is.
    fn forget(&mut self, now: i64) {
        self.buckets.retain(|_, bucket| {
            bucket.fill(now);
            bucket.left < i64::from(bucket.most) * MINUTE
        });
        if self.buckets.len() >= KEPT {
            self.buckets.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_000_000 + seconds)
    }

    fn who(name: &str) -> Identity {
        Identity(name.to_owned())
    }

    #[test]
    fn a_minute_has_so_many_calls_and_then_one_by_one() {
        let mut limits = Limits::default();
        for _ in 0..30 {
            limits.admit(&who("a"), "audit", 30, at(0)).unwrap();
        }
        let error = limits.admit(&who("a"), "audit", 30, at(0)).unwrap_err();
        assert_eq!(error.to_string(), "'audit' was asked too often: 30 a minute are answered");
        assert!(matches!(error, CallError::Limited { wait: 2, .. }), "{error:?}");
        assert!(limits.admit(&who("a"), "audit", 30, at(1)).is_err());
        limits.admit(&who("a"), "audit", 30, at(2)).unwrap();
        assert!(limits.admit(&who("a"), "audit", 30, at(2)).is_err());
    }

    #[test]
    fn tools_and_clients_do_not_take_from_each_other() {
        let mut limits = Limits::default();
        limits.admit(&who("a"), "audit", 1, at(0)).unwrap();
        assert!(limits.admit(&who("a"), "audit", 1, at(0)).is_err());
        limits.admit(&who("a"), "get", 1, at(0)).unwrap();
        limits.admit(&who("b"), "audit", 1, at(0)).unwrap();
    }

    #[test]
    fn all_calls_of_one_client_have_a_limit_too() {
        let mut limits = Limits::default();
        for _ in 0..OF_ONE / 2 {
            limits.admit(&who("a"), "get", 10_000, at(0)).unwrap();
            limits.admit(&who("a"), "query", 10_000, at(0)).unwrap();
        }
        let error = limits.admit(&who("a"), "links", 10_000, at(0)).unwrap_err();
        assert!(error.to_string().starts_with("'all calls'"), "{error}");
        limits.admit(&who("b"), "links", 10_000, at(0)).unwrap();
    }

    #[test]
    fn a_clock_that_jumps_gives_no_more_than_a_minute_and_takes_nothing() {
        let mut limits = Limits::default();
        limits.admit(&who("a"), "audit", 2, at(0)).unwrap();
        limits.admit(&who("a"), "audit", 2, at(-100)).unwrap();
        assert!(limits.admit(&who("a"), "audit", 2, at(-100)).is_err());
        for _ in 0..2 {
            limits.admit(&who("a"), "audit", 2, at(1_000_000)).unwrap();
        }
        assert!(limits.admit(&who("a"), "audit", 2, at(1_000_000)).is_err());
    }

    #[test]
    fn many_names_do_not_fill_the_memory() {
        let mut limits = Limits::default();
        for name in 0..3 * KEPT {
            limits.admit(&who(&name.to_string()), "get", 600, at(0)).unwrap();
        }
        assert!(limits.buckets.len() <= KEPT + 1, "{}", limits.buckets.len());
    }
}
