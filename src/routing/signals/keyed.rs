//! Keys with values: the labels of a payload, and `key=value` in words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::SignalKind;
use super::word::Word;
use super::{error_names, words};
use crate::routing::ticket::label::{Role, role};

/// A key and its sign.
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([A-Za-z_][A-Za-z0-9_./-]*)["'`*]{0,3}\s?([=:])[ *]{0,3}"#)
        .expect("the pattern is constant")
});

/// Bytes of a value; bounded, because reading starts again behind the sign of
/// a pair that means nothing.
const MAX_VALUE: usize = 120;

/// Tells the signals of one label of a payload.
pub(super) fn read_label(key: &str, value: &str, mut tell: impl FnMut(SignalKind, &str)) {
    let role = role(key);
    for kind in kinds(role, value) {
        tell(*kind, host_or(*kind, value));
    }
    if matches!(role, Role::Plain | Role::Place | Role::Severity | Role::Workload) {
        tell(SignalKind::Label, &format!("{key}={value}"));
    }
}

/// Tells the signals of the pairs in words; answers the spans of those that
/// meant something.
pub(super) fn scan(
    text: &str,
    tell: &mut impl FnMut(SignalKind, &str, usize),
) -> Vec<Range<usize>> {
    let mut claims = Vec::new();
    let mut from = 0;
    while let Some(captures) = KEY.captures_at(text, from) {
        let (_, [key, sign]) = captures.extract();
        let pair = captures.get_match().range();
        let key_span = pair.start..pair.start + key.len();
        let role = role(key);
        let word = is_read_in_words(role).then(|| value_of(text, pair.end, sign)).flatten();
        let read = word.filter(|word| tell_pair(role, &Word::new(text, key_span), word, tell));
        from = read.as_ref().map_or(pair.end, Word::end);
        claims.extend(read.map(|word| pair.start..word.end()));
    }
    claims
}

/// Error names are left to the patterns, which see what follows them too.
fn is_read_in_words(role: Role) -> bool {
    !matches!(role, Role::Plain | Role::Noise | Role::Error)
}

/// The value that begins at this offset, quoted or one word, where it is meant
/// as one.
fn value_of<'t>(text: &'t str, at: usize, sign: &str) -> Option<Word<'t>> {
    let ahead = words::cut(&text[at..], MAX_VALUE);
    if let Some(quoted) = ahead.strip_prefix(['"', '\'', '`']) {
        let mark = &ahead[..1];
        let length = quoted.find(mark).filter(|length| *length > 0)?;
        let plain = !quoted[..length].contains(|c: char| c.is_control() || c == '=');
        return plain.then(|| Word::new(text, at + 1..at + 1 + length));
    }
    let of_name =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'/' | b'-');
    let length = ahead.bytes().take_while(of_name).count();
    let name = ahead[..length].trim_end_matches(['.', ':', ',', '-']);
    let word = Word::new(text, at..at + name.len());
    let secret = word.after().starts_with('@'); // user:password@host
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    (begins && !secret && is_value(&word, sign)).then_some(word)
}

fn tell_pair(
    role: Role,
    key: &Word<'_>,
    word: &Word<'_>,
    tell: &mut impl FnMut(SignalKind, &str, usize),
) -> bool {
    let value = word.value();
    let kinds = kinds(role, value);
    for kind in kinds {
        tell(*kind, host_or(*kind, value), word.start());
    }
    let labelled = matches!(role, Role::Place | Role::Severity | Role::Workload);
    if labelled {
        tell(SignalKind::Label, &format!("{}={value}", key.value()), key.start());
    }
    labelled || !kinds.is_empty()
}

/// What the value of a label is a signal of, besides the label itself.
fn kinds(role: Role, value: &str) -> &'static [SignalKind] {
    let one_word = !value.contains(char::is_whitespace);
    match role {
        Role::Alert => &[SignalKind::AlertName],
        Role::Service | Role::Workload if !is_state(value) => &[SignalKind::Service],
        Role::Metric if one_word => &[SignalKind::Metric],
        Role::Host if one_word && !is_state(value) => &[SignalKind::Host],
        Role::Error if one_word && error_names::is_error_name(value) => error_kind(value),
        Role::ErrorCode if one_word && is_code(value) => &[SignalKind::ErrorCode],
        Role::Status if is_status(value) => &[SignalKind::StatusCode],
        _ => &[],
    }
}

fn error_kind(name: &str) -> &'static [SignalKind] {
    if name.contains(['.', ':', '\\']) || name.ends_with("Exception") {
        &[SignalKind::Exception]
    } else {
        &[SignalKind::ErrorType]
    }
}

fn is_code(value: &str) -> bool {
    value.bytes().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) || value.contains('_')
}

fn is_status(value: &str) -> bool {
    value.len() == 3
        && value.starts_with(['1', '2', '3', '4', '5'])
        && value.bytes().skip(1).all(|b| b.is_ascii_digit() || b.eq_ignore_ascii_case(&b'x'))
}

fn is_state(value: &str) -> bool {
    STATES.iter().any(|state| value.eq_ignore_ascii_case(state))
}

/// A machine without the port that it was scraped at.
fn host_or(kind: SignalKind, value: &str) -> &str {
    match value.rsplit_once(':') {
        Some((host, port))
            if kind == SignalKind::Host && !host.contains(':') && port.parse::<u16>().is_ok() =>
        {
            host
        }
        _ => value,
    }
}

/// `key=value` is meant as such. After a colon a sentence may follow, so an
/// unquoted value must look like a name or end its line.
fn is_value(word: &Word<'_>, sign: &str) -> bool {
    let value = word.value();
    let named = value.contains(['-', '_', '.', '/']) || value.bytes().any(|b| b.is_ascii_digit());
    let ends = word.after().trim_start_matches([' ', '*', '`', '"']).chars().next();
    let last = ends.is_none_or(|c| matches!(c, '\n' | '\r' | ',' | ';' | '}' | ')' | ']' | '|'));
    word.is_whole() && (sign == "=" || named || last)
}

/// Values that say how a system is, not which.
const STATES: &[&str] = &[
    "all",
    "any",
    "critical",
    "crashed",
    "degraded",
    "down",
    "error",
    "failed",
    "failing",
    "false",
    "na",
    "n/a",
    "no",
    "none",
    "null",
    "ok",
    "the",
    "this",
    "true",
    "unavailable",
    "unknown",
    "up",
    "yes",
    "-",
];
