//! Up to which time a standby has what happened.

use jiff::{SignedDuration, Timestamp};

/// What a standby says of how far it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Replay {
    /// Its clock.
    pub(super) now: Option<Timestamp>,
    /// When what it applied last was committed.
    pub(super) last: Option<Timestamp>,
    /// Bytes that it has and did not apply yet; `None` where it does not say.
    pub(super) behind: Option<i64>,
    /// Whether it is connected to where it follows.
    pub(super) follows: bool,
    /// When that last said something, where the role may know.
    pub(super) heard: Option<Timestamp>,
    /// After how many milliseconds of silence it takes that as lost; 0 means never.
    pub(super) silence: i64,
}

impl Replay {
    /// The time up to which everything that was committed is there: what was applied last,
    /// or, where it is connected and has applied all that it has, when it must have heard
    /// of more.
    pub(super) fn reached(&self) -> Option<Timestamp> {
        let is_level = self.follows && self.behind == Some(0);
        let silence = (self.silence > 0).then(|| SignedDuration::from_millis(self.silence));
        let by_silence = || self.now?.checked_sub(silence?).ok();
        let level = if is_level { self.heard.max(by_silence()) } else { None };
        level.max(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> Option<Timestamp> {
        format!("2026-11-03T{clock}Z").parse().ok()
    }

    fn level() -> Replay {
        Replay {
            now: at("09:00:00"),
            last: at("08:00:00"),
            behind: Some(0),
            follows: true,
            heard: None,
            silence: 60_000,
        }
    }

    #[test]
    fn what_is_level_has_all_but_what_it_would_not_have_noticed_to_be_missing() {
        assert_eq!(level().reached(), at("08:59:00"));
        assert_eq!(Replay { heard: at("08:59:55"), ..level() }.reached(), at("08:59:55"));
        assert_eq!(Replay { last: at("08:59:58"), ..level() }.reached(), at("08:59:58"));
    }

    #[test]
    fn what_lags_or_follows_nothing_has_what_it_applied() {
        for lagging in [
            Replay { behind: Some(1), ..level() },
            Replay { behind: None, ..level() },
            Replay { follows: false, ..level() },
            Replay { silence: 0, ..level() },
        ] {
            assert_eq!(lagging.reached(), at("08:00:00"), "{lagging:?}");
        }
        assert_eq!(Replay { last: None, follows: false, ..level() }.reached(), None);
    }
}
