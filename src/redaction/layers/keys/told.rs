//! Values that stand further from the name: at the end of a sentence, on the
//! next line, in an answer.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::randomness::Makeup;
use super::super::super::text::Text;
use super::harmless::is_technical;
use super::name::{Name, Verdict};
use super::spoken;

/// How much of a sentence may stand between a name and its value.
const REACH: usize = 110;
/// And how many words.
const WORDS: usize = 12;

/// Words behind which the value of a sentence stands.
const LINKS: &[&str] = &[
    "is",
    "ist",
    "est",
    "jest",
    "to",
    "это",
    "—",
    "–",
    "-",
    "är",
    "was",
    "war",
    "lautet",
    "weiterhin",
    "still",
    "now",
    "jetzt",
    "remains",
    "bleibt",
    "auf",
    "は",
    "=",
    "been",
    "be",
    "sei",
    "says",
    "reads",
    "using",
    "with",
    "mit",
    "then",
    "este",
    "είναι",
    "là",
    "adalah",
    "yra",
    "कि",
    "है",
    "คือ",
    "هي",
    "هو",
    "היא",
    "הוא",
];

/// The same behind names of other languages; in English they are other words.
const FOREIGN_LINKS: &[&str] =
    &["es", "er", "je", "nu", "od", "é", "è", "era", "ir", "e", "е", "on", "a", "til", "zu"];

