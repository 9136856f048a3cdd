//! What tickets of customers say as numbers.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::shape::{Entry, Listing};
use crate::triage::window::Window;

/// Intervals of a window.
const INTERVALS: i64 = 8;

/// Tickets that were made in a window.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) count: usize,
    /// There are no others.
    pub(super) is_whole: bool,
    /// To the minute.
    pub(super) first: Timestamp,
    pub(super) last: Timestamp,
    /// States and labels with numbers, and numbers by interval.
    pub(super) lines: Vec<String>,
}

impl Counts {
    /// Of the tickets of a result that were made in a window; `None` where none was.
    pub(super) fn of(listing: &Listing, window: &Window, labels: &[String]) -> Option<Self> {
        let inside: Vec<&Entry> =
            listing.entries.iter().filter(|it| window.holds(it.made)).collect();
        let first = inside.iter().map(|it| it.made).min()?;
        let last = inside.iter().map(|it| it.made).max()?;
        let states = counted(inside.iter().map(|it| it.state));
        let known = inside.iter().flat_map(|it| &it.labels).filter_map(|at| labels.get(*at));
        let known = counted(known.map(String::as_str));
        let mut lines = vec![format!("states: {states}")];
        lines.extend((!known.is_empty()).then(|| format!("labels: {known}")));
        lines.push(intervals(&inside, window));
        let (first, last) = (minute(first), minute(last));
        Some(Self { count: inside.len(), is_whole: listing.is_whole, first, last, lines })
    }

    /// How many, in words.
    pub(super) fn number(&self) -> String {
        if self.is_whole { self.count.to_string() } else { format!("at least {}", self.count) }
    }
}

/// Each with how often it is there, the most first.
fn counted<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        *all.entry(word).or_default() += 1;
    }
    let mut all: Vec<(&str, usize)> = all.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let told = all.iter().map(|(word, count)| format!("{word} {count}"));
    told.collect::<Vec<_>>().join(", ")
}

fn intervals(inside: &[&Entry], window: &Window) -> String {
    let seconds = window.until.duration_since(window.from).as_secs();
    let length = (seconds / INTERVALS / 60 + 1) * 60;
    let mut counts = vec![0_usize; usize::try_from(seconds / length + 1).unwrap_or(1)];
    for entry in inside {
        let at = entry.made.duration_since(window.from).as_secs() / length;
        if let Some(count) = usize::try_from(at).ok().and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let from = |at: usize| {
        let later = SignedDuration::from_secs(length * i64::try_from(at).unwrap_or(0));
        told(window.from.checked_add(later).unwrap_or(window.until))
    };
    let told = counts.iter().enumerate().map(|(at, count)| format!("{} {count}", from(at)));
    told.collect::<Vec<_>>().join(", ")
}

/// To the minute: a second may tell who it was.
fn minute(time: Timestamp) -> Timestamp {
    let seconds = time.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60)).unwrap_or(time)
}

/// `2026-11-03T14:02Z`.
pub(super) fn told(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%MZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> Timestamp {
        format!("2026-11-03T{clock}Z").parse().unwrap()
    }

    fn listing(clocks: &[&str]) -> Listing {
        let entry = |it: &&str| Entry { made: at(it), state: "open", labels: vec![0] };
        Listing { entries: clocks.iter().map(entry).collect(), is_whole: true }
    }

    #[test]
    fn what_is_of_the_window_is_counted_to_the_minute() {
        let window = Window { from: at("13:00:00"), until: at("15:00:00") };
        let listing = listing(&["12:59:59", "14:02:11", "14:40:59", "15:00:01"]);
        let labels = ["gift-card".to_owned()];
        let counts = Counts::of(&listing, &window, &labels).unwrap();
        assert_eq!((counts.count, counts.number()), (2, "2".to_owned()));
        assert_eq!((counts.first, counts.last), (at("14:02:00"), at("14:40:00")));
        assert_eq!(counts.lines[..2], ["states: open 2", "labels: gift-card 2"]);
        assert_eq!(
            counts.lines[2],
            "2026-11-03T13:00Z 0, 2026-11-03T13:16Z 0, 2026-11-03T13:32Z 0, 2026-11-03T13:48Z 1, 2026-11-03T14:04Z 0, 2026-11-03T14:20Z 0, 2026-11-03T14:36Z 1, 2026-11-03T14:52Z 0"
        );
    }

    #[test]
    fn nothing_of_the_window_is_nothing() {
        let window = Window { from: at("13:00:00"), until: at("13:00:00") };
        assert_eq!(Counts::of(&listing(&["12:00:00"]), &window, &[]), None);
        let one = Counts::of(&listing(&["13:00:00"]), &window, &[]).unwrap();
        assert_eq!(one.lines[1], "2026-11-03T13:00Z 1", "a window of a moment");
    }
}
