//! Codes that open something or sign somebody in, told by a word such as code
//! and by what else the line speaks of. Codes of errors and places are many
//! more, and stay.

use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::{Cue, cue};
use super::super::super::span::Match;
use super::super::super::text::{Text, sign};
use aho_corasick::AhoCorasick;

/// The longest line that is one sentence or two, in bytes.
const LONGEST: usize = 400;

/// What a code opens, and how people speak of one.
#[rustfmt::skip]
const TELLS: &[&str] = &[
    "door", "gate", "alarm", "safe", "lock", "keypad", "kiosk", "menu", "sign in", "sign-in", "signin", "log in", "log-in", "login", "verif", "not you", "expires", "expire in", "not share", "never share", "garage", "entry", "entrance", "two-factor", "2fa", "mfa", "authenticat", "one-time", "unlock", "one time",
    "tür", "tresor", "larm", "panel", "nøgleboks", "boks", "boxen", "kælder", "lås", "lukk", "schloss", "anmeld", "bestätig", "schranke", "garten", "einmal", "porte", "portail", "coffre", "connexion", "vérif", "valable", "puerta", "acceso", "verifica", "porta ", "cancello", "accesso", "deur", "kluis", "inlog", "dörr", "inlogg", "dør", "drzwi", "bram", "logowania", "dveř", "вход", "двер", "подтвержд",
];

/// Words before a code that make it another thing.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "error", "exit", "status", "return", "returned", "response", "http", "zip", "postal", "post", "country", "area", "source", "reason", "fault", "result", "event", "bar", "qr", "color", "colour", "product", "item", "sort", "bank", "currency", "language", "promo", "discount", "voucher", "dial", "dialing", "key", "op", "of", "fehler", "fel", "fejl", "feil", "erreur", "opcode", "encode", "decode", "uni", "byte", "pseudo", "rückgabe", "sqlstate", "signal", "stop", "diagnostic", "icd", "tax", "unit", "grid",
];

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    let mut named = text.lines_with(&CUES).into_iter().peekable();
    for (at, line) in text.lines.iter().enumerate() {
        let is_named = named.next_if_eq(&at).is_some();
        let next = text.lines.get(at + 1).filter(|it| it.digits >= 4);
        let is_short = line.end - line.start < LONGEST;
        // A word for a code, or a sign that only a keypad has.
        let may_tell = is_named || line.signs & (sign::STAR | sign::HASH) != 0;
        if !is_short || !may_tell || line.digits < 4 && next.is_none() {
            continue;
        }
        let shown = text.line(line);
        let answer = next.filter(|_| shown.contains('?'));
        if line.digits < 4 && answer.is_none() || !tells(shown) {
            continue;
        }
        if line.digits >= 4 {
            on_line(line.start, shown, found);
        }
        if let Some(answer) = answer {
            answered(shown, answer.start, text.line(answer), found);
        }
    }
}

/// What words for a code have.
const CUES: [Cue; 9] = [
    cue("cod"),
    cue("Cod"),
    cue("kod"),
    cue("Kod"),
    cue("kood"),
    cue("Kood"),
    cue("ód"),
    cue("код"),
    cue("Код"),
];

fn on_line(start: usize, shown: &str, found: &mut Vec<Match>) {
    static CODE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r"(?i)(?:([\w-]+) )?\b(\w*(?:code|código|codice|kode|kod|koodi|код|kóð|koda|cod)(?:n|en|et|a|i)?)\b[^\n\d.;?!=_(\[{]{0,40}?[ :]\s?(\d{3}[ -]\d{3}|\d{4,8}[#*]?)(?:[\s,;!?)]|\.(?:\s|$)|$)",
            r"|(?:^|[\s:])(\d{3}[ -]\d{3}|\d{4,8}) (?:is|ist|est|es|è|to|als|as)\b[^\n\d.;]{0,40}?\bcode\b",
            // What only a keypad has.
            r"|(?:^|[\s:])(\*?\d{4,8}#|\*\d{4,8}[#*])(?:[\s,.;]|$)",
        ))
    });
    for hit in CODE.captures_iter(shown) {
        let lower =
            |group: usize| hit.get(group).map(|it| it.as_str().to_lowercase()).unwrap_or_default();
        let value = hit.get(3).or_else(|| hit.get(4)).or_else(|| hit.get(5));
        let is_other = OTHERS.contains(&lower(1).as_str())
            || OTHERS.iter().any(|it| it.len() > 2 && lower(2).starts_with(it));
        if let Some(value) = value.filter(|_| !is_other) {
            found.push(Match::new(
                "code-spoken",
                "CODE",
                start + value.start()..start + value.end(),
                65,
            ));
        }
    }
}

/// `the code of the box?` and on the next line `ann: 2580`.
fn answered(asked: &str, start: usize, answer: &str, found: &mut Vec<Match>) {
    static WORD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r"(?i)\b(?:code|kode|koden|kod|koden|código|codice|koodi|код|pin)\b")
    });
    static NUMBER: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r"(?:^|[:>] )(\d{4,8}[#*]?)(?:[\s,.;]|$)"));
    if !WORD.is_match(asked) {
        return;
    }
    if let Some(value) = NUMBER.captures(answer).and_then(|it| it.get(1)) {
        found.push(Match::new(
            "code-spoken",
            "CODE",
            start + value.start()..start + value.end(),
            65,
        ));
    }
}

fn tells(line: &str) -> bool {
    static WORDS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(TELLS).ok());
    WORDS.as_ref().is_some_and(|words| words.is_match(line))
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn codes_that_open_something_are_told() {
        for (text, code) in [
            ("hold the logo in the menu, then code 80417. Done", "80417"),
            ("New sign-in from Rotterdam. Not you? Code 559 310.", "559 310"),
            ("code for the gate: 8041", "8041"),
            ("559310 is your sign-in code", "559310"),
            ("use 559-310 to log in, the code expires soon", "559-310"),
            ("ring, larmkod till panelen 7740, tack", "7740"),
            ("Alarmen slås fra med 9137#", "9137#"),
            ("koden til boxen?\nmads: 2580 tak", "2580"),
            ("Code für das Schloss: 4471#", "4471#"),
        ] {
            assert_eq!(values(text), [code], "{text}");
        }
    }

    #[test]
    fn codes_of_errors_and_places_stay() {
        for text in [
            "login failed with error code 80417",
            "the gate answered with status code 4040",
            "the safe is at zip code 28195",
            "exit code 1370 of the unlock job",
            "the code has 4471 lines",
        ] {
            assert!(values(text).is_empty(), "{text}");
        }
    }
}
