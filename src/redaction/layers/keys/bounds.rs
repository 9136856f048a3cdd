//! Where a value begins and ends: quotes, lists, braces, blocks of YAML, and
//! values without any of them.

use std::ops::Range;

use super::super::super::blocked::Reason;
use super::super::super::stop::Stop;
use super::super::super::text::Text;

/// The longest value that is followed to its end, in bytes.
pub(super) const LONGEST: usize = 16_384;

/// The length of an opening quote, and what closes it.
pub(super) fn quote_at(text: &Text<'_>, at: usize) -> Option<(usize, &'static str)> {
    let rest = text.from(at, 16);
    for (open, close) in QUOTES {
        if rest.starts_with(open) {
            return Some((open.len(), close));
        }
    }
    None
}

const QUOTES: &[(&str, &str)] = &[
    ("\"\"\"", "\"\"\""),
    ("'''", "'''"),
    ("**`", "`"),
    ("\"", "\""),
    ("'", "'"),
    ("`", "`"),
    ("“", "”"),
    ("„", "“"),
    ("«\u{a0}", "\u{a0}»"),
    ("« ", " »"),
    ("«", "»"),
    ("‘", "’"),
    ("「", "」"),
    ("『", "』"),
    ("**", "**"),
];

/// What stands between quotes. A quote may end on a later line, but not
/// behind an empty one.
pub(super) fn quoted(
    text: &Text<'_>,
    from: usize,
    close: &str,
) -> Result<Option<Range<usize>>, Stop> {
    let rest = text.from(from, LONGEST);
    let (mut at, mut tries) = (0, 0);
    let is_escaped = |end: usize| {
        rest.as_bytes()[..end].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
    };
    while let Some(found) = rest[at..].find(close) {
        let end = at + found;
        if close.len() == 1 && is_escaped(end) {
            at = end + 1;
            continue;
        }
        let inner = &rest[..end];
        if inner.contains("\n\n") || inner.lines().count() > 64 {
            break;
        }
        // YAML and SQL write a quote twice.
        if close == "'" && rest[end + 1..].starts_with('\'') && end > 0 {
            at = end + 2;
            continue;
        }
        // A quote before a letter closes nothing, if another one follows.
        let next = rest[end + close.len()..].chars().next().unwrap_or(' ');
        let line = text.line_from(from + end + close.len(), 256);
        tries += 1;
        if close.len() == 1
            && tries < 8
            && next.is_alphanumeric()
            && end > 0
            && line.contains(close)
        {
            at = end + 1;
            continue;
        }
        return Ok((end > 0).then(|| from..from + end));
    }
    let line = text.line_from(from, LONGEST);
    if close == "'" && is_lifetime(line) {
        return Ok(None);
    }
    if line.trim().len() < 4 || matches!(close, "**" | "`" | " »" | "’") {
        return Ok(None);
    }
    Err(Stop::at(Reason::UnclosedQuote, from))
}

/// `'static>`: a quote of Rust that opens nothing.
fn is_lifetime(line: &str) -> bool {
    let name = line.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_').count();
    name > 0
        && matches!(
            line.as_bytes().get(name),
            None | Some(b'>' | b',' | b' ' | b')' | b'+' | b';' | b'{')
        )
}

/// `["a", "b"]`: everything between the first quote and the last.
pub(super) fn list(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let rest = text.from(at, 2048);
    let end = rest.find(']')?;
    let inner = &rest[1..end];
    let first = inner.find(['"', '\''])?;
    if !inner[..first].trim().is_empty() {
        return None;
    }
    let last = inner.rfind(['"', '\''])?;
    (last > first + 1).then(|| at + 1 + first + 1..at + 1 + last)
}

