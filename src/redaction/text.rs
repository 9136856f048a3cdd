//! A text on the table: its bytes, its placeholders, and where keywords stand.

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

/// A text that layers look at.
#[derive(Debug)]
pub(super) struct Text<'t> {
    pub(super) raw: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) holes: Vec<Range<usize>>,
    pub(super) hits: Vec<Hit>,
}

impl<'t> Text<'t> {
    pub(super) fn new(raw: &'t str, keywords: &Keywords) -> Self {
        Self { raw, bytes: raw.as_bytes(), holes: holes(raw), hits: keywords.hits(raw) }
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
}
