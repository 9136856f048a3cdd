//! What joins a name and its value: signs, types, and small words of prose.

use super::super::super::text::Text;
use super::value::Joint;

/// What joins, and where it ends.
pub(super) fn between(
    text: &Text<'_>,
    at: usize,
    is_quoted_name: bool,
    closed: usize,
) -> Option<(Joint, usize)> {
    let rest = text.from(at, 64);
    if let Some(length) = annotated(rest) {
        return Some((Joint::Assigned, at + length));
    }
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
    // `{password, "…"}` of Erlang, `password{"…"}` of C++.
    let is_tuple = rest.starts_with(", ")
        && rest[2..].starts_with(['"', '<'])
        && text.line_before(at, 64).rsplit('{').next().is_some_and(is_bare_name)
        && text.line_before(at, 64).contains('{');
    let is_braced = at == closed && (rest.starts_with("{\"") || rest.starts_with("{'"));
    if is_tuple || is_braced {
        return Some((Joint::Assigned, at + 1));
    }
    // `Password ........ x`, and a row of a table.
    let dots = rest.bytes().take_while(|it| *it == b'.').count();
    if dots >= 3 && dots < rest.len() {
        return Some((Joint::Assigned, at + dots));
    }
    if let Some(length) = cell(text, at, rest) {
        return Some((Joint::Assigned, at + length));
    }
    // `[credential, ops:rosenrot]`: a pair of a map.
    if rest.starts_with(", ")
        && at >= 1
        && text.line_before(at, 64).rsplit('[').next().is_some_and(is_bare_name)
        && text.line_before(at, 64).contains('[')
    {
        return Some((Joint::Assigned, at + 1));
    }
    if is_quoted_name && rest.starts_with(',') || rest.starts_with('(') && at == closed {
        return Some((Joint::Argument, at + 1));
    }
    typed(rest).map(|length| (Joint::Assigned, at + length)).or_else(|| {
        let is_apart = at > closed || at > 0 && matches!(text.byte_before(at), b' ' | b'\t');
        is_apart.then(|| (Joint::Spaced, at + linking(rest)))
    })
}

/// `VARCHAR2(30) := `: the length of a type of SQL with its size and the sign.
fn declared(rest: &str) -> Option<usize> {
    let sign = rest.find(":=")?;
    let kind = rest[..sign].trim_end();
    let (name, size) = kind.split_once('(')?;
    let is_type = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric());
    let is_size = size.strip_suffix(')').is_some_and(|it| it.len() < 10 && !it.contains('('));
    (is_type && is_size).then_some(sign + 2)
}

const SIGNS: &[(&str, Joint)] = &[
    ("===", Joint::Compared),
    ("!==", Joint::Compared),
    ("==", Joint::Compared),
    ("!=", Joint::Compared),
    ("?=", Joint::Assigned),
    ("||=", Joint::Assigned),
    ("->", Joint::Assigned),
    ("→", Joint::Assigned),
    ("⇒", Joint::Assigned),
    ("➜", Joint::Assigned),
    ("➔", Joint::Assigned),
    ("：", Joint::Assigned),
    ("は", Joint::Spaced),
    ("是", Joint::Spaced),
    ("为", Joint::Spaced),
    ("為", Joint::Spaced),
    ("은", Joint::Spaced),
    ("는", Joint::Spaced),
    ("＝", Joint::Assigned),
];

fn is_bare_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.' | b'-'))
}

/// `name string = "…"`: the length of a type and its sign.
fn typed(rest: &str) -> Option<usize> {
    if let Some(length) = declared(rest) {
        return Some(length);
    }
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

/// `: &str = "…"`: the length of a type's annotation and the sign behind it.
fn annotated(rest: &str) -> Option<usize> {
    let kinds = [
        "str",
        "&str",
        "&'static str",
        "&'a str",
        "string",
        "String",
        "Optional[str]",
        "SecretStr",
        "SecretString",
        "NSString",
        "bytes",
        "CharSequence",
        "Any",
        "any",
        "text",
    ];
    let inner = rest.strip_prefix(':')?;
    let (kind, value) = inner.split_once('=')?;
    let bare = kind.trim().trim_end_matches(['?', '!']);
    (kinds.contains(&bare) && value.trim_start().starts_with(['"', '\'', '`']))
        .then_some(1 + kind.len() + 1)
}

/// `| DB_PASSWORD | … |`: the length of the sign before the next cell. A
/// column of names and one of types look alike, so the name is a setting's and
/// the cell one word.
fn cell(text: &Text<'_>, at: usize, rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('|')?;
    let before = text.line_before(at, 120);
    let name = before.trim_start_matches(['>', ' ']).strip_prefix('|')?.trim().trim_matches('`');
    let value = text.line_from(at + 1, 120).split('|').next()?.trim();
    let is_setting = name.contains('_') && !name.contains([' ', '|']);
    (is_setting && inner.starts_with(' ') && value.len() >= 6 && !value.contains(' ')).then_some(1)
}

/// `[32]` before a sign, and `}` behind `$cfg{password`: what a name of code
/// ends in.
pub(super) fn subscript(text: &Text<'_>, start: usize, end: usize) -> usize {
    let rest = text.from(end, 12);
    let length = match rest.as_bytes().first() {
        Some(b'[') => rest.find(']').map_or(0, |it| it + 1),
        Some(b'}') if text.byte_before(start) == b'{' => 1,
        _ => 0,
    };
    let inner = rest.get(1..length.max(2) - 1).unwrap_or("");
    let is_index = length == 1 || inner.bytes().all(|it| it.is_ascii_digit());
    let is_set = rest.get(length..).unwrap_or("").trim_start_matches(' ').starts_with("= ");
    if length > 0 && is_index && is_set { length } else { 0 }
}

/// ` (ops)`, `[ops]`: the length of whose it is, in brackets before the sign.
pub(super) fn owner(rest: &str) -> usize {
    let inner = rest.trim_start_matches(' ');
    let close = match inner.as_bytes().first() {
        Some(b'(') => ')',
        Some(b'[') => ']',
        _ => return 0,
    };
    let Some(end) = inner.find(close) else { return 0 };
    let is_name = end > 1
        && inner[1..end].bytes().all(|it| it.is_ascii_alphanumeric() || b"_-.@ ".contains(&it));
    let is_joined = inner[end + 1..].trim_start_matches(' ').starts_with([':', '=']);
    if is_name && is_joined { rest.len() - inner.len() + end + 1 } else { 0 }
}

/// `:1 =`: the length of a tag before the sign, as RADIUS writes it.
pub(super) fn tag(rest: &str) -> usize {
    let digits = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let is_tag = rest.starts_with(':')
        && (1..=2).contains(&digits)
        && rest[1 + digits..].trim_start_matches([' ', '\t', ':', '+']).starts_with('=');
    if is_tag { 1 + digits } else { 0 }
}

/// Words that stand between a secret's name and its value in prose.
const LINKING: &[&str] = &[
    "is still",
    "is now",
    "is",
    "was",
    "are",
    "ist",
    "war",
    "lautet",
    "est",
    "está",
    "è",
    "es",
    "era",
    "é",
    "är",
    "er",
    "jest",
    "to jest",
    "to",
    "je",
    "on",
    "а",
    "это",
    "é:",
    "eh",
    "is nu",
    "nu is",
    "is nog",
    "sarà",
    "is currently",
    "is set to",
    "should be",
    "has been set to",
    "was changed to",
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
