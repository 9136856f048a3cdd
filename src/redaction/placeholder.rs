//! Placeholders: what stands in the place of a value.
//!
//! `<EMAIL_1>` is typed and numbered, the same for the same value in one
//! document, and inert: a match never covers one, whoever wrote it.

use std::collections::HashMap;
use std::ops::Range;

use super::span::Match;

/// Numbers for the values of one document.
#[derive(Debug, Default)]
pub(super) struct Numbers<'t> {
    last: HashMap<String, usize>,
    given: HashMap<(String, &'t str), usize>,
}

impl<'t> Numbers<'t> {
    /// Begins after the numbers that the text holds already.
    pub(super) fn after(text: &str, holes: &[Range<usize>]) -> Self {
        let mut last: HashMap<String, usize> = HashMap::new();
        for hole in holes {
            let Some((kind, number)) = text[hole.start + 1..hole.end - 1].rsplit_once('_') else {
                continue;
            };
            let number = number.parse().unwrap_or(0);
            let slot = last.entry(kind.to_owned()).or_default();
            *slot = number.max(*slot);
        }
        Self { last, given: HashMap::new() }
    }

    /// The placeholder of a value.
    pub(super) fn placeholder(&mut self, found: &Match, value: &'t str) -> String {
        let kind = found.kind.as_ref();
        let last = &mut self.last;
        let number = *self.given.entry((kind.to_owned(), value)).or_insert_with(|| {
            let slot = last.entry(kind.to_owned()).or_default();
            *slot += 1;
            *slot
        });
        format!("<{kind}_{number}>")
    }
}

/// The longest that a placeholder can be, in bytes.
const LONGEST: usize = 48;

/// Where placeholders stand: `<`, a capital, capitals with digits and
/// underscores, `_`, up to six digits, `>`.
pub(super) fn holes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    for start in memchr::memchr_iter(b'<', bytes) {
        if let Some(length) = placeholder_length(&bytes[start..]) {
            all.push(start..start + length);
        }
    }
    all
}

/// The length of the placeholder that `bytes` begins with.
fn placeholder_length(bytes: &[u8]) -> Option<usize> {
    if !bytes.get(1)?.is_ascii_uppercase() {
        return None;
    }
    let end = bytes.iter().take(LONGEST).position(|byte| *byte == b'>')?;
    let inner = std::str::from_utf8(&bytes[1..end]).ok()?;
    let (kind, number) = inner.rsplit_once('_')?;
    let is_kind = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_number = !number.is_empty() && number.len() <= 6;
    (kind.bytes().all(is_kind) && is_number && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(end + 1)
}

/// True if `kind` can be part of a placeholder.
pub(super) fn is_kind(kind: &str) -> bool {
    kind.starts_with(|c: char| c.is_ascii_uppercase())
        && kind.len() <= LONGEST - 10
        && kind.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_seen_and_other_angles_are_not() {
        let text = "a <EMAIL_1> b <AWS_ACCESS_KEY_12> <b> <EMAIL> <x_1> <A_1234567> <";
        let found: Vec<&str> = holes(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(found, ["<EMAIL_1>", "<AWS_ACCESS_KEY_12>"]);
    }

    #[test]
    fn one_value_has_one_number_and_old_numbers_stay() {
        let text = "<EMAIL_3>";
        let mut numbers = Numbers::after(text, &holes(text));
        let found = Match::new("email", "EMAIL", 0..1, 90);
        assert_eq!(numbers.placeholder(&found, "a"), "<EMAIL_4>");
        assert_eq!(numbers.placeholder(&found, "b"), "<EMAIL_5>");
        assert_eq!(numbers.placeholder(&found, "a"), "<EMAIL_4>");
    }
}
