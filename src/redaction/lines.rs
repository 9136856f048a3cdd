//! From bytes of a text to its lines and columns.

use super::blocked::Blocked;
use super::finding::{Finding, LengthBucket};
use super::scan::Stop;
use super::span::Match;

/// Where the lines of a text begin.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect())
    }

    /// 1-based line and column (in characters) of a byte.
    fn place(&self, text: &str, at: usize) -> (u32, u32) {
        let line = self.0.partition_point(|start| *start <= at).max(1);
        let from = self.0[line - 1];
        let column = text.get(from..at).map_or(0, |before| before.chars().count()) + 1;
        (count(line), count(column))
    }

    pub(super) fn finding(&self, text: &str, found: &Match) -> Finding {
        let (line, column) = self.place(text, found.span.start);
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

    pub(super) fn blocked(&self, text: &str, stop: Stop) -> Blocked {
        let (line, column) = self.place(text, stop.start);
        Blocked { reason: stop.reason, start: stop.start, line, column }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
