//! The value that stands behind a name, in any of the ways people write it.

use std::ops::Range;

use super::super::super::blocked::Reason;
use super::super::super::scan::Stop;
use super::super::super::text::Text;
use super::name::Name;

/// The longest value that is followed to its end, in bytes.
const LONGEST: usize = 16_384;
/// The most space between a name, what joins it, and its value.
const SPACE: usize = 80;

/// What joins a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// `:` `=` `=>` `:=`, an XML element.
    Assigned,
    /// `==` `!=`
    Compared,
    /// `setProperty("name", "value")`, `password("value")`.
    Argument,
    /// Nothing but space, or a word such as `is`.
    Spaced,
}

/// A value in the text.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) span: Range<usize>,
    pub(super) is_quoted: bool,
    pub(super) joint: Joint,
    /// It begins on the next line.
    pub(super) is_below: bool,
    /// Words to the end of the line, behind a name such as passphrase.
    pub(super) is_phrase: bool,
}

/// The value behind a name. An error for a quote that does not end.
pub(super) fn after(text: &Text<'_>, name: &Name<'_>) -> Result<Option<Value>, Stop> {
    let mut at = name.end;
    if is_element(text, name) {
        return Ok(element(text, at));
    }
    let closed = skip(text, at, |byte| matches!(byte, b'"' | b'\'' | b'`' | b']' | b'*'), 4);
    let is_quoted_name = text.raw[at..closed].contains(['"', '\'', '`']);
    at = skip(text, closed, is_blank, SPACE);
    let Some((joint, next)) = joint(text, at, is_quoted_name, closed) else {
        return Ok(None);
    };
    let from = skip(text, next, is_blank, SPACE);
    let (from, is_below) = if joint == Joint::Assigned { below(text, from) } else { (from, false) };
    if is_inside_string(text, name, is_quoted_name, from) {
        return Ok(None);
    }
    let value = value_at(text, from, joint, is_below)?;
    Ok(value.filter(|it| !ends_name(text, name, it)).map(|it| phrase(text, name, it)))
}

/// `"token:types": …`: what follows the sign still belongs to the name.
fn ends_name(text: &Text<'_>, name: &Name<'_>, value: &Value) -> bool {
    text.byte_before(name.start) == b'"'
        && !value.is_quoted
        && text.from(value.span.end, 2).starts_with("\":")
}

/// A passphrase has words: it goes on to the end of its line.
fn phrase(text: &Text<'_>, name: &Name<'_>, value: Value) -> Value {
    let lower = name.text.to_ascii_lowercase();
    let is_phrase =
        lower.ends_with("passphrase") || lower.ends_with("psk") || lower.ends_with("mnemonic");
    let rest = text.line_from(value.span.end, 120);
    if !is_phrase || value.is_quoted || value.joint != Joint::Assigned || !rest.starts_with(' ') {
        return value;
    }
    let end = [" (", " #", " //", "\"", "'", "`", ". ", ", ", "; ", "\r"]
        .iter()
        .filter_map(|sign| rest.find(sign))
        .min()
        .unwrap_or(rest.len());
    let span = value.span.start..value.span.end + rest[..end].trim_end().len();
    Value { span, is_phrase: true, ..value }
}

