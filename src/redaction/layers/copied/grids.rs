//! Result grids: psql, mysql, sqlite, `DuckDB`, Markdown tables, and records
//! that are shown one column a line.

use super::super::super::randomness::Makeup;
use super::super::super::text::{self, Text, sign};
use super::super::keys::is_secret_name;
use super::{Finds, Line, hide, is_personal, some_lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    if text.signs & (sign::PIPE | sign::STAR) == 0 && !text.raw.contains('│') {
        return;
    }
    let mut at = 0;
    while let Some(next) = next_drawn(text, at) {
        let shown = text.line(&text.lines[next]);
        at = if next > 0 && is_rule(shown) && columns(text.line(&text.lines[next - 1])) >= 2 {
            grid(text, next, found)
        } else if let Some(joint) = record_head(shown) {
            record(text, next + 1, joint, found)
        } else if is_bare_head(shown) {
            bare(text, next, found)
        } else {
            next + 1
        };
    }
}

/// The next line that may draw, or be a head without a line below it.
fn next_drawn(text: &Text<'_>, from: usize) -> Option<usize> {
    const DRAWN: u32 = sign::PIPE | sign::WIDE | sign::STAR;
    let may_be = |line: &text::Line| {
        line.signs & DRAWN != 0
            || line.signs & sign::TOKEN != 0
                && matches!(text.line(line).trim_start().as_bytes(), [b'-' | b'+', next, ..] if *next != b' ')
    };
    text.lines.get(from..)?.iter().position(may_be).map(|at| from + at)
}

/// A line that only draws: `---+---`, `|---|---|`, `├──┼──┤`.
fn is_rule(line: &str) -> bool {
    let line = line.trim().trim_start_matches('>').trim();
    let draws = |c: char| {
        matches!(
            c,
            '-' | '+'
                | '|'
                | '='
                | ':'
                | ' '
                | '─'
                | '┼'
                | '├'
                | '┤'
                | '│'
                | '╞'
                | '╪'
                | '╡'
                | '═'
        )
    };
    line.len() >= 5
        && line.chars().all(draws)
        && line.contains(['-', '─', '=', '═'])
        && line.contains(['+', '|', '┼', '╪'])
}

fn is_delimiter(c: char) -> bool {
    matches!(c, '|' | '│')
}

/// Delimiters of a line, and one more.
fn columns(line: &str) -> usize {
    let bars = memchr::memchr_iter(b'|', line.as_bytes()).count();
    let drawn = if line.is_ascii() { 0 } else { line.matches('│').count() };
    if bars + drawn > 0 { bars + drawn + 1 } else { 0 }
}

/// The rows below a drawn line; where they end.
fn grid(text: &Text<'_>, rule: usize, found: &mut Finds<'_>) -> usize {
    let shown = |at: usize| text.line(&text.lines[at]);
    let head = shown(rule - 1);
    let wanted = columns(head);
    let mut end = rule + 1;
    while end < text.lines.len()
        && (columns(shown(end)) == wanted
            || is_rule(shown(end))
                && !shown(end).trim().is_empty()
                && columns(shown(rule + 1)) == wanted)
    {
        end += 1;
    }
    let rows = some_lines(text, rule + 1..end);
    let rows: Vec<Line<'_>> = rows.filter(|it| !is_rule(it.text)).collect();
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return end };
    let is_markdown = shown(rule).contains('|') && !shown(rule).contains('+');
    let words: Vec<&str> = head.split(is_delimiter).map(str::trim).collect();
    let is_schema =
        words.contains(&"Type") && (words.contains(&"Column") || words.contains(&"Field"));
    if is_schema {
        return end;
    }
    let secret: Vec<bool> = words.iter().map(|it| is_secret_name(it)).collect();
    let keys: Vec<bool> = words
        .iter()
        .map(|it| matches!(it.to_lowercase().as_str(), "key" | "keys" | "credential" | "value"))
        .collect();
    let names = head.split(is_delimiter).filter(|it| is_personal(it.trim())).count();
    let span = first.start..last.start + last.text.len();
    let is_copied = !is_markdown
        || found.holds_identifier(&span)
        || names * 2 >= wanted
            && rows.iter().any(|it| it.text.bytes().any(|byte| byte.is_ascii_digit()));
    let names_settings = is_settings(&words);
    for row in &rows {
        if is_copied && names_settings {
            cells(text, row, |place, _| place != first_column(head), found);
        } else if is_copied {
            cells(text, row, |_, _| true, found);
        } else if let Some(name) = named_row(row.text) {
            let is_value = |place: usize, cell: &str| place == name + 1 && is_setting(cell);
            cells(text, row, is_value, found);
        } else if secret.contains(&true) {
            cells(text, row, |place, _| secret.get(place) == Some(&true), found);
        } else if keys.contains(&true) {
            cells(
                text,
                row,
                |place, cell| {
                    keys.get(place) == Some(&true) && Makeup::of(cell.trim()).is_drawn(12)
                },
                found,
            );
        }
    }
    end
}

