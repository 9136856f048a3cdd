//! Counts by page and day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::KEPT;
use super::line::Line;

/// Rows that are kept; beyond them the oldest days go.
const ROWS: usize = 50_000;

/// How often, on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Day {
    /// Stood first in an answer.
    pub routed: u64,
    /// Was read.
    pub opened: u64,
}

/// How often a page was marked as unhelpful, by the digest of its body then.
pub type Marks = BTreeMap<String, u64>;

/// Everything that was counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counts {
    /// The day from which on everything was counted.
    pub since: Option<Date>,
    /// Questions by day.
    questions: BTreeMap<Date, u64>,
    pages: BTreeMap<Date, BTreeMap<String, Day>>,
    marks: BTreeMap<Date, BTreeMap<String, Marks>>,
}

/// What was counted from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// Questions that were asked.
    pub questions: u64,
    /// By path.
    pub pages: BTreeMap<String, Day>,
    /// By path.
    pub marks: BTreeMap<String, Marks>,
}

impl Counts {
    /// Adds what a line says.
    pub(super) fn add(&mut self, line: Line) {
        let day = line.day();
        self.since = Some(self.since.map_or(day, |since| since.min(day)));
        match line {
            Line::Begun { .. } => {}
            Line::Routed { pages, .. } => {
                *self.questions.entry(day).or_default() += 1;
                for page in pages {
                    self.page(day, page).routed += 1;
                }
            }
            Line::Opened { page, .. } => self.page(day, page).opened += 1,
            Line::Unhelpful { page, body, .. } => {
                let of_day = self.marks.entry(day).or_default();
                *of_day.entry(page).or_default().entry(body).or_default() += 1;
            }
        }
    }

    fn page(&mut self, day: Date, page: String) -> &mut Day {
        self.pages.entry(day).or_default().entry(page).or_default()
    }

    /// Drops what is too old, and the oldest days of what is too much.
    pub(super) fn bound(&mut self, today: Date) {
        let days = jiff::ToSpan::days(KEPT);
        let oldest = today.checked_sub(days).unwrap_or(Date::MIN);
        self.drop_before(oldest);
        while self.rows() > ROWS && self.first_day().is_some_and(|first| first < today) {
            let next = self.first_day().and_then(|first| first.tomorrow().ok());
            self.drop_before(next.unwrap_or(today));
        }
    }

    fn rows(&self) -> usize {
        let pages: usize = self.pages.values().map(BTreeMap::len).sum();
        let marks: usize = self.marks.values().map(BTreeMap::len).sum();
        pages + marks
    }

    fn first_day(&self) -> Option<Date> {
        let days = [self.pages.keys().next(), self.marks.keys().next()];
        days.into_iter().flatten().min().copied()
    }

    fn drop_before(&mut self, day: Date) {
        self.questions = self.questions.split_off(&day);
        self.pages = self.pages.split_off(&day);
        self.marks = self.marks.split_off(&day);
        self.since = self.since.map(|since| since.max(day));
    }

    /// What was counted from `first` to `last`, both included.
    pub fn window(&self, first: Date, last: Date) -> Window {
        let mut window = Window::default();
        if first > last {
            return window;
        }
        window.questions = self.questions.range(first..=last).map(|(_, count)| count).sum();
        for (page, day) in self.pages.range(first..=last).flat_map(|(_, pages)| pages) {
            let sum = window.pages.entry(page.clone()).or_default();
            sum.routed += day.routed;
            sum.opened += day.opened;
        }
        for (page, marks) in self.marks.range(first..=last).flat_map(|(_, marks)| marks) {
            let sum = window.marks.entry(page.clone()).or_default();
            for (body, count) in marks {
                *sum.entry(body.clone()).or_default() += count;
            }
        }
        window
    }
}

impl Window {
    /// How often a page stood first and was read, under any of its paths.
    pub fn of<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> Day {
        let days = paths.into_iter().filter_map(|path| self.pages.get(path));
        days.fold(Day::default(), |sum, day| Day {
            routed: sum.routed + day.routed,
            opened: sum.opened + day.opened,
        })
    }

    /// How often a page was marked, under any of its paths, while its body had this digest.
    pub fn marked<'a>(&self, paths: impl IntoIterator<Item = &'a str>, body: &str) -> u64 {
        let marks = paths.into_iter().filter_map(|path| self.marks.get(path)?.get(body));
        marks.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn routed(day: Date, pages: &[&str]) -> Line {
        Line::Routed { day, pages: pages.iter().map(|&page| page.to_owned()).collect() }
    }

    #[test]
    fn a_window_holds_its_first_and_last_day() {
        let mut counts = Counts::default();
        for day in 1..=4 {
            counts.add(routed(date(2026, 1, day), &["a.md", "b.md"]));
        }
        counts.add(Line::Opened { day: date(2026, 1, 2), page: "a.md".to_owned() });
        let window = counts.window(date(2026, 1, 2), date(2026, 1, 3));
        assert_eq!(window.questions, 2);
        assert_eq!(window.of(["a.md"]), Day { routed: 2, opened: 1 });
        assert_eq!(window.of(["a.md", "b.md", "c.md"]), Day { routed: 4, opened: 1 });
        assert_eq!(counts.since, Some(date(2026, 1, 1)));
        assert_eq!(counts.window(date(2026, 1, 3), date(2026, 1, 2)), Window::default());
    }

    #[test]
    fn a_mark_is_of_one_text() {
        let mut counts = Counts::default();
        let (day, page) = (date(2026, 1, 1), "a.md".to_owned());
        counts.add(Line::Unhelpful { day, page, body: "sha256:1".to_owned() });
        let window = counts.window(day, day);
        assert_eq!(
            (window.marked(["a.md"], "sha256:1"), window.marked(["a.md"], "sha256:2")),
            (1, 0)
        );
    }

    #[test]
    fn what_is_old_goes_and_the_first_day_moves() {
        let mut counts = Counts::default();
        counts.add(routed(date(2020, 1, 1), &["a.md"]));
        counts.add(routed(date(2026, 1, 1), &["a.md"]));
        counts.bound(date(2026, 1, 1));
        let oldest = date(2026, 1, 1).checked_sub(jiff::ToSpan::days(KEPT)).unwrap();
        assert_eq!(counts.since, Some(oldest));
        assert_eq!(counts.window(Date::MIN, Date::MAX).questions, 1);
    }

    #[test]
    fn what_is_too_much_goes_from_the_oldest_day_on() {
        let mut counts = Counts::default();
        for day in 1..=3 {
            for page in 0..ROWS / 2 {
                let page = format!("{page}.md");
                counts.add(Line::Opened { day: date(2026, 1, day), page });
            }
        }
        counts.bound(date(2026, 1, 3));
        assert_eq!((counts.rows(), counts.since), (ROWS, Some(date(2026, 1, 2))));
    }
}
