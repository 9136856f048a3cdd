//! What one part of a layer finds by itself, for its tests.

use super::super::span::Match;
use super::super::text::Text;
use crate::redaction::layers::keywords;

/// The parts of `raw` that `find` finds, in its order.
pub(super) fn found_by(raw: &str, find: impl Fn(&Text<'_>, &mut Vec<Match>)) -> Vec<&str> {
    found_beside(raw, Vec::new(), find)
}

/// The same where something was found before.
pub(super) fn found_beside(
    raw: &str,
    before: Vec<Match>,
    find: impl Fn(&Text<'_>, &mut Vec<Match>),
) -> Vec<&str> {
    let known = before.len();
    let mut found = before;
    find(&Text::new(raw, &keywords()), &mut found);
    found.drain(..known);
    found.into_iter().map(|it| &raw[it.span]).collect()
}
