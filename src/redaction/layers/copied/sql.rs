//! Literals of SQL that carry rows: INSERT, UPDATE, COPY, logged parameters.

use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::{Cue, cue};
use super::super::super::text::{Text, sign};
use super::{Finds, hide, hide_cells, is_personal, is_telling, some_lines};

/// The most that is read of one statement, in bytes.
const LONGEST: usize = 64 << 10;

/// The most that is read up to the first value, with and without names of
/// columns.
const LONGEST_HEAD: usize = 8 << 10;
const SHORT_HEAD: usize = 512;

/// How far from its words a statement goes on, in lines.
const NEAR: usize = 20;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    inserts(text, found);
    copies(text, found);
    parameters(text, found);
    changes(text, found);
    calls(text, found);
}

/// `EXEC create_user @name=N'…', @email=N'…'`: what a procedure is given.
fn calls(text: &Text<'_>, found: &mut Finds<'_>) {
    static ARGUMENT: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r"@(\w{1,60})\s*=\s*N?'((?:[^'\n]|'')*)'"));
    let near = text.lines_near(&const { [cue("EXEC "), cue("exec ")] }, NEAR);
    let near = near.into_iter().flat_map(|it| some_lines(text, it));
    for line in near.filter(|it| it.signs & sign::AT != 0 && it.text.contains('\'')) {
        let hits: Vec<_> = ARGUMENT.captures_iter(line.text).collect();
        if hits.iter().filter(|it| is_personal(&it[1])).count() < 2 {
            continue;
        }
        for value in hits.iter().filter_map(|it| it.get(2)) {
            let start = line.start + value.start();
            hide(text, "copied-parameter", "VALUE", start..start + value.len(), found);
        }
    }
}

fn inserts(text: &Text<'_>, found: &mut Finds<'_>) {
    static BEGIN: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r"(?i)\b(?:insert|replace)\s+into\s"));
    static HEAD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"(?i)^(?:insert|replace)\s+into\s+[^\n(]{1,120}\s*(?:\([^)]*\))?\s*values\s*\(",
        )
    });
    if !text.holds(const { cue("VALUES") }) && !text.holds(const { cue("values") }) {
        return;
    }
    let (mut done, mut close) = (0, 0);
    for start in BEGIN.find_iter(text.raw).map(|it| it.start()) {
        if start < done {
            continue;
        }
        if close < start {
            let next = memchr::memchr(b')', &text.bytes[start..]);
            close = next.map_or(text.raw.len(), |at| start + at);
        }
        // Names of columns end in the next bracket, if there are any.
        let reach = if close - start < LONGEST_HEAD { close - start } else { 0 } + SHORT_HEAD;
        if let Some(hit) = HEAD.find(text.from(start, reach)) {
            done = literals(text, start + hit.end() - 1, found);
        }
    }
}

/// Every literal of `(…), (…);` from its first bracket on; where they end.
fn literals(text: &Text<'_>, from: usize, found: &mut Finds<'_>) -> usize {
    let rest = text.from(from, LONGEST);
    let bytes = rest.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b';' if depth == 0 => return from + at,
            quote @ (b'\'' | b'"') => {
                let Some(length) = string(&bytes[at + 1..], quote) else { return from + at };
                hide(text, "copied-cell", "CELL", from + at + 1..from + at + 1 + length, found);
                at += length + 1;
            }
            b'0'..=b'9' => {
                let length = bytes[at..]
                    .iter()
                    .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b':'))
                    .count();
                hide(text, "copied-cell", "CELL", from + at..from + at + length, found);
                at += length - 1;
            }
            byte if depth == 0 && !b", \n\r\t-".contains(&byte) => return from + at,
            _ => {}
        }
        at += 1;
    }
    from + at
}

/// The length of a string up to its quote; two quotes stand for one.
fn string(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            at += 2;
        } else if bytes[at] == quote {
            if bytes.get(at + 1) != Some(&quote) {
                return Some(at);
            }
            at += 2;
        } else {
            at += 1;
        }
    }
    None
}

fn copies(text: &Text<'_>, found: &mut Finds<'_>) {
    let mut done = 0;
    for number in text.lines_with(&const { [cue("stdin;"), cue("STDIN;")] }) {
        let head = text.line(&text.lines[number]);
        let is_copy = head.trim_start().to_ascii_uppercase().starts_with("COPY ")
            && head.trim_end().to_ascii_lowercase().ends_with("from stdin;");
        if number < done || !is_copy {
            continue;
        }
        let rows = some_lines(text, number + 1..text.lines.len())
            .take_while(|it| !it.text.is_empty() && it.text.trim_end() != "\\.");
        done = number + 1;
        for row in rows {
            done += 1;
            hide_cells(text, row.start, row.text, "\t", found);
        }
    }
}

/// `UPDATE … SET name = '…'`, and `WHERE name = '…'` of a person.
fn changes(text: &Text<'_>, found: &mut Finds<'_>) {
    static LITERAL: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"(?i)(\bset\s|\bwhere\s|\band\s|\bor\s|,\s*)\(?["`\[]?(?:[\w"`]+\.)?["`\[]?(\w+)["`\]]?\s*(?:=|<>|i?like)\s*N?'((?:[^'\n]|'')*)'"#,
        )
    });
    const CUES: [Cue; 4] = [cue("UPDATE "), cue("update "), cue("WHERE "), cue("where ")];
    let near = text.lines_near(&CUES, NEAR).into_iter().flat_map(|it| some_lines(text, it));
    for line in near.filter(|line| {
        memchr::memchr(b'\'', line.text.as_bytes()).is_some()
            && (line.signs & (sign::EQUALS | sign::LESS) != 0 || line.text.contains("ike '"))
    }) {
        let is_update = line.text.contains("UPDATE ") || line.text.contains("update ");
        let set = line.text.to_ascii_lowercase().find(" where ").unwrap_or(line.text.len());
        for hit in LITERAL.captures_iter(line.text) {
            let (Some(name), Some(value)) = (hit.get(2), hit.get(3)) else { continue };
            let is_about = is_personal(name.as_str())
                && found.holds_person(&(line.start..line.start + line.text.len()));
            if is_update && name.start() < set || is_telling(name.as_str()) || is_about {
                let start = line.start + value.start();
                hide(text, "copied-cell", "CELL", start..start + value.len(), found);
            }
        }
    }
}

/// `DETAIL:  parameters: $1 = '…', $2 = '…'`
fn parameters(text: &Text<'_>, found: &mut Finds<'_>) {
    static VALUE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"\$\d{1,3} = '((?:[^'\n]|'')*)'|arameter \[\d{1,3}\] as \[\w+\] - \[([^\]\n]*)\]",
        )
    });
    let near = text.lines_near(&const { [cue("arameters:"), cue("arameter [")] }, NEAR);
    for line in near.into_iter().flat_map(|it| some_lines(text, it)) {
        for hit in VALUE.captures_iter(line.text) {
            if let Some(value) = hit.get(1).or_else(|| hit.get(2)) {
                let start = line.start + value.start();
                hide(text, "copied-parameter", "VALUE", start..start + value.len(), found);
            }
        }
    }
}
