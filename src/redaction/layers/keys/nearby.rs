//! Passwords that no word joins to their name, in whatever language: on the
//! line that speaks of one stands a token as people choose them, and as no
//! name of a program, a host or a file is written.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::randomness::Makeup;
use super::super::super::text::Text;
use super::looks::{is_technical, letters};
use super::name::{Name, Verdict};

/// How much of a line is read behind a name and before it, in bytes.
const BEHIND: usize = 160;
const BEFORE: usize = 100;
/// How far behind one value another may stand, in bytes.
const NEXT: usize = 48;

/// The first such token behind a name, or the last before it.
pub(super) fn anywhere(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    if verdict.kind != "PASSWORD" || !name.is_word() || verdict.is_common {
        return None;
    }
    let behind = text.line_from(name.end, BEHIND);
    let before = text.line_before(name.start, BEFORE);
    let is_code = |it: &str| it.contains(['{', '=', ';']) || it.contains("](");
    if is_code(behind) || is_code(before) {
        return None;
    }
    let after = tokens(behind).map(|(at, token)| name.end + at..name.end + at + token.len());
    let start = name.start - before.len();
    let ahead = tokens(before).map(|(at, token)| start + at..start + at + token.len());
    let is_chosen = |span: &Range<usize>| is_chosen(&text.raw[span.clone()]);
    after.into_iter().find(is_chosen).or_else(|| ahead.into_iter().filter(is_chosen).last())
}

/// `…, vorher 5582`, `…, the new one Iarna!27`: what stands behind a value on
/// its line and looks like it.
pub(super) fn next(text: &Text<'_>, verdict: Verdict, last: &Range<usize>) -> Option<Range<usize>> {
    let rest = text.line_from(last.end, NEXT);
    let shown = &rest[..rest.find([';', '?', '(']).unwrap_or(rest.len())];
    let value = &text.raw[last.clone()];
    let is_number = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    let is_like = |it: &str| {
        let is_code = verdict.is_code
            && is_number(value)
            && is_number(it)
            && it.len() == value.len()
            && (4..=8).contains(&it.len())
            && !it.starts_with("20");
        is_code || verdict.kind == "PASSWORD" && is_chosen(it)
    };
    let found = tokens(shown).find(|it| is_like(it.1))?;
    Some(last.end + found.0..last.end + found.0 + found.1.len())
}

/// Words of a line without what stands around them.
fn tokens(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let sign = |c: char| "()\"'`“”„«»,;:.?".contains(c);
    let place = move |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    line.split([' ', '\t']).map(move |word| {
        let bare = word.trim_matches(sign);
        (place(bare), bare)
    })
}

/// Letters and digits with a sign among them that names hardly have, or words
/// that a dash joins to a number: `Alpen!Glow7`, `Spring-Forward-4`.
fn is_chosen(value: &str) -> bool {
    let is_number = value.bytes().any(|it| it.is_ascii_digit());
    if !is_number || !(8..=40).contains(&value.len()) {
        return false;
    }
    let makeup = Makeup::of(value);
    let letters = letters(value, &makeup);
    let has = |signs: &str| value.chars().any(|c| signs.contains(c));
    let is_signed = has("!#$%&*+^~§€") && letters >= 4;
    let is_joined = value.starts_with(char::is_uppercase)
        && has("-._")
        && letters >= 7
        && value.split(['-', '.', '_']).all(|it| it.len() >= 2 || is_digits(it))
        && value.ends_with(|c: char| c.is_ascii_digit())
        && value.chars().filter(|c| c.is_lowercase()).count() >= 5;
    !has("/\\@=<>[]{}|:(,\"")
        && (is_signed || is_joined)
        && (is_signed || !is_technical(value))
        && !makeup.is_hex
        && !is_stand_in(value)
}

fn is_digits(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::super::tests::values;

    #[test]
    fn a_chosen_token_on_the_line_goes() {
        for (text, value) in [
            ("For the panel password we agreed on Alpen+Glow77 with them.", "Alpen+Glow77"),
            ("Das Kennwort hat der Kunde gewählt, nämlich Alpen#Glow7.", "Alpen#Glow7"),
            ("He typed Alpen!Glow7 instead of the password", "Alpen!Glow7"),
        ] {
            assert_eq!(values(text).unwrap(), [value], "{text}");
        }
        assert_eq!(values("PIN ist jetzt 4471, vorher 5582").unwrap(), ["4471", "5582"]);
    }

    #[test]
    fn names_of_programs_hosts_and_versions_stay() {
        for text in [
            "password policy of PostgreSQL-16 on db-server-3",
            "the password is checked by pam_unix.so and by libpam2-runtime",
            "reset the password as RFC-2307 says, see ticket OPS-4471",
            "password hashing with argon2id-v19 took 300ms+",
        ] {
            assert_eq!(values(text).unwrap(), [""; 0], "{text}");
        }
    }
}
