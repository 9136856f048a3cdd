//! Places that hold a secret by their form, by rules; and those that a
//! pattern cannot follow.

use std::ops::Range;
use std::sync::OnceLock;

use super::super::exempt::is_stand_in;
use super::super::pattern::Pattern;
use super::super::rules::{Additions, At, Role, STATES, STRUCTURES, STRUCTURES_COUNT};
use super::super::span::Match;
use super::super::text::Text;

/// How far a rule reads on from its keyword, in bytes.
const REACH: usize = 768;

/// The longest passphrase in quotes, in bytes.
const LONGEST: usize = 120;

pub(super) fn find(text: &Text<'_>, _: &Additions, found: &mut Vec<Match>) {
    let mut done = [0; STRUCTURES_COUNT];
    for hit in &text.hits {
        let Role::Structure(rule) = hit.role else { continue };
        if hit.start >= done[rule] {
            done[rule] = judge(text, rule, hit.start, found).max(hit.start);
        }
    }
}

/// Adds the values of a rule at a keyword; gives where it has read to.
fn judge(text: &Text<'_>, rule: usize, at: usize, found: &mut Vec<Match>) -> usize {
    let structure = STRUCTURES[rule];
    let (from, window) = match structure.at {
        At::Keyword => (at, text.from(at, REACH)),
        At::Before(reach) => {
            let before = text.line_before(at, reach).len();
            (at - before, text.from(at - before, before + 512))
        }
    };
    if structure.at == At::Keyword
        && text.byte_before(at).is_ascii_alphanumeric()
        && text.byte(at).is_ascii_alphabetic()
        && structure.id != "signed-url"
    {
        return at;
    }
    let Some(hit) = regex(rule).captures(window) else { return at };
    let whole = hit.get(0).into_iter();
    let groups = hit.iter().skip(1).flatten();
    let values: Vec<_> = if hit.len() == 1 { whole.collect() } else { groups.collect() };
    for value in values {
        let is_address = structure.id == "curl-user" && is_no_login(value.as_str());
        if !is_address && (hit.len() == 1 || !is_no_value(value.as_str().trim_matches(['"', '\''])))
        {
            let span = quoted(text, from + value.start(), from + value.end());
            let span = within_code(text, span);
            found.push(Match::new(structure.id, structure.kind, span, 90));
        }
    }
    from + hit.get(0).map_or(0, |it| it.end())
}

/// A value behind an opening quote goes on to where that closes.
fn quoted(text: &Text<'_>, start: usize, end: usize) -> Range<usize> {
    let quote = char::from(text.byte_before(start));
    if !matches!(quote, '"' | '\'') || !text.raw[end..].starts_with(' ') {
        return start..end;
    }
    let rest = text.line_from(end, LONGEST);
    rest.find(quote).map_or(start..end, |at| start..end + at)
}

/// A command in a page ends where its code does: what closes it is no part of
/// the value.
fn within_code(text: &Text<'_>, span: Range<usize>) -> Range<usize> {
    let value = &text.raw[span.clone()];
    let bare = value.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '*']);
    match bare.strip_suffix('`') {
        Some(inner) if !inner.is_empty() && !inner.contains('`') => {
            span.start..span.start + inner.len()
        }
        _ => span,
    }
}

/// `jdbc:hive2://host`, `ops:[PASSWORD]`, `test:test`.
fn is_no_login(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'']);
    let (user, password) = value.split_once(':').unwrap_or((value, ""));
    let stands = ["test", "user", "username", "password", "pass", "name"];
    value.contains("://") || is_stand_in(password) || user == password && stands.contains(&user)
}

/// A stand-in, or a word of the protocol.
fn is_no_value(value: &str) -> bool {
    let words = [
        "none",
        "null",
        "undefined",
        "required",
        "missing",
        "invalid",
        "header",
        "bearer",
        "basic",
        "token",
        "username:password",
        "user:pass",
        "user:password",
        "username:token",
        "failed",
    ];
    let is_word = value.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
    is_stand_in(value)
        || is_word && STATES.contains(&value)
        || [
            "reset",
            "cipher",
            "irreversible-cipher",
            "simple",
            "write",
            "the",
            "for",
            "must",
            "was",
            "and",
            "edition",
            "traps",
            "trap",
            "informs",
            "version",
            "protection",
            "authentication",
            "recovery",
            "policy",
            "encryption",
        ]
        .contains(&value)
        || words.iter().any(|it| it.eq_ignore_ascii_case(value))
        || value.split(':').all(is_stand_in)
}

