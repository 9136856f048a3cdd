//! Values behind a secret's name that are code: calls, fields, types.

use super::super::super::randomness::Makeup;
use super::super::super::rules::SECRET_WORDS;
use super::super::super::text::Text;
use super::name::{Name, words};
use super::value::Value;

/// An expression: a call, a path through fields, a name that says `secret`.
pub(super) fn is_code(text: &Text<'_>, name: &Name<'_>, value: &Value) -> bool {
    let it = &text.raw[value.span.clone()];
    let head: String = it
        .chars()
        .take_while(|c| {
            c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '$' | '-' | '>' | '?' | '!')
        })
        .collect();
    let next =
        it[head.len()..].chars().next().or_else(|| text.raw[value.span.end..].chars().next());
    let is_name = !head.is_empty()
        && head.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$');
    // ABAP: `cl_store=>get(`.
    if it.ends_with('(') && it.contains("=>") {
        return true;
    }
    if is_name && matches!(next, Some('(' | '[' | '{')) && it.len() > head.len() {
        return true;
    }
    if is_name
        && next == Some('<')
        && !closes_line(text.from(value.span.end, 16))
        && text.line_from(value.span.end, 80).contains('>')
    {
        return true;
    }
    if !is_name || head.len() != it.len() {
        return false;
    }
    let parts: Vec<&str> = it.split(['.', ':', '>']).filter(|part| !part.is_empty()).collect();
    let is_wordy = parts.iter().all(|part| is_identifier(part));
    let names_secret = words(it).iter().any(|word| {
        word.len() > 3
            && SECRET_WORDS
                .iter()
                .any(|known| known.0 == word || known.0.len() >= 5 && word.ends_with(known.0))
    });
    let is_tight = text.byte_before(value.span.start) == b'=' && text.byte(name.end) == b'=';
    let is_path =
        parts.len() > 1 && is_wordy && (!is_tight || it.contains("::") || it.contains("->"));
    is_path && Makeup::of(it).digits == 0
        || is_wordy
            && names_secret
            && (!is_tight
                || parts.len() > 1
                || is_code_line(text, value)
                || it.eq_ignore_ascii_case(name.text))
        || is_wordy && is_code_line(text, value)
        || is_type(it, is_tight)
}

/// `</b>`, `<br>`: markup behind a value, and no type within a type.
fn closes_line(rest: &str) -> bool {
    let name = rest.trim_start_matches('<');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    rest.starts_with("</")
        || matches!(name, "br" | "p" | "b" | "i" | "li" | "td" | "tr" | "div" | "span" | "hr" | "a")
}

fn is_identifier(part: &str) -> bool {
    part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !Makeup::of(part).is_drawn(10)
}

/// The line ends like a statement or a list of arguments, or begins like one.
fn is_code_line(text: &Text<'_>, value: &Value) -> bool {
    let next = text.line_from(value.span.end, 200);
    let before = text.line_before(value.span.start, 200).trim_start().to_owned();
    if before.rsplit([' ', '\t']).next().is_some_and(|word| word.contains("://")) {
        return false;
    }
    let begins = [
        "let ", "const ", "var ", "final ", "return ", "if ", "def ", "fn ", "func ", "pub ",
        "self.", "this.", "for ", "while ", "#define ",
    ];
    let is_word =
        text.raw[value.span.clone()].bytes().all(|it| it.is_ascii_alphabetic() || it == b'_');
    begins.iter().any(|it| before.starts_with(it)) && is_word
        || is_word
            && (next.starts_with(");")
                || next.starts_with("):")
                || next.starts_with(") ")
                || next.trim_end() == ")" && before.contains('(') && !is_account(&before))
}

/// `(user: ops, pw: …)`, `User(name=ops, password=…)`: a record that is shown,
/// where code would pass on what it was given.
fn is_account(before: &str) -> bool {
    let inner = before.rsplit('(').next().unwrap_or("");
    let users = ["user", "username", "login", "benutzer", "name", "usr"];
    let types = ["str", "string", "String", "&str", "name", "user", "username", "login", "self"];
    inner.split(',').any(|it| {
        let pair = it.split_once([':', '=']);
        pair.is_some_and(|(key, value)| {
            let (key, value) = (key.trim(), value.trim());
            users.contains(&key.to_ascii_lowercase().as_str())
                && !value.is_empty()
                && !types.contains(&value)
                && value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.@".contains(&it))
                && !value.contains('.')
        })
    })
}

/// `PotentialSecret`, `Vec`, `SecretString`: a type of a field. Right behind an
/// equals sign values stand more often than types.
fn is_type(value: &str, is_tight: bool) -> bool {
    let share = if is_tight { 90 } else { 66 };
    let is_camel = value.starts_with(|c: char| c.is_ascii_uppercase())
        && value.bytes().all(|byte| byte.is_ascii_alphabetic())
        && value.bytes().any(|byte| byte.is_ascii_lowercase())
        && value.bytes().filter(u8::is_ascii_uppercase).count() >= 2;
    is_camel && Makeup::of(value).wordy * 100 >= value.len() * share
}
