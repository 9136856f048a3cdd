//! What a redactor answers, and whether its text follows from its findings.

use std::ops::Range;

use super::item::Settings;

/// A function that redacts: text and settings in, an answer out.
pub(super) type Redact<'a> = &'a dyn Fn(&str, &Settings) -> Outcome;

pub(super) enum Outcome {
    Redacted {
        text: String,
        found: Vec<Found>,
    },
    /// It could not decide; nothing goes on.
    Blocked,
}

/// What a finding says about itself. Offsets are bytes of the input.
pub(super) struct Found {
    pub(super) rule: String,
    pub(super) range: Range<usize>,
}

/// Findings as ranges that neither overlap nor touch, in order.
pub(super) fn covered(found: &[Found]) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = found.iter().map(|it| it.range.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

pub(super) fn overlap(ranges: &[Range<usize>], with: &Range<usize>) -> bool {
    ranges.iter().any(|range| meet(range, with))
}

pub(super) fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && one.end > other.start
}

/// Whether `output` is `input` with placeholders in the place of `ranges`.
/// Only then do the findings say what was lost.
pub(super) fn follows(input: &str, output: &str, ranges: &[Range<usize>]) -> bool {
    let mut rest = output;
    let mut at = 0;
    for range in ranges {
        let Some(after) = input.get(at..range.start).and_then(|gap| rest.strip_prefix(gap)) else {
            return false;
        };
        let Some(after) = without_placeholders(after) else { return false };
        rest = after;
        at = range.end;
    }
    input.get(at..) == Some(rest)
}

/// What stands behind the placeholders at the beginning; at least one.
fn without_placeholders(text: &str) -> Option<&str> {
    let mut rest = placeholder(text)?;
    while let Some(after) = placeholder(rest) {
        rest = after;
    }
    Some(rest)
}

fn placeholder(text: &str) -> Option<&str> {
    let (name, after) = text.strip_prefix('<')?.split_once('>')?;
    let named = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    named.then_some(after)
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::{Found, covered, follows};

    fn found(range: std::ops::Range<usize>) -> Found {
        Found { rule: "test".to_owned(), range }
    }

    #[test]
    fn ranges_that_touch_are_one() {
        let found = [found(4..6), found(0..2), found(5..9), found(9..10)];
        assert_eq!(covered(&found), [0..2, 4..10]);
    }

    #[test]
    fn text_around_findings_is_compared() {
        let range = 2..5;
        let one = from_ref(&range);
        assert!(follows("a bcd e", "a <X_1> e", one));
        assert!(!follows("a bcd e", "a <X_1> f", one));
        assert!(!follows("a bcd e", "a bcd e", one), "nothing was replaced");
        assert!(!follows("a bcd e", "a *** e", one), "no placeholder");
        assert!(!follows("a bcd e", "a <X_1> e", &[]));
    }

    #[test]
    fn one_range_may_have_become_two_placeholders() {
        assert!(follows("a bcd e", "a <X_1><Y_1> e", from_ref(&(2..5))));
    }
}
