//! Blocks of comma, semicolon or tab separated values with a head.

use super::super::super::text::{self, Text, sign};
use super::{Finds, Line, hide, is_personal, some_lines};

/// Fewer columns are a list in a sentence.
const FEWEST: usize = 3;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    if text.signs & sign::LIST == 0 || text.lines.len() < 2 {
        return;
    }
    let mut at = 0;
    while let Some(next) = next_listed(text, at) {
        at = next + 1;
        let shown = text.line(&text.lines[next]);
        let Some(delimiter) = head(shown) else { continue };
        let wanted = fields(shown, delimiter).len();
        let mut is_first = true;
        // A row may lack its last fields, behind one that has them all.
        let is_row = |row: &Line<'_>| {
            let count = fields(row.text, delimiter).len();
            let is_short = !is_first && delimiter != ',' && count + 1 == wanted;
            is_first = false;
            (count == wanted || is_short) && !row.text.trim().is_empty()
        };
        let rows: Vec<Line<'_>> =
            some_lines(text, at..text.lines.len()).take_while(is_row).collect();
        at += rows.len();
        if is_copied(shown, delimiter, &rows, found) {
            for row in &rows {
                cells(text, row, delimiter, found);
            }
        }
    }
}

/// The next of two lines that have a delimiter each.
fn next_listed(text: &Text<'_>, from: usize) -> Option<usize> {
    let has = |line: &text::Line| line.signs & sign::LIST != 0;
    let mut pairs = text.lines.get(from..)?.windows(2);
    pairs.position(|it| has(&it[0]) && has(&it[1])).map(|at| from + at)
}

/// The delimiter of a line of names.
fn head(line: &str) -> Option<char> {
    let line = line.trim_end();
    if line.len() > 600 || line.len() < 8 {
        return None;
    }
    let is_name = |it: &str| {
        let it = it.trim_matches('"');
        !it.is_empty()
            && it.len() <= 40
            && !it.starts_with(' ')
            && !it.ends_with(' ')
            && (!it.ends_with('.') || it.len() < 12)
            && it.matches(' ').count() <= 2
            && it.chars().all(|c| {
                c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '#' | '(' | ')' | '/')
            })
            && it.chars().next().is_some_and(char::is_alphabetic)
    };
    let is_enough =
        |sign: &u8| memchr::memchr_iter(*sign, line.as_bytes()).nth(FEWEST - 2).is_some();
    let delimiters = b",;\t".iter().filter(|it| is_enough(it)).map(|it| char::from(*it));
    delimiters.into_iter().find(|delimiter| line.split(*delimiter).all(is_name))
}

/// Fields, with quotes that may hold the delimiter: begin and end in the line.
fn fields(line: &str, delimiter: char) -> Vec<(usize, usize)> {
    let mut fields = Vec::new();
    let (mut start, mut is_open) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => is_open = !is_open,
            _ if c == delimiter && !is_open => {
                fields.push((start, at));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    fields.push((start, line.len()));
    fields
}

/// Rows of personal columns, or with identifiers, or of many numbers.
fn is_copied(head: &str, delimiter: char, rows: &[Line<'_>], found: &Finds<'_>) -> bool {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
    let span = first.start..last.start + last.text.len();
    let is_row = |row: &Line<'_>| {
        row.text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'@')
            && !row.text.split('"').step_by(2).any(|it| it.contains(", "))
    };
    let personal = head.split(delimiter).filter(|it| is_personal(it.trim_matches('"'))).count();
    let is_regular =
        rows.iter().filter(|it| is_row(it)).count() * 2 > rows.len() || delimiter != ',';
    is_regular
        && (found.holds_identifier(&span) || personal >= 2 || personal >= 1 && rows.len() >= 2)
}

fn cells(text: &Text<'_>, row: &Line<'_>, delimiter: char, found: &mut Finds<'_>) {
    for (start, end) in fields(row.text, delimiter) {
        let raw = &row.text[start..end];
        let quote = usize::from(raw.len() >= 2 && raw.starts_with('"') && raw.ends_with('"'));
        hide(
            text,
            "copied-cell",
            "CELL",
            row.start + start + quote..row.start + end - quote,
            found,
        );
    }
}
