//! The value that stands behind a name, in any of the ways people write it.

use std::ops::Range;

use super::super::super::stop::Stop;
use super::super::super::text::Text;
use super::bounds::{LONGEST, bare, block, braced, list, quote_at, quoted};
use super::element::{element, is_element};
use super::joints;
use super::name::Name;
use super::phrases;
use super::value::{Joint, Value};

/// The most space between a name, what joins it, and its value.
const SPACE: usize = 80;

/// The value behind a name. An error for a quote that does not end.
pub(super) fn value(text: &Text<'_>, name: &Name<'_>) -> Result<Option<Value>, Stop> {
    let mut at = name.end;
    if is_element(text, name) {
        return Ok(element(text, at));
    }
    // `Passw.: …`
    if text.from(at, 2) == ".:" {
        at += 1;
    }
    at += joints::tag(text.from(at, 12));
    at += joints::owner(text.line_from(at, 48));
    at += joints::subscript(text, name.start, at);
    if text.byte(at) == b'}' && is_variable(text, name) {
        at += 1;
    }
    let closed = skip(text, at, |byte| matches!(byte, b'"' | b'\'' | b'`' | b']' | b'*'), 4);
    let is_quoted_name = text.raw[at..closed].contains(['"', '\'', '`']);
    at = skip(text, closed, is_blank, SPACE);
    let Some((joint, next)) = joints::between(text, at, is_quoted_name, closed) else {
        return Ok(None);
    };
    let from = skip(text, next, is_blank, SPACE);
    // `**Password:** x`: the sign stands in what is bold.
    let from = if text.from(from, 3) == "** " { from + 3 } else { from };
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
    if value.is_quoted || value.joint != Joint::Assigned || !rest.starts_with(' ') {
        return value;
    }
    if let Some(length) = pairs_of_digits(text, &value, rest) {
        return Value { span: value.span.start..value.span.end + length, ..value };
    }
    if !is_phrase {
        let end = phrases::end(text, name, &value.span);
        return Value { span: value.span.start..end, ..value };
    }
    let end = [" (", " #", " //", "\"", "'", "`", ". ", ", ", "; ", "\r"]
        .iter()
        .filter_map(|sign| rest.find(sign))
        .min()
        .unwrap_or(rest.len());
    let span = value.span.start..value.span.end + rest[..end].trim_end().len();
    Value { span, is_phrase: true, ..value }
}

/// `2B 7E 15 16 …`: the rest of a key that is written byte by byte.
fn pairs_of_digits(text: &Text<'_>, value: &Value, rest: &str) -> Option<usize> {
    let is_pair = |it: &str| it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pairs = rest[1..].split(' ').take_while(|it| is_pair(it)).count();
    (pairs >= 7 && is_pair(&text.raw[value.span.clone()])).then_some(pairs * 3)
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
    if let Some(span) = numbers(text, from) {
        return Ok(Some(made(span, true)));
    }
    if let Some((open, close)) = quote_at(text, from) {
        return Ok(quoted(text, from + open, close)?.map(|span| made(span, true)));
    }
    if is_object(text, from) {
        return Ok(typed_value(text, from).map(|span| made(span, true)));
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
    let span = in_one_script(text, bare(text, from));
    Ok((!span.is_empty()).then(|| made(span, false)))
}

/// `4471です`: letters of a language that writes without blanks go on behind
/// a value of others.
fn in_one_script(text: &Text<'_>, span: Range<usize>) -> Range<usize> {
    let shown = &text.raw[span.clone()];
    let is_other =
        |c: char| ('\u{e00}'..='\u{e7f}').contains(&c) || ('\u{2e80}'..='\u{d7ff}').contains(&c);
    if shown.is_ascii() || !shown.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return span;
    }
    let end = shown.find(is_other).filter(|at| *at >= 4).unwrap_or(shown.len());
    span.start..span.start + end
}

/// An object is no value, but has some.
fn is_object(text: &Text<'_>, at: usize) -> bool {
    let rest = text.from(at, 24).strip_prefix('{').unwrap_or("");
    rest.trim_start().starts_with(['"', '\''])
}

/// The value of `{"S": "…"}`: of a store that writes types around values.
fn typed_value(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let types = ["S", "N", "B", "value", "Value", "plaintext", "secret", "string", "stringValue"];
    let rest = text.from(at, 64);
    let inner = rest[1..].trim_start();
    let quote = inner.chars().next()?;
    let key_end = inner[1..].find(quote)?;
    let value = inner[key_end + 2..].trim_start().strip_prefix(':')?.trim_start();
    let is_typed = types.contains(&&inner[1..=key_end]) && value.starts_with(quote);
    let start = at + rest.len() - value.len() + 1;
    let end = text.line_from(start, LONGEST).find(quote)?;
    is_typed.then_some(start..start + end)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Past at most `most` bytes that pass a test.
fn skip(text: &Text<'_>, at: usize, test: fn(u8) -> bool, most: usize) -> usize {
    at + text.bytes[at..].iter().take(most).take_while(|byte| test(**byte)).count()
}

/// `{$SMTP.PASS}=…`, `${PASSWORD}   …`: a variable that is set, and not used.
fn is_variable(text: &Text<'_>, name: &Name<'_>) -> bool {
    let before = text.before(name.start, 40);
    let lead = before.rsplit([' ', '\n']).next().unwrap_or("");
    let rest = text.line_from(name.end + 1, 4);
    (lead.starts_with("{$") || lead.starts_with("${") || lead.starts_with("%{"))
        && (rest.starts_with('=') || rest.starts_with("  "))
}

/// `[17, 203, …]`: a key as its bytes, eight of them at least.
fn numbers(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let inner = text.from(at, 1024).strip_prefix('[')?;
    let inner = &inner[..inner.find(']')?];
    let is_byte = |it: &str| {
        let it = it.trim().trim_start_matches("0x");
        (1..=3).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    (inner.split(',').count() >= 8 && inner.split(',').all(is_byte))
        .then(|| at + 1..at + 1 + inner.len())
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
        "<<",
        "!vault ",
        "!!binary ",
        "!secret ",
    ] {
        if rest.starts_with(wrap) {
            return at + wrap.len();
        }
    }
    // `string(9) "…"`, as PHP dumps it.
    if let Some(inner) = rest.strip_prefix("string(") {
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        if inner[digits..].starts_with(") \"") {
            return at + "string(".len() + digits + 2;
        }
    }
    // `&anchor value` of YAML.
    let anchor = rest.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
    if rest.starts_with('&') && anchor > 0 && rest[1 + anchor..].starts_with(' ') {
        return at + anchor + 2;
    }
    let prefix = rest.bytes().take_while(|byte| b"bBrRuUfFL@&$".contains(byte)).count();
    let is_prefix =
        (1..=2).contains(&prefix) && matches!(rest.as_bytes().get(prefix), Some(b'"' | b'\''));
    if is_prefix { at + prefix } else { at }
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
