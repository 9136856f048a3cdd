//! A text on the table: its bytes, its lines, its placeholders, and where
//! keywords stand.

use std::ops::Range;

use super::placeholder::holes;
use super::rules::{Cue, Cues, Hit, Keywords};
use super::signs::Signs;
pub(super) use super::signs::{Line, sign};

/// A text that layers look at.
#[derive(Debug)]
pub(super) struct Text<'t> {
    pub(super) raw: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) lines: Vec<Line>,
    pub(super) holes: Vec<Range<usize>>,
    pub(super) hits: Vec<Hit>,
    /// Runs of bytes that a token can have, but for short ones.
    pub(super) runs: Vec<Range<usize>>,
    /// Classes of all bytes.
    pub(super) signs: u32,
    cues: Cues,
}

impl<'t> Text<'t> {
    pub(super) fn new(raw: &'t str, keywords: &Keywords) -> Self {
        let Signs { lines, runs, all } = Signs::of(raw.as_bytes());
        let (hits, cues) = keywords.hits(raw);
        let holes = if all & sign::LESS == 0 { Vec::new() } else { holes(raw) };
        Self { raw, bytes: raw.as_bytes(), lines, holes, hits, runs, signs: all, cues }
    }

    /// True if the text holds a word of copied data.
    pub(super) fn holds(&self, cue: Cue) -> bool {
        self.cues.hold(cue)
    }

    /// The numbers of the lines in which any of some words begins, in order.
    pub(super) fn lines_with(&self, cues: &[Cue]) -> Vec<usize> {
        let places = self.cues.places(cues);
        let mut numbers: Vec<usize> = places.into_iter().map(|at| self.number(at)).collect();
        numbers.dedup();
        numbers
    }

    /// The lines in which any of some words begins, with so many around each,
    /// as numbers; none touch.
    pub(super) fn lines_near(&self, cues: &[Cue], reach: usize) -> Vec<Range<usize>> {
        let mut near: Vec<Range<usize>> = Vec::new();
        for number in self.lines_with(cues) {
            let end = (number + reach + 1).min(self.lines.len());
            match near.last_mut() {
                Some(last) if last.end + reach >= number => last.end = end,
                _ => near.push(number.saturating_sub(reach)..end),
            }
        }
        near
    }

    /// The number of the line that a byte stands on.
    pub(super) fn number(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.start <= at).saturating_sub(1)
    }

    /// The part of the text that some lines are.
    pub(super) fn part(&self, lines: &Range<usize>) -> Range<usize> {
        if lines.is_empty() {
            return 0..0;
        }
        self.lines[lines.start].start..self.lines[lines.end - 1].end
    }

    /// The text of a line.
    pub(super) fn line(&self, line: &Line) -> &'t str {
        self.raw.get(line.start..line.end).unwrap_or("")
    }

    /// The text from a byte on, at most `limit` bytes, cut at a character.
    pub(super) fn from(&self, start: usize, limit: usize) -> &'t str {
        let mut end = self.raw.len().min(start.saturating_add(limit));
        while !self.raw.is_char_boundary(end) {
            end -= 1;
        }
        self.raw.get(start..end).unwrap_or("")
    }

    /// The text before a byte, at most `limit` bytes, cut at a character.
    pub(super) fn before(&self, end: usize, limit: usize) -> &'t str {
        let mut start = end.saturating_sub(limit);
        while !self.raw.is_char_boundary(start) {
            start += 1;
        }
        self.raw.get(start..end).unwrap_or("")
    }

    /// What stands before a byte on its line, at most `limit` bytes.
    pub(super) fn line_before(&self, end: usize, limit: usize) -> &'t str {
        let before = self.before(end, limit);
        memchr::memrchr(b'\n', before.as_bytes()).map_or(before, |at| &before[at + 1..])
    }

    /// What stands from a byte to the end of its line, at most `limit` bytes.
    pub(super) fn line_from(&self, start: usize, limit: usize) -> &'t str {
        let rest = self.from(start, limit);
        memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |at| &rest[..at])
    }

    /// The byte at a place; 0 outside of the text.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The byte before a place; 0 at the beginning.
    pub(super) fn byte_before(&self, at: usize) -> u8 {
        if at == 0 { 0 } else { self.byte(at - 1) }
    }

    /// The end of a placeholder that begins here.
    pub(super) fn hole_at(&self, at: usize) -> Option<usize> {
        let hole = self.holes.binary_search_by_key(&at, |hole| hole.start).ok()?;
        Some(self.holes[hole].end)
    }

    /// The first keyword that begins at a place or behind it.
    pub(super) fn hits_from(&self, start: usize) -> &[Hit] {
        &self.hits[self.hits.partition_point(|hit| hit.start < start)..]
    }
}

/// What stands between a value's quotes, and how many bytes open it.
pub(super) fn unquoted(value: &str) -> (usize, &str) {
    let quotes = ['"', '\''];
    let inner = value.trim_start_matches(quotes);
    (value.len() - inner.len(), inner.trim_end_matches(quotes))
}
