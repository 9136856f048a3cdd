//! Blocks of comma, semicolon or tab separated values with a head.

use super::super::super::text::{Text, sign};
use super::{Finds, Line, hide, is_personal, lines};

/// Fewer columns are a list in a sentence.
const FEWEST: usize = 3;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    if text.signs & sign::LIST == 0 || text.lines.len() < 2 {
        return;
    }
    let all: Vec<Line<'_>> = lines(text).collect();
    let mut at = 0;
    while at + 1 < all.len() {
        let listed = all[at].signs & sign::LIST != 0 && all[at + 1].signs & sign::LIST != 0;
        let Some(delimiter) = listed.then(|| head(all[at].text)).flatten() else {
            at += 1;
            continue;
        };
        let wanted = fields(all[at].text, delimiter).len();
        let mut end = at + 1;
        // A row may lack its last fields, behind one that has them all.
        while end < all.len()
            && (fields(all[end].text, delimiter).len() == wanted
                || end > at + 1
                    && delimiter != ','
                    && fields(all[end].text, delimiter).len() + 1 == wanted)
            && !all[end].text.trim().is_empty()
        {
            end += 1;
        }
        let rows = &all[at + 1..end];
        if is_copied(all[at].text, delimiter, rows, found) {
            for row in rows {
                cells(text, row, delimiter, found);
            }
        }
        at = end.max(at + 1);
    }
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
    [',', ';', '\t'].into_iter().find(|delimiter| {
        let fields: Vec<&str> = line.split(*delimiter).collect();
        fields.len() >= FEWEST && fields.iter().all(|it| is_name(it))
    })
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
