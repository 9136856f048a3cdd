//! The name that stands around a keyword, and whether its value is a secret.

use std::ops::ControlFlow::{self, Break, Continue};

use super::super::super::rules::{
    ATTRIBUTES, Hit, SECRET_PAIRS, Strength, TRAILERS, WEAK_PAIRS, WEAK_WORDS, names_vendor,
    secret_ending, secret_kind,
};
use super::super::super::text::Text;

/// The most that is read of a name on each side of a keyword.
const REACH: usize = 96;

/// A name in the text.
#[derive(Debug)]
pub(super) struct Name<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a name says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) strength: Strength,
    /// What placeholders call the value.
    pub(super) kind: &'static str,
    /// The name is plural or a bare word that stands in prose and code alike.
    pub(super) is_common: bool,
    /// A short number may be the value: a PIN, a code.
    pub(super) is_code: bool,
}

impl<'t> Name<'t> {
    pub(super) fn around(text: &Text<'t>, hit: Hit) -> Self {
        let is_plain = text.raw[hit.start..hit.end].is_ascii();
        if !is_plain {
            let word = &text.raw[hit.start..hit.end];
            let more = text
                .from(hit.end, 24)
                .chars()
                .take_while(|c| c.is_alphabetic())
                .map(char::len_utf8)
                .sum::<usize>();
            let end = if is_stem(word) && more <= 10 { hit.end + more } else { hit.end };
            return Self { text: &text.raw[hit.start..end], start: hit.start, end };
        }
        let before = text.before(hit.start, REACH).bytes().rev();
        let mut start = hit.start - before.take_while(|byte| is_part(*byte)).count();
        let after = text.from(hit.end, REACH).bytes();
        let mut end = hit.end + after.take_while(|byte| is_part(*byte)).count();
        while end > hit.end && matches!(text.byte(end - 1), b'.' | b'-') {
            end -= 1;
        }
        while start < hit.start && matches!(text.byte(start), b'.' | b'-' | b'$') {
            start += 1;
        }
        Self { text: &text.raw[start..end], start, end }
    }

    /// One word, and no name of a setting.
    pub(super) fn is_word(&self) -> bool {
        !self.text.contains(['_', '.', '-', '$'])
            && !self.text.bytes().any(|byte| byte.is_ascii_digit())
            && !self.text.chars().skip(1).any(char::is_uppercase)
    }

    /// `None` if the value of such a name is no secret.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        let words = words(self.text);
        match self.told(&words) {
            Break(verdict) => verdict,
            Continue(()) => weak(&words),
        }
    }

    /// True if any value of such a name is a secret, and the name no common word.
    pub(super) fn is_strong(&self) -> bool {
        let strong = |it: Verdict| it.strength == Strength::Strong && !it.is_common;
        self.told(&words(self.text)).break_value().flatten().is_some_and(strong)
    }

    /// What the name tells by itself, where nothing weaker needs to be asked.
    fn told(&self, words: &[String]) -> ControlFlow<Option<Verdict>> {
        let kept = words.len() - trailing(words);
        let stem = &words[..kept];
        let strong = |kind: &'static str, is_common| {
            let is_code = kind == "CODE";
            Break(Some(Verdict { strength: Strength::Strong, kind, is_common, is_code }))
        };
        let Some(last) = stem.last().map(String::as_str) else { return Break(None) };
        // `communityString`: the word at its end is part of it.
        if let [.., first, second] = words
            && first == "community"
            && second == "string"
        {
            return strong("PASSWORD", false);
        }
        // `ConnectionString_Orders`: whose it is stands behind it.
        let is_connection = |it: &[String]| it[0] == "connection" && it[1] == "string";
        if (3..=6).contains(&words.len())
            && words[..words.len() - 1].windows(2).any(is_connection)
            && !is_attribute(words)
        {
            return strong("CONNECTION", false);
        }
        if let [.., first, second] = stem {
            let pair = SECRET_PAIRS.iter().find(|it| it.0 == first && it.1 == second);
            if let Some((_, _, kind)) = pair {
                return strong(kind, false);
            }
        }
        if last == "pass" && is_passage(self.text, stem) {
            return Break(None);
        }
        if let Some(kind) = secret_kind(last) {
            let is_common = stem.len() == 1
                && matches!(last, "pass" | "pin" | "sid" | "pat" | "clave" | "salt" | "cred")
                || is_plural(last);
            return strong(kind, is_common);
        }
        if last.len() > 2
            && let Some(kind) = secret_ending(last)
        {
            return strong(kind, last.ends_with('s'));
        }
        if STEMS
            .iter()
            .any(|it| last.starts_with(it) && last.chars().count() <= it.chars().count() + 5)
            || is_pass(last)
        {
            return strong("PASSWORD", false);
        }
        Continue(())
    }
}

fn is_attribute(words: &[String]) -> bool {
    words.last().is_some_and(|it| ATTRIBUTES.contains(&it.as_str()))
}

