//! A span of time: of an incident, or of a query.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// From a time up to another; both ends belong to it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// RFC 3339, UTC.
    #[schemars(with = "String")]
    pub from: Timestamp,
    /// RFC 3339, UTC; not before `from`.
    #[schemars(with = "String")]
    pub until: Timestamp,
}

impl Window {
    /// The window of an incident that names none: so long before the ticket was
    /// made, until now.
    pub fn around(created: Timestamp, before: SignedDuration, now: Timestamp) -> Self {
        let from = created.checked_sub(before).unwrap_or(Timestamp::MIN);
        Self { from, until: now.max(created) }
    }

    /// False where it ends before it begins.
    pub fn is_sound(&self) -> bool {
        self.from <= self.until
    }

    /// True for a time inside.
    pub fn holds(&self, time: Timestamp) -> bool {
        (self.from..=self.until).contains(&time)
    }

    /// True if both have a moment in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }

    /// True if all of `other` lies inside.
    pub fn covers(&self, other: &Self) -> bool {
        self.from <= other.from && other.until <= self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: &str, until: &str) -> Window {
        let time = |clock: &str| format!("2026-11-03T{clock}:00Z").parse().unwrap();
        Window { from: time(from), until: time(until) }
    }

    #[test]
    fn both_ends_belong_to_it() {
        let window = window("04:00", "05:00");
        assert!(window.holds(window.from) && window.holds(window.until));
        assert!(window.meets(&self::window("05:00", "06:00")));
        assert!(!window.meets(&self::window("05:01", "06:00")));
        assert!(window.covers(&window) && !window.covers(&self::window("03:59", "04:30")));
    }

    #[test]
    fn a_clock_behind_the_ticket_gives_no_window_that_ends_before_it_begins() {
        let created = "2026-11-03T04:00:00Z".parse().unwrap();
        let early = "2026-11-03T03:00:00Z".parse().unwrap();
        let window = Window::around(created, SignedDuration::from_hours(2), early);
        assert!(window.is_sound() && window.holds(created));
    }
}
