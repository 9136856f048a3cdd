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
    /// Unit by unit: pieces in order, and where the last one ends.
    Units(Vec<Piece>),
    /// As a whole: no part can be replaced alone.
    Whole(Range<usize>),
}

/// A part of a view that came from one place.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the view.
    start: usize,
    /// Where it begins in the text.
    at: usize,
    /// It reads as it is written, byte for byte.
    is_kept: bool,
}

/// Where a byte of a view came from; its unit, if it was decoded.
fn source(pieces: &[Piece], byte: usize) -> usize {
    let number = pieces.partition_point(|it| it.start <= byte).max(1) - 1;
    let piece = pieces[number];
    piece.at + if piece.is_kept { byte - piece.start } else { 0 }
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
            Source::Units(pieces) => source(pieces, at.min(self.text.len())),
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
            Source::Units(pieces) => {
                source(pieces, found.span.start)..source(pieces, found.span.end)
            }
            Source::Whole(span) => span.clone(),
        };
        Some(Match { span, ..found })
    }
}

/// A view that is made unit by unit.
#[derive(Debug, Default)]
pub(super) struct Units {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
}

impl Units {
    /// With room for so many bytes, and for pieces around so many units.
    pub(super) fn with_room(bytes: usize, units: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), pieces: Vec::with_capacity(2 * units + 2) }
    }

    /// Adds what a unit that begins at `at` reads as.
    pub(super) fn push(&mut self, bytes: &[u8], at: usize) {
        self.pieces.push(Piece { start: self.bytes.len(), at, is_kept: false });
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds text that reads as it is written.
    pub(super) fn keep(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        let start = self.bytes.len();
        let goes_on = |it: &Piece| it.is_kept && it.at + (start - it.start) == at;
        if !self.pieces.last().is_some_and(goes_on) {
            self.pieces.push(Piece { start, at, is_kept: true });
        }
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// The number of bytes so far.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The view; `end` is where its last unit ends. `None` if it is no text.
    pub(super) fn view(mut self, end: usize, joint: Option<usize>) -> Option<View> {
        self.pieces.push(Piece { start: self.bytes.len(), at: end, is_kept: false });
        let text = String::from_utf8(self.bytes).ok()?;
        Some(View { text, source: Source::Units(self.pieces), joint })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(joint: Option<usize>) -> View {
        let mut units = Units::default();
        units.keep("ab", 10);
        units.keep("c", 12);
        units.push(b"XY", 20);
        units.keep("d", 29);
        units.keep("", 40);
        assert_eq!(units.len(), 6);
        units.view(30, joint).unwrap()
    }

    #[test]
    fn each_byte_leads_back_to_where_it_came_from() {
        let view = view(None);
        assert_eq!((view.text.as_str(), view.start()), ("abcXYd", 10));
        let outer: Vec<usize> = (0..8).map(|at| view.outer(at)).collect();
        assert_eq!(outer, [10, 11, 12, 20, 20, 29, 30, 30]);
        let brought = |span| view.bring(Match::new("a", "A", span, 50)).unwrap().span;
        assert_eq!((brought(0..3), brought(1..4), brought(3..6)), (10..20, 11..20, 20..30));
        assert_eq!((view.encoded(), view.is_joined()), (None, false));
    }

    #[test]
    fn of_a_joined_token_only_what_stands_across_counts() {
        let view = view(Some(3));
        let brought = |span| view.bring(Match::new("a", "A", span, 50)).map(|it| it.span);
        for (span, is_across) in [(0..3, false), (3..6, false), (2..4, true), (0..6, true)] {
            assert_eq!(brought(span.clone()).is_some(), is_across, "{span:?}");
        }
        assert!(view.is_joined());
    }

    #[test]
    fn what_was_decoded_as_a_whole_is_hidden_as_a_whole() {
        let view = View::of_whole("abc".to_owned(), 5..17);
        assert_eq!((view.start(), view.outer(2), view.encoded()), (5, 5, Some(5..17)));
        assert_eq!(view.bring(Match::new("a", "A", 1..2, 50)).unwrap().span, 5..17);
        let mut units = Units::with_room(4, 1);
        units.push(&[0xff], 3);
        assert!(units.view(4, None).is_none(), "no text");
    }
}
