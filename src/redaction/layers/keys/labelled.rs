//! A password whose name is followed by whose it is, and by a colon: `le mot
//! de passe de la base : citronvert`. There even a word of a sentence is one.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::rules::STATES;
use super::super::super::text::Text;
use super::name::{Name, Verdict};

/// How much of a line is read behind a name, in bytes.
const REACH: usize = 110;

/// Words that say whose a password is, or where it belongs.
#[rustfmt::skip]
const WHOSE: &[&str] = &[
    "for", "of", "on", "to", "at", "in", "from", "für", "vom", "von", "der", "des", "zum", "zur", "am", "im", "de", "du", "del", "della", "dell", "di", "da", "do", "dos", "la", "el", "para", "pour", "per", "van", "voor", "op", "till", "til", "för", "for", "på", "dla", "od", "k", "ke", "pro", "na", "za", "u", "bazei", "pentru", "για", "του", "της", "için", "от", "для", "до", "від", "к", "на", "untuk", "của", "cho", "ya", "serverio", "لـ", "ל", "של",
];

/// `le mot de passe de la base : citronvert`: a word alone at the end of what
/// says whose it is.
pub(super) fn whose(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    let rest = text.line_from(name.end, REACH).trim_end();
    let first = rest.split_ascii_whitespace().next()?.to_lowercase();
    if verdict.kind != "PASSWORD" || verdict.is_common || !WHOSE.contains(&first.as_str()) {
        return None;
    }
    let sign = rest.find([':', '='])?;
    let whose = &rest[..sign];
    let value = rest[sign + 1..].strip_prefix(' ')?.trim_start();
    let bare = value.trim_end_matches(['.', ',', ';', '!']);
    let is_named = whose.split_ascii_whitespace().count() <= 6
        && whose.chars().all(|c| c.is_alphanumeric() || " -_.'@".contains(c));
    let is_word = !bare.contains([' ', '/', '"', '(', '=', '<', '{', '['])
        && (5..=64).contains(&bare.len())
        && bare.chars().any(char::is_alphabetic);
    let start = name.end + (value.as_ptr() as usize - rest.as_ptr() as usize);
    let is_state = STATES.iter().any(|it| it.eq_ignore_ascii_case(bare)) || ENDS.contains(&bare);
    (is_named && is_word && !is_state && !is_stand_in(bare)).then(|| start..start + bare.len())
}

/// How a try with a password ended.
const ENDS: &[&str] = &[
    "timeout",
    "closed",
    "refused",
    "locked",
    "blocked",
    "disabled",
    "skipped",
    "pending",
    "later",
    "reset",
    "again",
    "twice",
    "ignored",
    "expected",
    "unchanged",
    "refused",
    "verified",
    "matched",
];

#[cfg(test)]
mod tests {
    use super::super::tests::values;

    #[test]
    fn a_word_behind_whose_it_is_goes() {
        for (text, value) in [
            ("le mot de passe de la base de prod : citronvert", "citronvert"),
            ("the password for the panel: gartentor", "gartentor"),
            ("das Passwort vom Admin = gartentor", "gartentor"),
            ("hasło do bazy: cytrynka", "cytrynka"),
            ("пароль от вайфая: лимончик", "лимончик"),
        ] {
            assert_eq!(values(text).unwrap(), [value], "{text}");
        }
    }

    #[test]
    fn states_and_sentences_stay() {
        for text in [
            "password for ops: rejected",
            "password of the admin: see the vault",
            "the password for the panel: it is in the vault",
            "password check: gartentor",
        ] {
            assert_eq!(values(text).unwrap(), [""; 0], "{text}");
        }
    }
}