/// `Name` and `Value`: the first column names settings and stays.
fn is_settings(words: &[&str]) -> bool {
    let words: Vec<String> = words
        .iter()
        .filter(|it| !it.is_empty() && **it != ">")
        .map(|it| it.to_lowercase())
        .collect();
    let names = ["name", "key", "variable", "setting", "property", "parameter", "option"];
    words.len() == 2 && names.contains(&words[0].as_str()) && words[1] == "value"
}

/// The place of the first cell that is not empty.
fn first_column(head: &str) -> usize {
    head.split(is_delimiter).position(|it| !matches!(it.trim(), "" | ">")).unwrap_or(0)
}

/// The place of a row's first cell, if it is the name of a secret: a table of
/// settings.
fn named_row(row: &str) -> Option<usize> {
    let mut cells = row.split(is_delimiter).enumerate();
    let (place, name) = cells.find(|(_, it)| !it.trim().is_empty())?;
    is_secret_name(name.trim().trim_matches(['`', '*'])).then_some(place)
}

/// One word, and not the type of one.
fn is_setting(cell: &str) -> bool {
    let value = cell.trim().trim_matches(['`', '*', '"']);
    let types = ["string", "text", "secret", "required", "optional", "masked", "protected"];
    value.len() >= 6 && !value.contains([' ', '(', '<']) && !types.contains(&value)
}

fn cells(
    text: &Text<'_>,
    row: &Line<'_>,
    wanted: impl Fn(usize, &str) -> bool,
    found: &mut Finds<'_>,
) {
    let mut from = row.start;
    for (place, cell) in row.text.split(is_delimiter).enumerate() {
        if wanted(place, cell) {
            hide(text, "copied-cell", "CELL", from..from + cell.len(), found);
        }
        from += cell.len();
        from +=
            text.raw[from..].chars().next().filter(|c| is_delimiter(*c)).map_or(0, char::len_utf8);
    }
}

/// What joins a column and its value below a record's head.
fn record_head(line: &str) -> Option<char> {
    let line = line.trim();
    if line.starts_with("-[ RECORD") {
        return Some('|');
    }
    (line.starts_with("*****") && line.contains(". row ***")).then_some(':')
}

fn record(text: &Text<'_>, from: usize, joint: char, found: &mut Finds<'_>) -> usize {
    let mut at = from;
    for line in some_lines(text, from..text.lines.len()) {
        let Some(place) = line.text.find(joint) else { break };
        let name = line.text[..place].trim();
        if name.is_empty() || name.contains(' ') {
            break;
        }
        hide(
            text,
            "copied-cell",
            "CELL",
            line.start + place + 1..line.start + line.text.len(),
            found,
        );
        at += 1;
    }
    at
}

/// `a|b|c`: names of columns as sqlite writes them.
fn is_bare_head(line: &str) -> bool {
    let is_name = |it: &str| {
        it.len() >= 2
            && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && it.as_bytes()[0].is_ascii_alphabetic()
    };
    line.matches('|').count() >= 2 && line.split('|').all(is_name)
}

fn bare(text: &Text<'_>, head: usize, found: &mut Finds<'_>) -> usize {
    let bars = |line: &str| memchr::memchr_iter(b'|', line.as_bytes()).count();
    let wanted = bars(text.line(&text.lines[head]));
    let mut at = head + 1;
    // A row may lack its last fields, behind one that has them all.
    let is_row = |count: usize, at: usize| {
        count == wanted || at > head + 1 && count + 1 == wanted && count > 0
    };
    for row in some_lines(text, at..text.lines.len()) {
        if !is_row(bars(row.text), at) {
            break;
        }
        cells(text, &row, |_, _| true, found);
        at += 1;
    }
    at
}
