//! From bytes of a text to its lines and columns.

use super::blocked::Blocked;
use super::finding::{Finding, LengthBucket};
use super::span::Match;
use super::stop::Stop;

/// Where the lines of a text begin.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        Self(std::iter::once(0).chain(ends.map(|at| at + 1)).collect())
    }

    /// 1-based line and column (in characters) of a byte.
    fn place(&self, text: &str, at: usize) -> (u32, u32) {
        let line = self.0.partition_point(|start| *start <= at).max(1);
        let from = self.0[line - 1];
        let column = text.get(from..at).map_or(0, |before| before.chars().count()) + 1;
        (count(line), count(column))
    }

    /// Findings of matches, which are in order: characters of a line are
    /// counted once, however many stand on it.
    pub(super) fn findings(&self, text: &str, found: &[Match]) -> Vec<Finding> {
        let mut last = (0, (1, 1));
        let place = |it: &Match| {
            let (at, place) = last;
            let (line, column) = self.place_behind(text, it.span.start, at, place);
            last = (it.span.start, (line, column));
            finding(it, line, column)
        };
        found.iter().map(place).collect()
    }

    /// The same as [`Lines::place`], from a byte on whose place is known.
    fn place_behind(&self, text: &str, at: usize, from: usize, known: (u32, u32)) -> (u32, u32) {
        let next = usize::try_from(known.0).ok().and_then(|line| self.0.get(line));
        if next.is_some_and(|next| *next <= at) {
            return self.place(text, at);
        }
        let between = text.get(from..at).map_or(0, |between| between.chars().count());
        (known.0, known.1.saturating_add(count(between)))
    }

    pub(super) fn blocked(&self, text: &str, stop: Stop) -> Blocked {
        let (line, column) = self.place(text, stop.start);
        Blocked { reason: stop.reason, start: stop.start, end: stop.end, line, column, file: None }
    }
}

fn finding(found: &Match, line: u32, column: u32) -> Finding {
    Finding {
        rule: found.rule.clone(),
        kind: found.kind.clone(),
        start: found.span.start,
        end: found.span.end,
        line,
        column,
        length: LengthBucket::of(found.span.len()),
        confidence: found.confidence,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where each of some bytes stands, told at once and one by one.
    fn places(text: &str, starts: &[usize]) -> Vec<(u32, u32)> {
        let lines = Lines::of(text);
        let found: Vec<Match> =
            starts.iter().map(|at| Match::new("a", "A", *at..at + 1, 50)).collect();
        let at_once = lines.findings(text, &found);
        let at_once: Vec<_> = at_once.into_iter().map(|it| (it.line, it.column)).collect();
        let alone: Vec<_> = starts.iter().map(|at| lines.place(text, *at)).collect();
        assert_eq!(at_once, alone, "{text:?}");
        alone
    }

    #[test]
    fn columns_are_counted_in_characters_however_many_stand_on_a_line() {
        let text = "aé b\n\ncd ef\ng";
        assert_eq!(places(text, &[0, 1, 4]), [(1, 1), (1, 2), (1, 4)]);
        assert_eq!(places(text, &[7, 8, 10, 13]), [(3, 1), (3, 2), (3, 4), (4, 1)]);
        assert_eq!(places(text, &[0, 7, 13]), [(1, 1), (3, 1), (4, 1)]);
        assert_eq!(places(text, &[5, 6, 7]), [(1, 5), (2, 1), (3, 1)]);
        assert_eq!(places(text, &[12]), [(3, 6)]);
    }

    #[test]
    fn what_stops_a_text_is_placed_like_what_is_found() {
        let text = "ab\ncé d";
        let stop = Stop { reason: super::super::Reason::TooDeep, start: 7, end: Some(8) };
        let blocked = Lines::of(text).blocked(text, stop);
        assert_eq!((blocked.line, blocked.column), (2, 4));
        assert_eq!((blocked.start, blocked.end, blocked.file), (7, Some(8), None));
    }
}
