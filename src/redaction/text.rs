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

#[cfg(test)]
mod tests {
    use super::super::layers::keywords;
    use super::super::rules::cue;
    use super::*;

    fn text(raw: &str) -> Text<'_> {
        Text::new(raw, &keywords())
    }

    #[test]
    fn lines_and_parts_are_known_by_their_numbers() {
        let text = text("ab\ncd\r\nef");
        let shown: Vec<&str> = text.lines.iter().map(|it| text.line(it)).collect();
        assert_eq!(shown, ["ab", "cd", "ef"]);
        let numbers: Vec<usize> = (0..9).map(|at| text.number(at)).collect();
        assert_eq!(numbers, [0, 0, 0, 1, 1, 1, 1, 2, 2]);
        assert_eq!(text.part(&(0..2)), 0..5);
        assert_eq!(text.part(&(1..3)), 3..9);
        assert_eq!(text.part(&(1..1)), 0..0);
    }

    #[test]
    fn what_stands_around_a_place_is_cut_at_a_character_and_a_line() {
        let text = text("aé\nbüc\nd");
        assert_eq!((text.from(4, 3), text.from(4, 2), text.from(4, 99)), ("bü", "b", "büc\nd"));
        assert_eq!((text.from(4, 0), text.from(99, 1), text.from(2, 3)), ("", "", ""));
        assert_eq!(
            (text.before(8, 2), text.before(8, 3), text.before(8, 99)),
            ("c", "üc", "aé\nbüc")
        );
        assert_eq!((text.before(0, 9), text.before(2, 1)), ("", ""));
        assert_eq!((text.line_before(8, 99), text.line_before(4, 99)), ("büc", ""));
        assert_eq!((text.line_from(4, 99), text.line_from(3, 99)), ("büc", ""));
        assert_eq!((text.byte(0), text.byte(9), text.byte(10)), (b'a', b'd', 0));
        assert_eq!(
            (text.byte_before(0), text.byte_before(1), text.byte_before(10)),
            (0, b'a', b'd')
        );
    }

    #[test]
    fn placeholders_are_known_by_where_they_begin() {
        let text = text("ab <A_1><B_2> c");
        let ends: Vec<_> = [2, 3, 4, 8, 9, 13].map(|at| text.hole_at(at)).into();
        assert_eq!(ends, [None, Some(8), None, Some(13), None, None]);
        assert!(Text::new("a < b", &keywords()).holes.is_empty());
    }

    #[test]
    fn lines_near_words_touch_none_of_one_another() {
        let with = |lines: &[usize]| {
            let line = |at: usize| if lines.contains(&at) { "VALUES" } else { "x" };
            (0..20).map(line).collect::<Vec<_>>().join("\n")
        };
        for (lines, reach, near) in [
            (&[5][..], 2, &[(3, 8)][..]),
            (&[0], 2, &[(0, 3)]),
            (&[19], 2, &[(17, 20)]),
            (&[5, 10], 2, &[(3, 13)]),
            (&[5, 11], 2, &[(3, 8), (9, 14)]),
            (&[5, 6], 0, &[(5, 7)]),
            (&[5, 7], 0, &[(5, 6), (7, 8)]),
        ] {
            let raw = with(lines);
            let text = text(&raw);
            assert_eq!(text.lines_with(&[cue("VALUES")]), lines);
            let shown = text.lines_near(&[cue("VALUES")], reach).into_iter();
            let shown: Vec<_> = shown.map(|it| (it.start, it.end)).collect();
            assert_eq!(shown, near, "{lines:?} {reach}");
        }
        assert_eq!(text("VALUES VALUES\nvalues").lines_with(&[cue("VALUES")]), [0]);
    }

    #[test]
    fn keywords_are_known_from_a_place_on() {
        let text = text("password x token");
        let begins = |at: usize| text.hits_from(at).first().map(|hit| hit.start);
        assert_eq!(
            (begins(0), begins(1), begins(11), begins(12)),
            (Some(0), Some(11), Some(11), None)
        );
    }

    #[test]
    fn quotes_around_a_value_are_counted() {
        for (value, inner) in [
            ("\"ab\"", (1, "ab")),
            ("\"'ab'\"", (2, "ab")),
            ("ab", (0, "ab")),
            ("'ab", (1, "ab")),
            ("''", (2, "")),
        ] {
            assert_eq!(unquoted(value), inner, "{value}");
        }
    }
}
