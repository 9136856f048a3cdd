//! Tokens by their vendors' shapes, and the shapes that several vendors share.

use std::sync::OnceLock;

use super::super::exempt::is_masked;
use super::super::pattern::Pattern;
use super::super::randomness::Makeup;
use super::super::rules::{Additions, At, Role, TOKENS};
use super::super::span::Match;
use super::super::text::Text;

/// The longest token, in bytes.
const LONGEST: usize = 8192;

pub(super) fn find(text: &Text<'_>, _: &Additions, found: &mut Vec<Match>) {
    let mut done = 0;
    for hit in &text.hits {
        let Role::Token(rule) = hit.role else { continue };
        if hit.start < done {
            continue;
        }
        if let Some(it) = judge(text, rule, hit.start) {
            done = it.span.end;
            found.push(it);
        }
    }
}

/// The token of a rule at a keyword.
fn judge(text: &Text<'_>, rule: usize, at: usize) -> Option<Match> {
    let token = &TOKENS[rule];
    let (from, window) = match token.at {
        At::Keyword => (at, text.from(at, LONGEST)),
        At::Before(reach) => {
            let before = text.before(at, reach).len();
            (at - before, text.from(at - before, before + 512))
        }
    };
    if token.at == At::Keyword && is_inside_word(text, at) {
        return None;
    }
    let hit =
        regex(rule).find(window).filter(|it| token.at == At::Keyword || it.end() > at - from)?;
    let start = from + hit.start();
    if is_inside_word(text, start) || is_masked(hit.as_str()) || is_word(hit.as_str()) {
        return None;
    }
    let end = whole(text, from + hit.end());
    if is_digest_alone(&text.bytes[start..end]) {
        return None;
    }
    Some(Match::new(token.id, token.kind, start..end, 95))
}

/// The pattern of a rule, made when it is first needed.
fn regex(rule: usize) -> &'static Pattern {
    static MADE: [OnceLock<Pattern>; TOKENS.len()] = [const { OnceLock::new() }; TOKENS.len()];
    MADE[rule].get_or_init(|| {
        let token = &TOKENS[rule];
        let start = if token.at == At::Keyword { "^" } else { "" };
        Pattern::fixed(&format!("{start}(?:{})", token.pattern))
    })
}

fn is_inside_word(text: &Text<'_>, at: usize) -> bool {
    let before = text.byte_before(at);
    // Within base64, or the name of a file.
    let is_blob = before == b'+' && at >= 2 && text.byte(at - 2).is_ascii_alphanumeric();
    let is_file = before == b'.' && at >= 2 && text.byte(at - 2).is_ascii_lowercase();
    if is_blob || is_file && text.byte(at).is_ascii_lowercase() {
        return true;
    }
    before.is_ascii_alphanumeric()
        && text.byte(at).is_ascii_alphanumeric()
        && !(before == b'n' && at >= 2 && text.byte(at - 2) == b'\\')
}

/// The end of the run of letters and digits that a token ends in.
fn whole(text: &Text<'_>, end: usize) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    end + text.bytes[end..].iter().take(LONGEST).take_while(|byte| is_part(byte)).count()
}

