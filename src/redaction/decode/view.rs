//! A part of a text as it reads when decoded.

use std::ops::Range;

use super::super::span::Match;

/// A part of a text as it reads when decoded.
#[derive(Debug)]
pub(in super::super) struct View {
    /// As it reads.
    pub(in super::super) text: String,
    source: Source,
    /// Where a line break was taken out: only what stands across it counts.
    joint: Option<usize>,
}

/// How the bytes of a view came about.
#[derive(Debug)]
enum Source {
    /// Unit by unit: for every byte where its unit begins in the text, and one
    /// past the last.
    Units(Vec<usize>),
    /// As a whole: no part can be replaced alone.
    Whole(Range<usize>),
}

impl View {
    /// A view that came from a span as a whole.
    pub(super) fn of_whole(text: String, span: Range<usize>) -> Self {
        Self { text, source: Source::Whole(span), joint: None }
    }

    /// What was decoded, for an encoding that nobody uses by chance.
    pub(in super::super) fn encoded(&self) -> Option<Range<usize>> {
        match &self.source {
            Source::Whole(span) => Some(span.clone()),
            Source::Units(_) => None,
        }
    }

    /// True if it only shows how tokens read without a line break in them.
    pub(in super::super) fn is_joined(&self) -> bool {
        self.joint.is_some()
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
    pub(in super::super) fn bring(&self, found: Match) -> Option<Match> {
        let is_across = |joint| found.span.start < joint && joint < found.span.end;
        if self.joint.is_some_and(|joint| !is_across(joint)) {
            return None;
        }
        let span = match &self.source {
            // The end of the last unit, not the begin of what follows a cut.
            Source::Units(units) => units[found.span.start]..units[found.span.end],
            Source::Whole(span) => span.clone(),
        };
        Some(Match { span, ..found })
    }
}

/// A view that is made unit by unit.
#[derive(Debug, Default)]
pub(super) struct Units {
    bytes: Vec<u8>,
    at: Vec<usize>,
}

impl Units {
    /// Adds what a unit that begins at `at` reads as.
    pub(super) fn push(&mut self, bytes: &[u8], at: usize) {
        self.bytes.extend_from_slice(bytes);
        self.at.extend(std::iter::repeat_n(at, bytes.len()));
    }

    /// Adds text that reads as it is written.
    pub(super) fn keep(&mut self, text: &str, at: usize) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.at.extend(at..at + text.len());
    }

    /// The number of bytes so far.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The view; `end` is where its last unit ends. `None` if it is no text.
    pub(super) fn view(mut self, end: usize, joint: Option<usize>) -> Option<View> {
        self.at.push(end);
        let text = String::from_utf8(self.bytes).ok()?;
        Some(View { text, source: Source::Units(self.at), joint })
    }
}
