//! Rows without names: `(8812, Inge Ott, i@ott.de)` in an error, a tuple, a
//! printed object of a language without named fields, a line of values. Each
//! value is known by its place alone, so all of them go.

use std::ops::Range;

use super::super::super::rules::cue;
use super::super::super::text::Text;
use super::{Finds, Line, hide};

/// The longest row, in bytes.
const LONGEST: usize = 600;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let people: Vec<Range<usize>> = found.people().to_vec();
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut line = (usize::MAX, None);
    for person in people {
        if let Some(row) = bracketed(text, &person) {
            spans.extend(row);
            continue;
        }
        let number = text.number(person.start);
        if line.0 != number {
            line = (number, delimited(text, number));
        }
        let row = line.1.as_ref().filter(|fields| is_field(text, fields, &person));
        spans.extend(row.into_iter().flatten().cloned());
    }
    spans.sort_unstable_by_key(|it| it.start);
    spans.dedup();
    for span in spans {
        hide(text, "copied-cell", "CELL", span, found);
    }
    failing_rows(text, found);
}

/// The fields of the bracket around a value, if it is one of them.
fn bracketed(text: &Text<'_>, person: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let before = text.line_before(person.start, LONGEST);
    let after = text.line_from(person.end, LONGEST);
    let open = memchr::memrchr3(b'(', b'[', b'{', before.as_bytes())?;
    let close = memchr::memchr3(b')', b']', b'}', after.as_bytes())?;
    let start = person.start - before.len() + open + 1;
    let inner = &text.raw[start..person.end + close];
    let fields = fields(inner, ',', start);
    let is_row = fields.len() >= 3
        && is_field(text, &fields, person)
        && !inner.contains(['=', ':', '<', '>', '(', '{', '['])
        && (is_constructor(&before[..open]) || is_literal(inner));
    is_row.then_some(fields)
}

/// `Customer(`, `Some(Customer(`.
fn is_constructor(before: &str) -> bool {
    let length = before.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let name = &before[before.len() - length..];
    name.len() > 2 && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// A number first, or something in quotes.
fn is_literal(inner: &str) -> bool {
    inner.starts_with(|c: char| c.is_ascii_digit()) || inner.contains(['"', '\''])
}

/// Two lines or more of so many values each: a table that lost its head.
fn delimited(text: &Text<'_>, number: usize) -> Option<Vec<Range<usize>>> {
    let start = text.lines[number].start;
    let line = text.line(&text.lines[number]);
    if line.len() > LONGEST {
        return None;
    }
    let count = |line: &str, sign: u8| memchr::memchr_iter(sign, line.as_bytes()).count();
    let delimiter = b";\t|,".iter().copied().find(|it| count(line, *it) >= 2)?;
    let wanted = count(line, delimiter);
    let is_like = |line: &str| count(line, delimiter) == wanted;
    let above = text.line_before(start.saturating_sub(1), LONGEST);
    let below = text.line_from(start + line.len() + 1, LONGEST);
    let fields = fields(line, char::from(delimiter), start);
    let is_dense = fields.iter().all(|it| count(&text.raw[it.clone()], b' ') < 4);
    let has_key = line.contains('"') && line.contains("\":");
    let is_row = !line.trim_start().starts_with('|')
        && !has_key
        && memchr::memchr2(b'{', b'[', line.as_bytes()).is_none()
        && (is_like(above) && start > 0 || is_like(below))
        && is_dense
        && (delimiter != b',' || !line.contains(", "));
    is_row.then_some(fields)
}

/// One of the fields is the value and nothing else but its quotes.
fn is_field(text: &Text<'_>, fields: &[Range<usize>], person: &Range<usize>) -> bool {
    fields.iter().any(|it| {
        it.start <= person.start
            && person.end <= it.end
            && text.raw[it.clone()].trim().len() <= person.len() + 2
    })
}

/// What a delimiter parts, without quotes around it.
fn fields(inner: &str, delimiter: char, start: usize) -> Vec<Range<usize>> {
    let mut at = start;
    let place = |part: &str| {
        let bare = part.trim().trim_matches(['"', '\'', '`']);
        let lead = bare.as_ptr() as usize - part.as_ptr() as usize;
        let span = at + lead..at + lead + bare.len();
        at += part.len() + delimiter.len_utf8();
        span
    };
    inner.split(delimiter).map(place).collect()
}

/// `DETAIL:  Failing row contains (…).`
fn failing_rows(text: &Text<'_>, found: &mut Finds<'_>) {
    const WORDS: &str = "ow contains (";
    for number in text.lines_with(&[const { cue(WORDS) }]) {
        let Line { start, text: line, .. } = Line::of(text, &text.lines[number]);
        let Some(open) = line.find(WORDS).map(|it| it + WORDS.len()) else { continue };
        let close = line.rfind(')').filter(|it| *it > open).unwrap_or(line.len());
        for span in fields(&line[open..close], ',', start + open) {
            hide(text, "copied-cell", "CELL", span, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_beside_mails;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_beside_mails(raw, find)
    }

    #[test]
    fn values_around_a_mail_are_of_its_row() {
        for row in [
            "MatchError: Customer(8812,Inge Ott,i@o.de)",
            "row: (8812, 'Inge Ott', 'i@o.de')",
            "[8812, \"Inge Ott\", \"i@o.de\"]",
            "8812;Inge Ott;i@o.de\n8813;;\n",
            "x\n8812,Inge Ott,i@o.de\n,,\n",
        ] {
            assert_eq!(values(row), ["8812", "Inge Ott", "i@o.de"], "{row}");
        }
        assert_eq!(
            values("DETAIL:  Failing row contains (8812, Inge Ott, null)."),
            ["8812", "Inge Ott"]
        );
    }

    #[test]
    fn sentences_stay() {
        for text in [
            "ask somebody (Ann, Bob, or i@o.de) about it",
            "send(to, from, i@o.de)",
            "Ann, Bob, i@o.de\nand more\n",
        ] {
            assert!(values(text).is_empty(), "{text}");
        }
    }
}