/// Every value that is told behind a name.
pub(super) fn values(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Vec<Range<usize>> {
    let changed = spoken::changed(text, name, verdict);
    if !changed.is_empty() {
        return changed;
    }
    let ways = [in_sentence, in_answer, spoken::beside, spoken::given, spoken::before];
    if let Some(span) = ways.iter().find_map(|way| way(text, name, verdict)) {
        return vec![span];
    }
    below(text, name, verdict)
}

/// `the password of the panel is still Nordwind26.`
fn in_sentence(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    let rest = text.line_from(name.end, REACH);
    let mut at = 0;
    let mut follows = rest.starts_with(['は', ':']);
    let mut is_over = false;
    // Of a language whose small words are not known a drawn value tells itself.
    let is_foreign = !ENGLISH.contains(&name.text.to_ascii_lowercase().as_str()) && name.is_word();
    for (place, word) in rest.split_inclusive(' ').take(WORDS).enumerate() {
        let start = name.end + at;
        at += word.len();
        let bare = word.trim();
        let trimmed = bare.trim_start_matches(['(', '„', '“', '"', '\'', '`', ':']);
        let value = trimmed
            .trim_end_matches([',', '.', ';', ')', ']', '"', '“', '”', '\'', '`', '。', '、']);
        let from = start + (word.len() - word.trim_start().len()) + (bare.len() - trimmed.len());
        let is_near = is_foreign && place < 7 && is_mixed(value);
        // Behind a comma it is another clause: only what is surely one counts.
        let is_meant = if is_over { follows && is_mixed(value) } else { follows || is_near };
        if is_meant && looks_like(value, verdict) {
            return Some(from..from + value.len());
        }
        if follows
            && !is_over
            && verdict.is_code
            && let Some(length) =
                code(text.line_from(from, 24)).filter(|it| !is_stand_in(&text.raw[from..from + it]))
        {
            return Some(from..from + length);
        }
        is_over |= bare.ends_with(',') && bare.len() > 1;
        if bare.ends_with(['.', ';', '!', '?']) && bare.len() > 1
            || bare.contains(['=', '{', '(']) && !bare.starts_with('(')
        {
            return None;
        }
        let link = bare.trim_end_matches(':').to_lowercase();
        follows = LINKS.contains(&link.as_str())
            || is_foreign && FOREIGN_LINKS.contains(&link.as_str())
            || bare.ends_with(':')
            || verdict.is_code;
    }
    None
}

/// Names behind which words of English stand.
const ENGLISH: &[&str] = &[
    "password",
    "passwords",
    "passwd",
    "pass",
    "pwd",
    "pw",
    "passphrase",
    "passcode",
    "secret",
    "secrets",
    "token",
    "tokens",
    "credential",
    "credentials",
    "creds",
    "pin",
    "cookie",
    "cookies",
    "bearer",
    "jwt",
    "otp",
    "apikey",
    "authorization",
    "psk",
    "hmac",
    "salt",
    "csrf",
];

/// Digits and capitals or signs beside small letters.
fn is_mixed(value: &str) -> bool {
    let makeup = Makeup::of(value);
    makeup.digits > 0 && (makeup.upper > 0 || value.contains(['_', '#', '!', '$', '%', '&', '+']))
}

/// The length of a code: four to ten digits, in one or two groups.
fn code(rest: &str) -> Option<usize> {
    let length =
        rest.bytes().take_while(|it| it.is_ascii_digit() || matches!(it, b' ' | b'-')).count();
    let shown = rest[..length].trim_end_matches([' ', '-']);
    let digits = shown.bytes().filter(u8::is_ascii_digit).count();
    let groups = shown.split([' ', '-']).count();
    let next = rest[shown.len()..].chars().next().unwrap_or(' ');
    ((4..=10).contains(&digits)
        && groups <= 2
        && !next.is_alphanumeric()
        && !matches!(next, ':' | '/')
        && (digits == 6 || digits == 4 || digits > 7))
        .then_some(shown.len())
}

/// `user A: … code?` and on the next line `B: 4471#`.
fn in_answer(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    let rest = text.line_from(name.end, 40);
    let asks = rest.len() < 36
        && (rest.contains('?')
            || rest.to_lowercase().contains("bitte")
            || rest.to_lowercase().contains("please"));
    let next = name.end + rest.len() + 1;
    if !asks || text.byte(next - 1) != b'\n' {
        return None;
    }
    let line = text.line_from(next, 120);
    let value_at = line.rfind(": ").or_else(|| line.rfind("> "))? + 2;
    let value = line[value_at..].trim_end();
    if let Some(word) = value.split(' ').find(|it| {
        value.contains(' ') && is_mixed(it) && looks_like(it.trim_end_matches([',', '.']), verdict)
    }) {
        let at = next + value_at + (word.as_ptr() as usize - value.as_ptr() as usize);
        return Some(at..at + word.trim_end_matches([',', '.']).len());
    }
    let short_code = verdict.is_code
        && value.len() >= 4
        && value.len() <= 10
        && value.bytes().all(|it| it.is_ascii_digit() || it == b'#' || it == b'*');
    (!value.contains(' ') && (short_code || looks_like(value, verdict)))
        .then(|| next + value_at..next + value_at + value.len())
}

/// `Recovery codes:` and a list of them, or `password:` and a block.
fn below(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Vec<Range<usize>> {
    let rest = text.line_from(name.end, 90);
    let trimmed = rest.trim_end();
    if !trimmed.ends_with(':') && !trimmed.is_empty() || rest.contains("://") {
        return Vec::new();
    }
    let mut at = name.end + rest.len();
    let mut found = Vec::new();
    let mut empty = 0;
    while found.len() < 32 && text.byte(at) == b'\n' {
        let line = text.line_from(at + 1, 160);
        let value = line.trim().trim_start_matches(['-', '*', '•', '>']).trim();
        let start = at + 1 + line.find(value).unwrap_or(0);
        at += 1 + line.len();
        if value.is_empty() || value == "```" {
            empty += 1;
            if empty > 2 {
                break;
            }
            continue;
        }
        let makeup = Makeup::of(value);
        let is_one = (makeup.letters() > 0 || verdict.is_code || value.contains('-'))
            && !value.contains([' ', ':', '=', '"', '<'])
            && value.len() >= 6
            && makeup.digits >= 2
            && !is_technical(value)
            && !is_stand_in(value)
            && !(makeup.is_hex && makeup.digits == value.len() && value.len() < 8);
        if !is_one {
            break;
        }
        found.push(start..start + value.len());
    }
    found
}

/// Letters with digits or signs between them, as people choose passwords.
pub(super) fn looks_like(value: &str, verdict: Verdict) -> bool {
    let value = value.trim_end_matches(['!', '?']);
    let is_public =
        ["SHA256:", "MD5:", "sha256:", "ssh-", "ecdsa-"].iter().any(|it| value.starts_with(it));
    let makeup = Makeup::of(value);
    let signs = value.chars().filter(|c| "!@#$%^&*+?~§€".contains(*c)).count();
    let is_place = value.contains("://")
        || value.contains('/') && makeup.digits < 2
        || value.contains('@') && value.contains('.')
        || value.ends_with([':', '/']);
    let is_time = makeup.letters() <= 1 || value.matches(':').count() > 0 && makeup.letters() < 3;
    let is_call = value.contains(['(', '{', '[', '<', '=', '|']) && !value.ends_with('=');
    let is_host = value.matches('.').count() >= 1
        && value.rsplit('.').next().is_some_and(|it| {
            it.len() >= 2 && it.len() <= 4 && it.bytes().all(|b| b.is_ascii_lowercase())
        });
    !is_public
        && !is_stand_in(value)
        && !is_place
        && !is_time
        && !is_call
        && !is_host
        && !verdict.is_code
        && value.len() >= 6
        && makeup.letters() >= 3
        && (makeup.digits > 0 || signs > 0 || verdict.kind == "PASSWORD" && is_joined(value))
        && (!is_technical(value)
            || signs > 0 && makeup.letters() >= 4 && !value.contains('@')
            || makeup.upper > 0 && makeup.digits > 0 && value.contains(['-', '.', '_']))
}

/// `Krtecek.pod.stolem`: words that somebody joined.
fn is_joined(value: &str) -> bool {
    let is_word = |it: &str| it.len() >= 3 && it.chars().all(char::is_alphabetic);
    value.starts_with(char::is_uppercase)
        && value.contains(['.', '_'])
        && value.split(['.', '_']).all(is_word)
}