/// `tokens`; but other languages end single words so.
fn is_plural(word: &str) -> bool {
    word.is_ascii() && word.ends_with('s') && !matches!(word, "pass" | "slaptazodis")
}

/// Words of languages that bend them: `şifreyi`, `parooliks`, `hasłem`.
const STEMS: &[&str] = &[
    "parool",
    "salasana",
    "lozink",
    "jelsz",
    "şifre",
    "parolas",
    "wachtwoord",
    "kennwort",
    "passwort",
    "lösenord",
    "passord",
    "adgangskod",
    "contraseñ",
    "slaptažod",
    "lykilorð",
    "kodeord",
    "kata sandi",
    "sandi",
    "šifr",
    "zapork",
    "aðgangsorð",
    "hasł",
    "heslo",
    "hesla",
];

/// True for a word of such a language.
pub(super) fn is_stem(word: &str) -> bool {
    let lower = word.to_lowercase();
    STEMS.iter().any(|it| lower.starts_with(it)) || lower == "sandi"
}

/// `sshpass`, `bindpass`: somebody's, and no other word that ends so.
fn is_pass(word: &str) -> bool {
    let others = [
        "bypass",
        "compass",
        "trespass",
        "overpass",
        "underpass",
        "surpass",
        "encompass",
        "multipass",
        "typass",
    ];
    word.len() > 5 && word.ends_with("pass") && !others.contains(&word)
}

/// `LintPass`: one of several, unless it is somebody's.
fn is_passage(name: &str, words: &[String]) -> bool {
    let whose = [
        "db",
        "user",
        "admin",
        "root",
        "smtp",
        "mail",
        "ftp",
        "redis",
        "my",
        "store",
        "key",
        "bind",
        "imap",
        "pop",
        "sftp",
        "wifi",
        "wpa",
        "vnc",
        "rcon",
        "web",
        "api",
        "service",
        "default",
        "master",
        "sys",
        "mqtt",
        "broker",
        "ssh",
        "sudo",
        "become",
        "vault",
        "cert",
        "private",
        "trust",
        "keystore",
        "truststore",
        "login",
        "ldap",
        "app",
        "auth",
        "proxy",
        "sql",
        "host",
        "http",
        "server",
        "esxi",
        "old",
        "new",
    ];
    let before = words.len().checked_sub(2).map(|at| words[at].as_str());
    before.is_some_and(|it| !whose.contains(&it)) && name.contains("Pass")
}

fn weak(words: &[String]) -> Option<Verdict> {
    let last = words.last()?.as_str();
    let is_pair =
        |it: &&(&str, &str)| words.len() >= 2 && words[words.len() - 2] == it.0 && last == it.1;
    let is_vendor = words.iter().any(|word| names_vendor(word));
    let is_weak = WEAK_PAIRS.iter().any(|it| is_pair(&it))
        || is_vendor && !ATTRIBUTES.contains(&last)
        || WEAK_WORDS.contains(&last) && !ATTRIBUTES.contains(&last)
        || !ATTRIBUTES.contains(&last) && words.iter().any(|it| secret_kind(it).is_some());
    is_weak.then_some(Verdict {
        strength: Strength::Weak,
        kind: "SECRET",
        is_common: false,
        is_code: false,
    })
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$')
}

/// How many words at the end say nothing: numbers, `prod`, `value`.
fn trailing(words: &[String]) -> usize {
    let says_nothing = |word: &&String| {
        word.bytes().all(|it| it.is_ascii_digit()) || TRAILERS.contains(&word.as_str())
    };
    words.iter().rev().take_while(says_nothing).count().min(words.len().saturating_sub(1))
}

/// Words of a name, in lower case: `dbPassword2` is `db`, `password`, `2`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = name.chars().peekable();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_break = c.is_uppercase()
            && (last.is_lowercase()
                || last.is_uppercase() && next.is_lowercase() && word.len() > 1)
            || c.is_ascii_digit() != last.is_ascii_digit() && !word.is_empty();
        if (is_break || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        last = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    // `mot de passe` and its like are one word with spaces.
    let lower = name.to_lowercase();
    if secret_kind(&lower).is_some() { vec![lower] } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strength(name: &str) -> Option<Strength> {
        Name { text: name, start: 0, end: name.len() }.verdict().map(|it| it.strength)
    }

    #[test]
    fn names_tell_by_their_last_word() {
        for name in [
            "password",
            "DB_PASSWORD",
            "clientSecret",
            "api-key",
            "X-Api-Key",
            "APIKey",
            "dbPasswd2",
            "spring.datasource.password",
            "token_prod",
            "SECRET_KEY_BASE",
            "adminPassword",
            "oktatoken",
        ] {
            assert_eq!(strength(name), Some(Strength::Strong), "{name}");
        }
        for name in ["loki_key", "sonar.login", "twitter_id", "client_id"] {
            assert_eq!(strength(name), Some(Strength::Weak), "{name}");
        }
        for name in ["password_file", "tokenType", "secretName", "token_count", "monkey_bars"] {
            assert_eq!(strength(name), None, "{name}");
        }
    }
}