/// `{…}` of a connection string, in which `}}` stands for a brace.
pub(super) fn braced(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let rest = text.line_from(at, 256).strip_prefix('{')?;
    let mut end = rest.find('}')?;
    while rest[end + 1..].starts_with('}') {
        end += 2 + rest[end + 2..].find('}')?;
    }
    let closes = matches!(rest.as_bytes().get(end + 1), None | Some(b';' | b'"'));
    let inner = &rest[..end];
    // `{SumoAccessKey}`: a template's name.
    let is_template = inner.len() > 4
        && inner.bytes().all(|it| it.is_ascii_alphabetic() || it == b'_')
        && (inner.contains('_') || inner.bytes().filter(u8::is_ascii_uppercase).count() >= 2);
    (closes && !is_template && !inner.is_empty() && !inner.contains([' ', ':', '"', '{', '=']))
        .then(|| at + 1..at + 1 + end)
}

/// A block of YAML behind `|` or `>`: the lines that are indented deeper.
pub(super) fn block(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let head = text.line_from(at, 16);
    let is_head = head.starts_with(['|', '>'])
        && head[1..].trim().len() <= 2
        && head[1..].trim().bytes().all(|it| matches!(it, b'-' | b'+' | b'0'..=b'9'));
    if !is_head {
        return None;
    }
    let before = text.line_before(at, 512);
    let depth = before.len() - before.trim_start_matches([' ', '-']).len();
    let start = at + head.len() + 1;
    let mut end = start;
    for line in text.from(start, LONGEST).split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if indent <= depth && !line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    let inner = text.raw.get(start..end)?;
    let trimmed = inner.trim();
    let offset = inner.len() - inner.trim_start().len();
    (!trimmed.is_empty()).then(|| start + offset..start + offset + trimmed.len())
}

/// A value without quotes: up to space, or to a sign behind which something
/// else begins.
pub(super) fn bare(text: &Text<'_>, from: usize) -> Range<usize> {
    let rest = text.line_from(from, LONGEST);
    let bytes = rest.as_bytes();
    let mut end = bytes.len();
    let before = text.line_before(from, 512);
    let open = |quote: u8| before.bytes().filter(|byte| *byte == quote).count() % 2 == 1;
    let is_open = [open(b'"'), open(b'\''), open(b'`')];
    for (at, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b' ' | b'\t' | b'\r' => true,
            b'"' => is_open[0] || begins_anew(&rest[at + 1..]),
            b'\'' => is_open[1] || begins_anew(&rest[at + 1..]),
            b'`' => is_open[2] || begins_anew(&rest[at + 1..]),
            b'<' if at > 0 => true,
            b',' | b';' | b'&' | b')' | b'}' | b']' | b'|' => begins_anew(&rest[at + 1..]),
            _ => false,
        };
        if ends {
            end = at;
            break;
        }
    }
    if let Some(hole) = text.hole_at(from) {
        return from..hole.max(from + end.min(hole - from));
    }
    let shown = &rest[..end];
    if shown.ends_with("...") {
        return from..from + end;
    }
    let trimmed =
        shown.trim_end_matches(['.', ',', ';', ':', ')', ']', '}', '。', '、', '）', '，']);
    if trimmed.ends_with('\\') && text.byte(from + trimmed.len()) == b'\n' {
        return from..continued(text, from + trimmed.len() + 1);
    }
    from..from + trimmed.len()
}

/// The end of a value that a backslash carries over the line's end.
fn continued(text: &Text<'_>, from: usize) -> usize {
    let rest = text.line_from(from, LONGEST);
    let start = from + (rest.len() - rest.trim_start().len());
    start
        + rest
            .trim_start()
            .bytes()
            .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\''))
            .count()
}

/// True if what follows a comma or its like is no part of the value.
fn begins_anew(rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return true };
    if first.is_whitespace()
        || matches!(first, '"' | '\'' | '}' | ']' | ')' | ',' | ';' | '|' | '<')
    {
        return true;
    }
    let name = rest
        .bytes()
        .take(48)
        .take_while(|it| it.is_ascii_alphanumeric() || b"_-. $".contains(it))
        .count();
    name > 0 && matches!(rest.as_bytes().get(name), Some(b'=' | b':'))
        || rest[name.min(rest.len())..].starts_with("\" ")
}
