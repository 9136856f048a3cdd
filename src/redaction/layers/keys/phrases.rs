//! Passphrases without quotes of their own: words to the end of what holds
//! them, a line of settings, a quoted assignment, a field of a connection.

use std::ops::Range;

use super::super::super::rules::STATES;
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
        let is_line = is_setting(text, name, before) || is_label(text, name, before, rest);
        is_line.then(|| rest.trim_end())
    };
    let is_label = is_label(text, name, before, rest);
    let is_field = before.contains('=') && before.trim_end().ends_with(';');
    let least = usize::from(!is_label && !is_field) + 1;
    let shown = shown.filter(|it| is_phrase(&text.raw[first.clone()], it, least));
    first.end + shown.map_or(0, str::len)
}

/// The line begins with the name, and an equals sign stands behind it.
fn is_setting(text: &Text<'_>, name: &Name<'_>, before: &str) -> bool {
    let begins = ["", "export", "set", "ENV", "ARG"].contains(&before.trim());
    begins && text.line_from(name.end, 4).trim_start().starts_with('=')
}

/// `Mot de passe : fromage blanc`: a line of its own in a letter, and few words.
fn is_label(text: &Text<'_>, name: &Name<'_>, before: &str, rest: &str) -> bool {
    let first = text.line_from(name.end, 40).trim_start_matches([' ', ':']).split(' ').next();
    let is_state = first.is_none_or(|it| STATES.iter().any(|state| state.eq_ignore_ascii_case(it)));
    before.trim_matches([' ', '-', '*', '>', '\t', '•']).is_empty()
        && text.line_from(name.end, 3).trim_start().starts_with(':')
        && (1..=3).contains(&rest.split_whitespace().count())
        && !is_state
        && name.verdict().is_some_and(|it| it.kind == "PASSWORD" && !it.is_common)
}

/// Words and nothing else; so many more at least.
fn is_phrase(first: &str, rest: &str, least: usize) -> bool {
    let is_word = |it: &str| {
        it.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'')
            && !NO_PHRASE.contains(&it.to_lowercase().as_str())
            && !it.starts_with('-')
    };
    is_word(first)
        && rest.split_whitespace().count() >= least
        && rest.split_whitespace().all(is_word)
}
