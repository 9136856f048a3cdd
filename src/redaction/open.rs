//! What begins and cannot be bounded by a rule of its kind: a key block, a
//! quote, encodings in one another.
//!
//! It is found like anything else, from where it begins to where it ends by
//! itself: at the end of its lines, its paragraph, its run. It is never
//! replaced, since more may belong to it; it stops the text, unless a person
//! let exactly these bytes stand. Nothing else may be found among them: that
//! would stand with them, and nobody was asked about it.

use std::ops::Range;

use super::blocked::Reason;
use super::scan::Stop;
use super::span::Match;
use super::text::Text;

/// What in one text may be open before it is no longer looked for more.
pub(super) const MOST: usize = 64;

/// The longest that is followed to its own end, in bytes.
const LONGEST: usize = 64 << 10;

/// Why a match has no bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) reason: Reason,
    /// Nothing but the shape of its own bytes is found within.
    pub(super) is_alone: bool,
}

impl Open {
    pub(super) fn and(self, is_alone: bool) -> Self {
        Self { is_alone: self.is_alone && is_alone, ..self }
    }

    /// What two overlapping matches are together.
    pub(super) fn of_both(one: &Match, other: &Match) -> Option<Self> {
        match (one.open, other.open) {
            (None, None) => None,
            (Some(open), None) => Some(open.and(is_its_shape(other, one))),
            (None, Some(open)) => Some(open.and(is_its_shape(one, other))),
            (Some(open), Some(more)) => Some(open.and(more.is_alone && open.reason == more.reason)),
        }
    }
}

/// True for a token that looks drawn, which bytes of a key or of an encoding do.
fn is_its_shape(found: &Match, open: &Match) -> bool {
    let (inner, outer) = (&found.span, &open.span);
    found.rule == "drawn-token" && outer.start <= inner.start && inner.end <= outer.end
}

impl Match {
    /// One that has no bounds of its kind, where it ends by itself.
    pub(super) fn open(reason: Reason, span: Range<usize>) -> Self {
        let open = Some(Open { reason, is_alone: true });
        Self { open, ..Self::new(reason.name(), "UNDECIDED", span, 100) }
    }

    /// How it stops the text.
    pub(super) fn stop(&self) -> Option<Stop> {
        let Open { reason, is_alone } = self.open?;
        Some(Stop { end: is_alone.then_some(self.span.end), ..Stop::at(reason, self.span.start) })
    }

    /// True where a person may be asked about exactly these bytes.
    pub(super) fn may_be_asked_about(&self) -> bool {
        self.open.is_none_or(|it| it.is_alone)
    }
}

/// Where a key block without an END line ends by itself: with the last of its
/// lines, which are words without space between them. A label's line is one of
/// them whatever stands on it, and so are headers and empty lines within.
/// `None` where that is too far away.
pub(super) fn end_of_block(text: &Text<'_>, body: usize) -> Option<usize> {
    let rest = text.from(body, LONGEST);
    let mut end = rest.find('\n').unwrap_or(rest.len());
    let mut at = rest.len().min(end + 1);
    let mut in_headers = true;
    for line in rest[at..].split_inclusive('\n') {
        let word = line.trim();
        let is_fence = word.starts_with("```") || word.starts_with("~~~");
        in_headers &= word.contains(": ");
        if is_fence || word.contains(char::is_whitespace) && !in_headers {
            return Some(body + end);
        }
        if !word.is_empty() {
            end = at + line.trim_end().len();
        }
        at += line.len();
    }
    (body + rest.len() == text.raw.len()).then_some(body + end)
}

/// Where a quote that does not close ends by itself: with its paragraph.
/// `None` where that is too far away.
pub(super) fn end_of_quote(text: &Text<'_>, from: usize) -> Option<usize> {
    let rest = text.from(from, LONGEST);
    let is_last = from + rest.len() == text.raw.len();
    let end = rest.find("\n\n").or(is_last.then_some(rest.len()))?;
    Some(from + rest[..end].trim_end().len())
}

#[cfg(test)]
mod tests;
