//! How often and how long a service is waited for.
//!
//! Pauses grow and are of random length, so that machines that met once do not
//! meet again. What a service says itself comes first (`Retry-After`, RFC 9110
//! 10.2.3; `X-RateLimit-Reset`, seconds since 1970, on GitHub; `RateLimit-Reset`
//! on GitLab; `X-Sentry-Rate-Limit-Reset` at Sentry): it is done as it says, or told where that is too long.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::thread;
use std::time::Duration;

/// How often one thing is asked.
const TRIES: u32 = 4;

/// What is waited in all for one thing, where nobody has less time.
pub(super) const MOST: Duration = Duration::from_mins(1);

/// The first pause; each later one is up to twice as long.
const FIRST: Duration = Duration::from_millis(250);

/// How headers begin that tell of a limit.
const LIMITS: [&str; 3] = ["x-ratelimit", "ratelimit", "x-sentry-rate-limit"];

/// What is left of it.
pub struct Patience {
    tries: u32,
    waited: Duration,
    most: Duration,
    random: RandomState,
}

impl Patience {
    /// Nothing was tried yet but once.
    #[expect(clippy::new_without_default, reason = "patience is begun, never a default")]
    pub fn new() -> Self {
        Self::within(MOST)
    }

    /// The same for whoever can wait for `most` in all.
    pub fn within(most: Duration) -> Self {
        Self { tries: 1, waited: Duration::ZERO, most, random: RandomState::new() }
    }

    /// After a pause: whether to ask again.
    pub fn after_failure(&mut self) -> bool {
        let pause = self.pause();
        self.wait(pause)
    }

    /// After as long as the service wants: whether to ask again. One that does
    /// not say how long has a pause of ours, but a second at least.
    pub fn after_refusal(&mut self, wanted: Option<Duration>) -> bool {
        let pause = wanted.unwrap_or_else(|| self.pause().max(Duration::from_secs(1)));
        self.wait(pause)
    }

    fn wait(&mut self, pause: Duration) -> bool {
        self.tries += 1;
        self.waited += pause;
        if self.tries > TRIES || self.waited > self.most {
            return false;
        }
        thread::sleep(pause);
        true
    }

    fn pause(&self) -> Duration {
        let most = FIRST * 2_u32.pow(self.tries - 1);
        let mut hasher = self.random.build_hasher();
        hasher.write_u32(self.tries);
        let per_mille = u32::try_from(hasher.finish() % 500).unwrap_or(0);
        most / 2 + most * per_mille / 1_000
    }
}

/// How long an answer asks to wait. `header` gives a header by its name in
/// lower case. The service's own time counts, not this machine's.
pub(super) fn wanted(header: impl Fn(&str) -> Option<String>) -> Option<Duration> {
    let now = header("date").and_then(|it| jiff::fmt::rfc2822::parse(&it).ok());
    let now = now.map(|it| it.timestamp());
    let until = |at: jiff::Timestamp| {
        let seconds = at.as_second() - now?.as_second();
        u64::try_from(seconds).ok().map(Duration::from_secs)
    };
    if let Some(after) = header("retry-after") {
        let date = || until(jiff::fmt::rfc2822::parse(&after).ok()?.timestamp());
        return after.trim().parse().ok().map(Duration::from_secs).or_else(date);
    }
    let told = |what: &str| LIMITS.iter().find_map(|name| header(&format!("{name}{what}")));
    if told("-remaining")? != "0" {
        return None;
    }
    let reset = told("-reset")?;
    let at = jiff::Timestamp::from_second(reset.trim().parse().ok()?).ok()?;
    // A second more: the last one of the window still counts.
    until(at).map(|it| it + Duration::from_secs(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &[(&str, &str)]) -> Option<u64> {
        let find = |name: &str| {
            headers.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        wanted(find).map(|it| it.as_secs())
    }

    #[test]
    fn a_service_says_how_long_in_its_own_way() {
        let date = ("date", "Thu, 26 Nov 2026 05:00:00 GMT");
        assert_eq!(of(&[("retry-after", "7")]), Some(7));
        assert_eq!(of(&[date, ("retry-after", "Thu, 26 Nov 2026 05:00:09 GMT")]), Some(9));
        let at = "1795669205"; // 2026-11-26T05:00:05Z
        let spent = ("x-ratelimit-remaining", "0");
        assert_eq!(of(&[date, spent, ("x-ratelimit-reset", at)]), Some(6));
        assert_eq!(of(&[date, ("ratelimit-remaining", "0"), ("ratelimit-reset", at)]), Some(6));
        let (spent, reset) = ("x-sentry-rate-limit-remaining", "x-sentry-rate-limit-reset");
        assert_eq!(of(&[date, (spent, "0"), (reset, at)]), Some(6));
    }

    #[test]
    fn what_says_nothing_wants_nothing() {
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("retry-after", "soon")]), None);
        assert_eq!(
            of(&[("x-ratelimit-remaining", "12"), ("x-ratelimit-reset", "1795669205")]),
            None
        );
        assert_eq!(
            of(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1795669205")]),
            None
        );
    }

    #[test]
    fn patience_ends() {
        let mut patience = Patience::new();
        assert!(!patience.after_refusal(Some(Duration::from_mins(5))), "too long");
        let mut patience = Patience::within(Duration::from_millis(1));
        assert!(!patience.after_failure(), "longer than somebody can wait");
        let mut patience = Patience::new();
        assert!((1..TRIES).all(|_| patience.after_refusal(Some(Duration::ZERO))));
        assert!(!patience.after_refusal(Some(Duration::ZERO)), "too often");
    }

    #[test]
    fn pauses_grow_and_stay_within_their_bounds() {
        let mut patience = Patience::new();
        for tries in 1..=4_u32 {
            patience.tries = tries;
            let most = FIRST * 2_u32.pow(tries - 1);
            let pause = patience.pause();
            assert!(pause >= most / 2 && pause <= most, "{tries}: {pause:?}");
        }
    }
}
