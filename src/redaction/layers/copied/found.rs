//! What other layers found in a text, and what copied data adds to it.
//!
//! Tables and bodies ask many times whether a part of the text holds an
//! identifier; each question costs a search, not a walk over all that was found.

use std::ops::Range;

use super::super::super::span::Match;

/// Matches of other layers, to which those of copied data are added.
#[derive(Debug)]
pub(super) struct Finds<'f> {
    all: &'f mut Vec<Match>,
    identifiers: Spans,
    people: Spans,
}

impl<'f> Finds<'f> {
    /// Over what was found so far. What is added is no identifier.
    pub(super) fn over(all: &'f mut Vec<Match>) -> Self {
        let identifiers = Spans::of(all, is_identifier);
        let people = Spans::of(all, is_of_person);
        Self { all, identifiers, people }
    }

    pub(super) fn push(&mut self, found: Match) {
        self.all.push(found);
    }

    pub(super) fn extend(&mut self, found: impl IntoIterator<Item = Match>) {
        self.all.extend(found);
    }

    /// What only a person has, in the order of the text.
    pub(super) fn people(&self) -> &[Range<usize>] {
        &self.people.spans
    }

    /// True if something that names a person or a machine stands within a span.
    pub(super) fn holds_identifier(&self, span: &Range<usize>) -> bool {
        self.identifiers.any_within(span)
    }

    /// True if something that only a person has stands within a span.
    pub(super) fn holds_person(&self, span: &Range<usize>) -> bool {
        self.people.any_within(span)
    }
}

fn is_identifier(found: &Match) -> bool {
    is_of_person(found) || matches!(found.kind.as_ref(), "IPV4" | "IPV6")
}

/// A mail, a phone, an account, an id: what only a person or a firm has.
fn is_of_person(found: &Match) -> bool {
    matches!(found.kind.as_ref(), "EMAIL" | "PHONE" | "IBAN" | "CARD" | "NATIONAL_ID" | "NAME")
}

/// Spans by where they begin.
#[derive(Debug)]
struct Spans {
    spans: Vec<Range<usize>>,
    /// For each, the first end of it and of those behind it.
    ends: Vec<usize>,
}

impl Spans {
    fn of(all: &[Match], is_one: fn(&Match) -> bool) -> Self {
        let spans = all.iter().filter(|it| is_one(it)).map(|it| it.span.clone());
        let mut spans: Vec<_> = spans.collect();
        spans.sort_unstable_by_key(|it| (it.start, it.end));
        let mut ends: Vec<usize> = spans.iter().map(|it| it.end).collect();
        for at in (1..ends.len()).rev() {
            ends[at - 1] = ends[at - 1].min(ends[at]);
        }
        Self { spans, ends }
    }

    /// What begins behind the span's begin and ends first.
    fn any_within(&self, span: &Range<usize>) -> bool {
        let first = self.spans.partition_point(|it| it.start < span.start);
        self.ends.get(first).is_some_and(|end| *end <= span.end)
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::super::super::text::Text;
    use super::super::super::samples;
    use super::{Finds, Match};

    /// What one form finds by itself.
    pub(in super::super) fn found_by(
        raw: &str,
        find: impl Fn(&Text<'_>, &mut Finds<'_>),
    ) -> Vec<&str> {
        found_beside(raw, Vec::new(), find)
    }

    /// The same where every `i@o.de` was found before.
    pub(in super::super) fn found_beside_mails(
        raw: &str,
        find: impl Fn(&Text<'_>, &mut Finds<'_>),
    ) -> Vec<&str> {
        let mails = raw.match_indices("i@o.de");
        let before = mails.map(|(at, it)| Match::new("email", "EMAIL", at..at + it.len(), 90));
        found_beside(raw, before.collect(), find)
    }

    /// The same where something was found before.
    pub(in super::super) fn found_beside(
        raw: &str,
        before: Vec<Match>,
        find: impl Fn(&Text<'_>, &mut Finds<'_>),
    ) -> Vec<&str> {
        samples::found_beside(raw, before, |text, all| find(text, &mut Finds::over(all)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_within_is_known_whatever_stands_beside() {
        let span = |kind: &'static str, span| Match::new("r", kind, span, 90);
        let mut all = vec![span("EMAIL", 30..40), span("IPV4", 5..9), span("NAME", 8..50)];
        let found = Finds::over(&mut all);
        for (part, identifier, person) in [
            (0..10, true, false),
            (0..8, false, false),
            (6..60, true, true),
            (9..40, true, true),
            (30..39, false, false),
            (41..60, false, false),
        ] {
            let held = (found.holds_identifier(&part), found.holds_person(&part));
            assert_eq!(held, (identifier, person), "{part:?}");
        }
        assert_eq!(found.people(), [8..50, 30..40]);
    }
}