/// Reads the value that begins at a place.
fn value_at(
    text: &Text<'_>,
    from: usize,
    joint: Joint,
    is_below: bool,
) -> Result<Option<Value>, Stop> {
    let from = unwrapped(text, from);
    let made = |span: Range<usize>, is_quoted| Value {
        span,
        is_quoted,
        joint,
        is_below,
        is_phrase: false,
    };
    if let Some((open, close)) = quote_at(text, from) {
        return Ok(quoted(text, from + open, close)?.map(|span| made(span, true)));
    }
    if text.byte(from) == b'[' {
        return Ok(list(text, from).map(|span| made(span, true)));
    }
    if let Some(span) = braced(text, from) {
        return Ok(Some(made(span, true)));
    }
    if let Some(span) = block(text, from) {
        return Ok(Some(made(span, true)));
    }
    let span = bare(text, from);
    Ok((!span.is_empty()).then(|| made(span, false)))
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Past at most `most` bytes that pass a test.
fn skip(text: &Text<'_>, at: usize, test: fn(u8) -> bool, most: usize) -> usize {
    at + text.bytes[at..].iter().take(most).take_while(|byte| test(**byte)).count()
}

/// What joins, and where it ends.
fn joint(
    text: &Text<'_>,
    at: usize,
    is_quoted_name: bool,
    closed: usize,
) -> Option<(Joint, usize)> {
    let rest = text.from(at, 64);
    for (sign, joint) in SIGNS {
        if rest.starts_with(sign) {
            return Some((*joint, at + sign.len()));
        }
    }
    if rest.starts_with("::") && !rest.starts_with(":::") && !rest.starts_with("::=") {
        // LDIF says `name:: value`; paths of code have no space.
        return (text.byte(at + 2) == b' ').then_some((Joint::Assigned, at + 2));
    }
    let signs = rest.bytes().take_while(|byte| matches!(byte, b':' | b'=')).count();
    if signs > 0 && signs < 6 {
        let more = usize::from(rest.as_bytes().get(signs) == Some(&b'>'));
        return Some((Joint::Assigned, at + signs + more));
    }
    if is_quoted_name && rest.starts_with(',') || rest.starts_with('(') && at == closed {
        return Some((Joint::Argument, at + 1));
    }
    typed(rest).map(|length| (Joint::Assigned, at + length)).or_else(|| {
        let is_apart = at > closed || at > 0 && is_blank(text.byte_before(at));
        is_apart.then(|| (Joint::Spaced, at + linking(rest)))
    })
}

const SIGNS: &[(&str, Joint)] = &[
    ("===", Joint::Compared),
    ("!==", Joint::Compared),
    ("==", Joint::Compared),
    ("!=", Joint::Compared),
    ("->", Joint::Assigned),
    ("：", Joint::Assigned),
    ("＝", Joint::Assigned),
];

/// `name string = "…"`: the length of a type and its sign.
fn typed(rest: &str) -> Option<usize> {
    let kinds = ["string", "String", "str", "&str", "char*", "text"];
    let kind = kinds.iter().find(|kind| rest.starts_with(**kind))?;
    let after = &rest[kind.len()..];
    let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
    let sign = after[spaces..]
        .strip_prefix(":=")
        .map(|_| 2)
        .or_else(|| after[spaces..].strip_prefix('=').map(|_| 1))?;
    Some(kind.len() + spaces + sign)
}

/// Words that stand between a secret's name and its value in prose.
const LINKING: &[&str] = &[
    "is still",
    "is now",
    "is",
    "was",
    "are",
    "to",
    "ist",
    "war",
    "lautet",
    "est",
    "es",
    "era",
    "é",
    "är",
    "er",
    "jest",
    "on it is",
    "for it is",
    "for it",
    "on it",
    "here",
    "hier",
    "below",
    "like",
    "in use is",
];

/// The length of a linking word with the space behind it, or nothing.
fn linking(rest: &str) -> usize {
    for word in LINKING {
        if let Some(after) = rest.strip_prefix(word) {
            let after = after.strip_prefix(':').unwrap_or(after);
            if after.starts_with(' ') {
                return rest.len() - after.trim_start_matches(' ').len();
            }
        }
    }
    0
}

/// Past a line break, if the value stands on the next line.
fn below(text: &Text<'_>, at: usize) -> (usize, bool) {
    let mut next = at + usize::from(text.byte(at) == b'\r');
    if text.byte(next) != b'\n' {
        return (at, false);
    }
    next = skip(text, next + 1, |byte| is_blank(byte) || byte == b'>', SPACE);
    (next, true)
}

/// `Some("…")`, `Secret(…)`, `b"…"`, `&"…"`: past what wraps a value.
fn unwrapped(text: &Text<'_>, at: usize) -> usize {
    let rest = text.from(at, 32);
    for wrap in [
        "Some(",
        "Secret(",
        "SecretString(",
        "String(",
        "Just(",
        "Buffer.from(",
        "!vault ",
        "!!binary ",
        "!secret ",
    ] {
        if rest.starts_with(wrap) {
            return at + wrap.len();
        }
    }
    let prefix = rest.bytes().take_while(|byte| b"bBrRuUfFL@&$".contains(byte)).count();
    let is_prefix =
        (1..=2).contains(&prefix) && matches!(rest.as_bytes().get(prefix), Some(b'"' | b'\''));
    if is_prefix { at + prefix } else { at }
}

/// The length of an opening quote, and what closes it.
fn quote_at(text: &Text<'_>, at: usize) -> Option<(usize, &'static str)> {
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
fn quoted(text: &Text<'_>, from: usize, close: &str) -> Result<Option<Range<usize>>, Stop> {
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
    Err(Stop { reason: Reason::UnclosedQuote, start: from })
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
fn list(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
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
fn braced(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let rest = text.line_from(at, 256).strip_prefix('{')?;
    let mut end = rest.find('}')?;
    while rest[end + 1..].starts_with('}') {
        end += 2 + rest[end + 2..].find('}')?;
    }
    let closes = matches!(rest.as_bytes().get(end + 1), None | Some(b';' | b'"'));
    let inner = &rest[..end];
    (closes && !inner.is_empty() && !inner.contains([' ', ':', '"', '{', '=']))
        .then(|| at + 1..at + 1 + end)
}

/// A block of YAML behind `|` or `>`: the lines that are indented deeper.
fn block(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
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
fn bare(text: &Text<'_>, from: usize) -> Range<usize> {
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

/// True for `<name>` and `<name attribute="…">`.
fn is_element(text: &Text<'_>, name: &Name<'_>) -> bool {
    let before = text.before(name.start, 48);
    let start = before.rfind('<');
    let is_open = start.is_some_and(|at| {
        before[at + 1..]
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b':' | b'_' | b'-'))
    });
    is_open
        && matches!(text.byte(name.end), b'>' | b' ')
        && text.line_from(name.end, 200).contains('>')
}

/// The text of an element.
fn element(text: &Text<'_>, at: usize) -> Option<Value> {
    let open = text.line_from(at, 200).find('>')?;
    let start = at + open + 1;
    let rest = text.from(start, LONGEST);
    let inner = &rest[..rest.find("</")?];
    let inner_start = inner.len() - inner.trim_start().len();
    let trimmed = inner.trim();
    let (skipped, trimmed) = match trimmed.strip_prefix("<![CDATA[") {
        Some(data) => (9, data.strip_suffix("]]>").unwrap_or(data)),
        None => (0, trimmed),
    };
    if trimmed.is_empty() || trimmed.contains('<') {
        return None;
    }
    let start = start + inner_start + skipped;
    let span = start..start + trimmed.len();
    Some(Value { span, is_quoted: true, joint: Joint::Assigned, is_below: false, is_phrase: false })
}

/// True if the name stands inside of a string that ends before the value:
/// `label: "Password:", next: "…"`.
fn is_inside_string(text: &Text<'_>, name: &Name<'_>, is_quoted_name: bool, value: usize) -> bool {
    let quote = text.byte(value);
    if is_quoted_name || !matches!(quote, b'"' | b'\'') {
        return false;
    }
    let before = text.line_before(name.start, 512);
    let open = before.bytes().filter(|byte| *byte == quote).count() % 2 == 1;
    let next = text.byte(value + 1);
    open && (next == 0
        || matches!(
            next,
            b',' | b')' | b';' | b'\n' | b'\r' | b' ' | b'}' | b']' | b'.' | b'+' | b'>' | b'/'
        ))
}
