//! How often one identity may ask: a bucket that fills evenly.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time whose requests may come at once.
const BURST: Duration = Duration::from_secs(10);
/// Identities that are kept. One that has paid for all it asked is like none.
const KEPT: usize = 10_000;

/// How often each identity may ask: tokens and `local`, or addresses.
pub(super) struct Rates {
    /// Time that one request costs.
    cost: Duration,
    /// Until when what each asked so far is paid.
    paid: Mutex<HashMap<String, Instant>>,
}

impl Rates {
    /// So many requests a minute; those of ten seconds may come at once, one at least.
    pub(super) fn per_minute(rate: u32) -> Self {
        let cost = Duration::from_mins(1) / rate.max(1);
        Self { cost, paid: Mutex::default() }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// The time after which the next one may come.
    pub(super) fn take(&self, identity: &str, now: Instant) -> Result<(), Duration> {
        let mut paid = self.paid.lock().unwrap_or_else(PoisonError::into_inner);
        let until = paid.get(identity).copied().unwrap_or(now).max(now);
        let most = BURST.saturating_sub(self.cost);
        let wait = until.saturating_duration_since(now).saturating_sub(most);
        if !wait.is_zero() {
            return Err(wait);
        }
        if paid.len() >= KEPT {
            paid.retain(|_, until| *until > now);
            if paid.len() >= KEPT {
                paid.clear();
            }
        }
        paid.insert(identity.to_owned(), until + self.cost);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_one_at_a_time() {
        let rates = Rates::per_minute(60);
        let now = Instant::now();
        let passed = (0..100).filter(|_| rates.take("a", now).is_ok()).count();
        assert_eq!(passed, 10);
        assert_eq!(rates.take("a", now), Err(Duration::from_secs(1)));
        assert_eq!(rates.take("b", now), Ok(()), "others have a bucket of their own");
        let later = now + Duration::from_secs(1);
        assert_eq!(rates.take("a", later), Ok(()));
        assert!(rates.take("a", later).is_err());
    }

    #[test]
    fn many_identities_do_not_fill_the_memory() {
        let rates = Rates::per_minute(60);
        let now = Instant::now();
        for identity in 0..3 * KEPT {
            assert_eq!(rates.take(&identity.to_string(), now), Ok(()));
        }
        assert!(rates.paid.lock().unwrap().len() <= KEPT);
        let later = now + Duration::from_mins(1);
        for identity in 0..KEPT {
            rates.take(&format!("later {identity}"), later).unwrap();
        }
        assert!(rates.paid.lock().unwrap().contains_key("later 0"), "what is owed stays");
    }

    #[test]
    fn the_slowest_rate_lets_one_pass() {
        let rates = Rates::per_minute(1);
        let now = Instant::now();
        assert_eq!(rates.take("a", now), Ok(()));
        assert_eq!(rates.take("a", now), Err(Duration::from_mins(1)));
        assert_eq!(rates.take("a", now + Duration::from_mins(1)), Ok(()));
    }
}