/// A digest that happens to begin like a token: one of 65,536 begins as
/// keys of one vendor do. What a vendor draws from all letters is never this.
fn is_digest_alone(run: &[u8]) -> bool {
    matches!(run.len(), 32 | 40 | 48 | 56 | 64 | 96 | 128)
        && run.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A name that happens to begin like a token.
fn is_word(token: &str) -> bool {
    let makeup = Makeup::of(token);
    makeup.lower > 0
        && makeup.digits == 0
        && makeup.wordy * 3 > makeup.letters() * 2
        && makeup.letters() > 0
}

#[cfg(test)]
pub(in super::super) use tests::drawn;

#[cfg(test)]
mod tests {
    use super::super::super::settings::Settings;
    use super::*;
    use crate::redaction::layers::keywords;

    /// `{a20}` in an example becomes 20 drawn signs.
    pub(in super::super::super) fn drawn(example: &str) -> String {
        let mut out = String::new();
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut rest = example;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            let end = at + rest[at..].find('}').unwrap();
            let (alphabet, count) = rest[at + 1..end].split_at_checked(1).unwrap_or(("", "?"));
            let Ok(count) = count.parse::<usize>() else {
                out.push_str(&rest[at..=end]);
                rest = &rest[end + 1..];
                continue;
            };
            let alphabet = match alphabet {
                "h" => "0123456789abcdef",
                "d" => "1234567890",
                "u" => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
                "l" => "abcdefghijklmnopqrstuvwxyz0123456789",
                "c" => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
                _ => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            };
            for _ in 0..count {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let sign = usize::try_from(state >> 33).unwrap() % alphabet.len();
                out.push(char::from(alphabet.as_bytes()[sign]));
            }
            rest = &rest[end + 1..];
        }
        out + rest
    }

    fn found_by(rule: usize, raw: &str) -> bool {
        let text = Text::new(raw, &keywords());
        let hits = text.hits.iter().filter(|it| it.role == Role::Token(rule));
        hits.into_iter().any(|hit| judge(&text, rule, hit.start).is_some())
    }

    #[test]
    fn every_rule_keeps_its_examples() {
        let all = keywords();
        for (rule, token) in TOKENS.iter().enumerate() {
            let found = |raw: &str| {
                let text = Text::new(raw, &all);
                let mut hits = text.hits.iter().filter(|it| it.role == Role::Token(rule));
                hits.any(|hit| judge(&text, rule, hit.start).is_some())
            };
            for yes in token.yes {
                assert!(found(&format!("is {}", drawn(yes))), "{}: {yes}", token.id);
            }
            for no in token.no {
                assert!(!found(&format!("is {}", drawn(no))), "{}: {no}", token.id);
            }
        }
        assert!(!found_by(0, "nothing"));
    }

    #[test]
    fn a_token_begins_a_word_and_goes_on_to_its_end() {
        let token = drawn("ghp_{a36}");
        let key = drawn("AKIA{u16}");
        let found = |raw: &str| {
            let text = Text::new(raw, &keywords());
            let mut found = Vec::new();
            find(&text, &Additions::new(&Settings::default()).unwrap(), &mut found);
            found.into_iter().map(|it| raw[it.span].to_owned()).collect::<Vec<_>>()
        };
        for before in ["", " ", "=", "_", "-", "\\n", "+", ".", "é", "A.", "7."] {
            assert_eq!(found(&format!("{before}{token} x")), [token.as_str()], "{before}");
        }
        for before in ["x", "7", "n", "\\t", "a+", "a."] {
            assert!(found(&format!("{before}{token}")).is_empty(), "{before}");
        }
        assert_eq!(found(&format!("a.{key}")), [key.as_str()]);
        assert_eq!(found(&format!("{token}_x-7.")), [format!("{token}_x-7")]);
        assert_eq!(found(&format!("{token} {key}")), [token.as_str(), key.as_str()]);
        assert_eq!(found(&format!("{key}{token}")).len(), 1);
    }

    #[test]
    fn digests_and_words_that_begin_like_a_token_are_none() {
        for (length, is_one) in [(31, false), (32, true), (33, false), (40, true), (64, true)] {
            assert_eq!(is_digest_alone(&"a1".repeat(64).as_bytes()[..length]), is_one, "{length}");
        }
        assert!(!is_digest_alone("A1".repeat(16).as_bytes()));
        assert!(!is_digest_alone("g1".repeat(16).as_bytes()));
        for (token, is_one) in [
            ("there", true),
            ("there7", false),
            ("THERE", false),
            ("thqxq", false),
            ("there-xq", true),
            ("there-xqz", false),
            ("1234", false),
        ] {
            assert_eq!(is_word(token), is_one, "{token}");
        }
    }
}
