//! Passphrases without quotes of their own: words to the end of what holds
//! them, a line of settings, a quoted assignment, a field of a connection.

use std::ops::Range;

use super::super::super::text::Text;
use super::name::Name;

/// The longest that is followed, in bytes.
const LONGEST: usize = 120;

/// Words of code and of sentences, and of no passphrase.
const NO_PHRASE: &[&str] = &[
    "if", "else", "or", "and", "not", "in", "is", "for", "await", "new", "was", "has", "with",
    "to", "from", "the", "by", "of", "as", "are", "must", "will", "be", "on", "when",
];

/// Where a value ends that one word of is known.
pub(super) fn end(text: &Text<'_>, name: &Name<'_>, first: &Range<usize>) -> usize {
    let rest = text.line_from(first.end, LONGEST);
    let before = text.line_before(name.start, 200);
    let is_tight = text.byte(name.end) == b'=';
    let quote = char::from(text.byte_before(name.start));
    let shown = if is_tight && matches!(quote, '"' | '\'') {
        rest.find(quote).map(|at| &rest[..at])
    } else if before.contains('=') && before.trim_end().ends_with(';') {
        rest.find(';').map(|at| &rest[..at])
    } else {
        is_setting(text, name, before).then(|| rest.trim_end())
    };
    let shown = shown.filter(|it| is_phrase(&text.raw[first.clone()], it));
    first.end + shown.map_or(0, str::len)
}

/// The line begins with the name, and an equals sign stands behind it.
fn is_setting(text: &Text<'_>, name: &Name<'_>, before: &str) -> bool {
    let begins = ["", "export", "set", "ENV", "ARG"].contains(&before.trim());
    begins && text.line_from(name.end, 4).trim_start().starts_with('=')
}

/// Words and nothing else; two more at least.
fn is_phrase(first: &str, rest: &str) -> bool {
    let is_word = |it: &str| {
        it.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'')
            && !NO_PHRASE.contains(&it.to_lowercase().as_str())
            && !it.starts_with('-')
    };
    is_word(first) && rest.split_whitespace().count() >= 2 && rest.split_whitespace().all(is_word)
}
