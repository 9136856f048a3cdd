//! A text on the table: its bytes, its lines, its placeholders, and where
//! keywords stand.

use std::ops::Range;

use super::placeholder::holes;
use super::rules::{Keywords, Role};

/// One place of one keyword.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) role: Role,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// One line, and what its bytes are: most lines have nothing that a layer
/// would look at, and are passed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) start: usize,
    /// One past the last byte, without the line's end.
    pub(super) end: usize,
    /// Classes of the bytes in it.
    pub(super) signs: u16,
    /// Digits in it.
    pub(super) digits: u32,
    /// The longest run of bytes that a token can have.
    pub(super) longest: u32,
}

/// Classes of bytes.
pub(super) mod sign {
    pub(crate) const DIGIT: u16 = 1;
    pub(crate) const TOKEN: u16 = 2;
    /// `@`
    pub(crate) const AT: u16 = 4;
    /// `%` `\` `&`
    pub(crate) const ESCAPE: u16 = 8;
    /// `|` and every byte that no ASCII text has.
    pub(crate) const PIPE: u16 = 16;
    pub(crate) const WIDE: u16 = 32;
    /// `,` `;` and the tabulator.
    pub(crate) const LIST: u16 = 64;
    pub(crate) const EQUALS: u16 = 128;
    pub(crate) const AMPERSAND: u16 = 256;
    pub(crate) const PERCENT: u16 = 512;
    pub(crate) const STAR: u16 = 1024;
}

const CLASSES: [u16; 256] = classes();

const fn classes() -> [u16; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "the loop ends at 256")]
        let byte = at as u8;
        table[at] = match byte {
            b'0'..=b'9' => sign::DIGIT | sign::TOKEN,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' | b'+' | b'/' | b'~' | b'.' | b'!' => {
                sign::TOKEN
            }
            b'=' => sign::TOKEN | sign::EQUALS,
            b'@' => sign::AT,
            b'%' => sign::ESCAPE | sign::PERCENT,
            b'&' => sign::ESCAPE | sign::AMPERSAND,
            b'\\' => sign::ESCAPE,
            b'|' => sign::PIPE,
            b'*' => sign::STAR,
            b',' | b';' | b'\t' => sign::LIST,
            128..=255 => sign::WIDE,
            _ => 0,
        };
        at += 1;
    }
    table
}

/// A text that layers look at.
#[derive(Debug)]
pub(super) struct Text<'t> {
    pub(super) raw: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) lines: Vec<Line>,
    pub(super) holes: Vec<Range<usize>>,
    pub(super) hits: Vec<Hit>,
    /// Classes of all bytes.
    pub(super) signs: u16,
}

impl<'t> Text<'t> {
    pub(super) fn new(raw: &'t str, keywords: &Keywords) -> Self {
        let lines = lines(raw.as_bytes());
        let signs = lines.iter().fold(0, |all, line| all | line.signs);
        Self {
            raw,
            bytes: raw.as_bytes(),
            lines,
            holes: holes(raw),
            hits: keywords.hits(raw),
            signs,
        }
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
        before.rfind('\n').map_or(before, |at| &before[at + 1..])
    }

    /// What stands from a byte to the end of its line, at most `limit` bytes.
    pub(super) fn line_from(&self, start: usize, limit: usize) -> &'t str {
        let rest = self.from(start, limit);
        rest.find('\n').map_or(rest, |at| &rest[..at])
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

/// Every line, in one pass over the bytes.
fn lines(bytes: &[u8]) -> Vec<Line> {
    let mut all = Vec::with_capacity(bytes.len() / 64 + 1);
    let fresh = |start| Line { start, end: start, signs: 0, digits: 0, longest: 0 };
    let mut line = fresh(0);
    let mut run = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' {
            line.end = at - usize::from(at > line.start && bytes[at - 1] == b'\r');
            line.longest = line.longest.max(run);
            all.push(line);
            line = fresh(at + 1);
            run = 0;
            continue;
        }
        let class = CLASSES[usize::from(*byte)];
        line.signs |= class;
        line.digits += u32::from(class & sign::DIGIT);
        if class & sign::TOKEN == 0 {
            line.longest = line.longest.max(run);
            run = 0;
        } else {
            run += 1;
        }
    }
    line.end = bytes.len();
    line.longest = line.longest.max(run);
    all.push(line);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_bytes() {
        let text = Text::new("ab12 c\r\nx@y\n", &Keywords::new());
        let first = text.lines[0];
        assert_eq!((text.line(&first), first.digits, first.longest), ("ab12 c", 2, 4));
        assert!(text.lines[1].signs & sign::AT != 0 && text.signs & sign::AT != 0);
        assert_eq!(text.lines.len(), 3);
    }
}
