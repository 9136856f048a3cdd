//! A part of a text as it reads when decoded.

use std::ops::Range;

use super::super::span::Match;

/// A part of a text as it reads when decoded.
#[derive(Debug)]
pub(in super::super) struct View {
    /// As it reads.
    pub(in super::super) text: String,
    /// How its bytes came about.
    source: Source,
}

#[derive(Debug)]
enum Source {
    /// Unit by unit: for every byte where its unit begins in the text, and one
    /// past the last.
    Units(Vec<usize>),
    /// As a whole: no part can be replaced alone.
    Whole(Range<usize>),
}

impl View {
    /// A view whose every byte knows where it came from; `at` has one entry
    /// more than the text has bytes.
    pub(super) fn of_units(text: String, at: Vec<usize>) -> Self {
        debug_assert_eq!(text.len() + 1, at.len());
        Self { text, source: Source::Units(at) }
    }

    /// A view that came from a span as a whole.
    pub(super) fn of_whole(text: String, span: Range<usize>) -> Self {
        Self { text, source: Source::Whole(span) }
    }

    /// True for an encoding that nobody uses by chance.
    pub(in super::super) fn is_plainly_encoded(&self) -> bool {
        matches!(self.source, Source::Whole(_))
    }

    /// Where it begins in the text.
    pub(in super::super) fn start(&self) -> usize {
        self.outer(0)
    }

    /// Where a byte of the view came from.
    pub(in super::super) fn outer(&self, at: usize) -> usize {
        match &self.source {
            Source::Units(units) => units[at.min(units.len() - 1)],
            Source::Whole(span) => span.start,
        }
    }

    /// A match in the view as a match in the text.
    pub(in super::super) fn bring(&self, found: Match) -> Match {
        let span = match &self.source {
            Source::Units(units) => units[found.span.start]..units[found.span.end],
            Source::Whole(span) => span.clone(),
        };
        Match { span, ..found }
    }
}
