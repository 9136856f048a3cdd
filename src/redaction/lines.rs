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
