//! Values that stand further from the name: at the end of a sentence, on the
//! next line, in an answer.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::randomness::Makeup;
use super::super::super::text::Text;
use super::looks::{is_mixed, looks_like};
use super::name::{Name, Verdict};
use super::{labelled, listed, nearby, spoken};

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
    "c'est",
    "→",
    "->",
    "=>",
    "este",
    "è",
    "é",
    "está",
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
    "ni",
    "є",
    "esta",
    "estas",
    "হল",
    "হলো",
    "ialah",
    "là:",
    "este:",
    "est:",
];

/// The same behind names of other languages; in English they are other words.
const FOREIGN_LINKS: &[&str] = &[
    "es", "er", "je", "nu", "od", "é", "è", "era", "ir", "e", "е", "on", "a", "til", "zu", "to",
    "я",
];

/// Every value that is told behind a name.
pub(super) fn values(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Vec<Range<usize>> {
    let changed = spoken::changed(text, name, verdict);
    if !changed.is_empty() {
        return changed;
    }
    let ways = [
        in_sentence,
        labelled::whose,
        in_answer,
        spoken::beside,
        spoken::given,
        spoken::before,
        nearby::anywhere,
    ];
    let codes = listed::beside(text, name, verdict);
    if !codes.is_empty() {
        return codes;
    }
    if let Some(span) = ways.iter().find_map(|way| way(text, name, verdict)) {
        return vec![span];
    }
    listed::below(text, name, verdict)
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
            .trim_end_matches([',', '.', ';', ')', ']', '"', '“', '”', '\'', '`', '。', '、'])
            .trim_end_matches("):**");
        let from = start + (word.len() - word.trim_start().len()) + (bare.len() - trimmed.len());
        let is_near = is_foreign && place < 7 && is_mixed(value);
        // Behind a comma it is another clause: only what is surely one counts.
        let is_meant = if is_over { follows && is_mixed(value) } else { follows || is_near };
        let is_chained = follows && verdict.kind == "PASSWORD" && is_words(value);
        if is_meant && (looks_like(value, verdict) || is_chained) {
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

/// `drei-graue-igel`: three words that are no term of English.
fn is_words(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    parts.len() >= 3
        && parts.iter().all(|it| it.len() >= 3 && it.bytes().all(|b| b.is_ascii_lowercase()))
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
        && (matches!(digits, 4 | 6) || digits > 7 || groups == 2))
        .then_some(shown.len())
}

/// How many lines may stand between a question and its answer.
const ANSWERS: usize = 5;

/// `user A: … password?` and on one of the next lines `B: Sonne#7`.
fn in_answer(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    let rest = text.line_from(name.end, 80);
    let asks = ["?", "？", "bitte", "please", "pls", "教えて", "알려", "告诉"]
        .iter()
        .any(|it| rest.contains(it));
    if !asks {
        return None;
    }
    let mut at = name.end + text.line_from(name.end, 400).len() + 1;
    for _ in 0..ANSWERS {
        let line = text.line_from(at, 200);
        let body = said(line);
        let start = at + line.len() - body.len();
        for word in body.split_inclusive(' ').take(6).filter(|it| it.trim().len() > 3) {
            let bare = word.trim().trim_end_matches([',', '.', ';']).trim_matches(['"', '`', '\'']);
            let from = start + (bare.as_ptr() as usize - body.as_ptr() as usize);
            let is_first = word.as_ptr() == body.as_ptr();
            let is_code = verdict.is_code && is_first && is_short_code(bare);
            if is_code
                || looks_like(bare, verdict)
                    && (is_mixed(bare) || is_first && Makeup::of(bare).digits > 0)
            {
                return Some(from..from + bare.len());
            }
        }
        at += line.len() + 1;
        if text.byte(at - 1) != b'\n' {
            break;
        }
    }
    None
}

/// What somebody said, without the time and the name before it.
fn said(line: &str) -> &str {
    let after =
        |sign: &str| line.find(sign).filter(|at| *at < 48).map(|at| &line[at + sign.len()..]);
    let behind_time = line.starts_with('[').then(|| after("] ")).flatten();
    match behind_time {
        Some(rest) => rest.split_once(": ").map_or(rest, |it| it.1),
        None => after("> ").or_else(|| after(": ")).or_else(|| after(" : ")).unwrap_or(line),
    }
}

fn is_short_code(value: &str) -> bool {
    (4..=10).contains(&value.len())
        && value.bytes().all(|it| it.is_ascii_digit() || it == b'#' || it == b'*')
}
