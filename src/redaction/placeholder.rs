//! Placeholders: what stands in the place of a value.
//!
//! `<EMAIL_1>` is typed and numbered, the same for the same value in one
//! document, and inert: a match never covers one, whoever wrote it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Numbers for the values of one document.
#[derive(Debug, Default)]
pub(super) struct Numbers<'t> {
    kinds: Vec<Kind<'t>>,
}

/// One kind of placeholders.
#[derive(Debug)]
struct Kind<'t> {
    name: Cow<'t, str>,
    /// The last number.
    last: usize,
    given: HashMap<&'t str, usize>,
}

impl<'t> Numbers<'t> {
    /// Begins after the numbers that the text holds already.
    pub(super) fn after(text: &'t str, holes: &[Range<usize>]) -> Self {
        let mut numbers = Self::default();
        for hole in holes {
            let Some((kind, number)) = text[hole.start + 1..hole.end - 1].rsplit_once('_') else {
                continue;
            };
            let number = number.parse().unwrap_or(0);
            let kind = numbers.kind(kind, || kind.into());
            kind.last = number.max(kind.last);
        }
        numbers
    }

    fn kind(&mut self, name: &str, named: impl FnOnce() -> Cow<'t, str>) -> &mut Kind<'t> {
        let known = self.kinds.iter().position(|it| it.name == name);
        let at = known.unwrap_or_else(|| {
            self.kinds.push(Kind { name: named(), last: 0, given: HashMap::new() });
            self.kinds.len() - 1
        });
        &mut self.kinds[at]
    }

    /// Adds the placeholder of a value of this kind to a text.
    pub(super) fn write(&mut self, kind: &str, value: &'t str, out: &mut String) {
        let kind = self.kind(kind, || Cow::Owned(kind.to_owned()));
        let last = &mut kind.last;
        let number = *kind.given.entry(value).or_insert_with(|| {
            *last += 1;
            *last
        });
        out.push('<');
        out.push_str(&kind.name);
        out.push('_');
        push_number(out, number);
        out.push('>');
    }
}

fn push_number(out: &mut String, number: usize) {
    if number > 9 {
        push_number(out, number / 10);
    }
    out.extend(char::from_digit(u32::try_from(number % 10).unwrap_or(0), 10));
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
    let is_kind = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let end = 1 + bytes[1..].iter().take(LONGEST - 2).take_while(|byte| is_kind(byte)).count();
    if bytes.get(end) != Some(&b'>') {
        return None;
    }
    let digits = bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    ((1..=6).contains(&digits) && bytes[end - digits - 1] == b'_').then_some(end + 1)
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
        let mut out = String::new();
        for value in ["a", "b", "a"] {
            numbers.write("EMAIL", value, &mut out);
        }
        assert_eq!(out, "<EMAIL_4><EMAIL_5><EMAIL_4>");
        push_number(&mut out, 1020);
        assert!(out.ends_with(">1020"));
    }

    #[test]
    fn a_placeholder_is_told_by_every_sign_of_it() {
        let kind = |length: usize| "A".repeat(length);
        for (text, is_one) in [
            ("<A_1>".to_owned(), true),
            ("<A1_1>".to_owned(), true),
            ("<A_B_123456>".to_owned(), true),
            ("<A_1234567>".to_owned(), false),
            ("<A_>".to_owned(), false),
            ("<A1>".to_owned(), false),
            ("<_A_1>".to_owned(), false),
            ("<a_1>".to_owned(), false),
            ("<1_1>".to_owned(), false),
            ("<A-B_1>".to_owned(), false),
            ("<A_1".to_owned(), false),
            ("<A_1 >".to_owned(), false),
            (format!("<{}_1>", kind(44)), true),
            (format!("<{}_1>", kind(45)), false),
        ] {
            let found: Vec<&str> = holes(&text).into_iter().map(|it| &text[it]).collect();
            let whole: &[&str] = &[&text];
            assert_eq!(found, if is_one { whole } else { &[] }, "{text}");
        }
        assert_eq!(holes("x<<A_1>>").first(), Some(&(2..7)));
    }

    #[test]
    fn kinds_leave_room_for_a_number() {
        for (kind, is_one) in [
            ("A".to_owned(), true),
            ("A1_B".to_owned(), true),
            ("1A".to_owned(), false),
            ("_A".to_owned(), false),
            ("Ab".to_owned(), false),
            ("A-B".to_owned(), false),
            (String::new(), false),
            ("A".repeat(38), true),
            ("A".repeat(39), false),
        ] {
            assert_eq!(is_kind(&kind), is_one, "{kind}");
        }
    }

    #[test]
    fn kinds_are_numbered_each_for_itself() {
        let text = "<EMAIL_7> <EMAIL_3> <CARD_NO_9>";
        let mut numbers = Numbers::after(text, &holes(text));
        let mut out = String::new();
        for (kind, value) in [("EMAIL", "a"), ("CARD_NO", "a"), ("CARD", "a"), ("EMAIL", "a")] {
            numbers.write(kind, value, &mut out);
        }
        assert_eq!(out, "<EMAIL_8><CARD_NO_10><CARD_1><EMAIL_8>");
        out.clear();
        for number in [0, 9, 10, 99, 100] {
            push_number(&mut out, number);
            out.push(' ');
        }
        assert_eq!(out, "0 9 10 99 100 ");
    }
}
