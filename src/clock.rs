//! Now, as a value: the only reader of the system's time.
//!
//! An operation takes its time from a [`Clock`], so that `--as-of` can set it
//! and a test can fix it.

use jiff::Timestamp;
use jiff::civil::Date;

/// The time that an answer is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock(Timestamp);

impl Clock {
    /// The machine's own time.
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask the system")]
    pub fn system() -> Self {
        Self(Timestamp::now())
    }

    /// A given time.
    pub fn at(time: Timestamp) -> Self {
        Self(time)
    }

    /// The time in UTC.
    pub fn now(self) -> Timestamp {
        self.0
    }

    /// The day where the machine stands, as `date` tells it: UTC where the
    /// machine does not say where that is.
    pub fn local_day(self) -> Date {
        self.0.to_zoned(jiff::tz::TimeZone::system()).date()
    }

    /// The day in UTC.
    pub fn today(self) -> Date {
        self.0.to_zoned(jiff::tz::TimeZone::UTC).date()
    }
}