fn regex(rule: usize) -> &'static Pattern {
    static MADE: [OnceLock<Pattern>; STRUCTURES_COUNT] =
        [const { OnceLock::new() }; STRUCTURES_COUNT];
    MADE[rule].get_or_init(|| {
        let structure = STRUCTURES[rule];
        let start = if structure.at == At::Keyword { "^" } else { "" };
        Pattern::fixed(&format!("{start}(?:{})", structure.pattern))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::settings::Settings;
    use super::super::tokens::drawn;
    use super::*;
    use crate::redaction::layers::keywords;

    #[test]
    fn code_of_a_page_is_closed_behind_the_value() {
        let raw = format!("log in by `putty -pw {}7wind`. Then", "Sommer");
        let text = Text::new(&raw, &keywords());
        let mut found = Vec::new();
        find(&text, &Additions::new(&Settings::default()).unwrap(), &mut found);
        let values: Vec<_> = found.iter().map(|it| &raw[it.span.clone()]).collect();
        assert_eq!(values, ["Sommer7wind"]);
    }

    #[test]
    fn every_rule_keeps_its_examples() {
        let all = keywords();
        for (rule, structure) in STRUCTURES.iter().enumerate() {
            let found = |example: &str| {
                let raw = drawn(example);
                let text = Text::new(&raw, &all);
                let mut found = Vec::new();
                for hit in text.hits.iter().filter(|it| it.role == Role::Structure(rule)) {
                    judge(&text, rule, hit.start, &mut found);
                }
                !found.is_empty()
            };
            for yes in structure.yes {
                assert!(found(yes), "{}: {yes}", structure.id);
            }
            for no in structure.no {
                assert!(!found(no), "{}: {no}", structure.id);
            }
        }
    }

    #[test]
    fn a_value_goes_on_to_its_quote_and_ends_before_its_code_does() {
        let shown = |raw: &str, value: &str| {
            let at = raw.find(value).unwrap();
            let text = Text::new(raw, &keywords());
            raw[quoted(&text, at, at + value.len())].to_owned()
        };
        assert_eq!(shown("x 'ab cd' y", "ab"), "ab cd");
        assert_eq!(shown("x \"ab cd\" y", "ab"), "ab cd");
        assert_eq!(shown("x 'ab cd\" y", "ab"), "ab");
        assert_eq!(shown("x (ab cd' y", "ab"), "ab");
        assert_eq!(shown("x 'ab' y", "ab"), "ab");
        let long = |count: usize| format!("x 'ab {}' y", "c".repeat(count));
        assert_eq!(shown(&long(118), "ab").len(), 121);
        assert_eq!(shown(&long(119), "ab").len(), 2);
        for (value, inner) in [
            ("ab`.", "ab"),
            ("ab`", "ab"),
            ("ab`?!", "ab"),
            ("ab.", "ab."),
            ("`", "`"),
            ("a`b`", "a`b`"),
        ] {
            let text = Text::new(value, &keywords());
            assert_eq!(&value[within_code(&text, 0..value.len())], inner, "{value}");
        }
    }

    #[test]
    fn places_and_words_of_a_protocol_are_no_login() {
        for (value, is_none) in [
            ("jdbc:hive2://host", true),
            ("ops:[PASSWORD]", true),
            ("\"ops:$PW\"", true),
            ("ops", true),
            ("test:test", true),
            ("ann:ann", false),
            ("user:gurke77", false),
        ] {
            assert_eq!(is_no_login(value), is_none, "{value}");
        }
        for (value, is_none) in [
            ("none", true),
            ("NONE", true),
            ("Bearer", true),
            ("username:password", true),
            ("traps", true),
            ("Traps", false),
            ("expired", true),
            ("Expired", false),
            ("$A:$B", true),
            ("gurke", false),
        ] {
            assert_eq!(is_no_value(value), is_none, "{value}");
        }
    }
}
