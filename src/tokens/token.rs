//! One token, and what is held to be one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use crate::ids::hex;

/// A name is as long as this at most, in bytes.
const LONGEST: usize = 64;

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// What people call it; no two that hold share one.
    pub name: String,
    /// SHA-256 of the token as it is sent, in hexadecimal digits.
    pub sha256: String,
    /// Names of tools that it may call, and `metrics`.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it does not hold.
    pub expires: Timestamp,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
}

impl Token {
    /// True if it still holds at `now`.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && now < self.expires
    }
}

/// What a token that was sent is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It holds.
    Good(&'a Token),
    /// It held once.
    Over(&'a Token),
    /// Nobody made it.
    Unknown,
}

/// Judges what was sent. Every token is compared, each in the same time, so that
/// the time says nothing of what is kept.
pub fn judge<'a>(tokens: &'a [Token], sent: &str, now: Timestamp) -> Standing<'a> {
    let sent = hash(sent);
    let mut found = None;
    for token in tokens {
        if bool::from(token.sha256.as_bytes().ct_eq(sent.as_bytes())) {
            found = Some(token);
        }
    }
    match found {
        Some(token) if token.holds(now) => Standing::Good(token),
        Some(token) => Standing::Over(token),
        None => Standing::Unknown,
    }
}

/// What is kept of a token.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// True for what a token may be called: letters and digits of ASCII, `.`, `_` and
/// `-`, not at the beginning, 64 bytes at most.
pub fn is_name(name: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-');
    name.len() <= LONGEST
        && name.starts_with(|it: char| it.is_ascii_alphanumeric())
        && name.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(name: &str, sent: &str, expires: i64) -> Token {
        let at = |second| Timestamp::from_second(second).unwrap();
        Token {
            name: name.to_owned(),
            sha256: hash(sent),
            scopes: vec!["query".to_owned()],
            created: at(0),
            expires: at(expires),
            revoked: None,
        }
    }

    #[test]
    fn a_token_holds_until_it_expires_or_is_revoked() {
        let now = Timestamp::from_second(100).unwrap();
        let mut tokens = vec![token("a", "one", 101), token("b", "two", 100)];
        assert_eq!(judge(&tokens, "one", now), Standing::Good(&tokens[0]));
        assert_eq!(judge(&tokens, "two", now), Standing::Over(&tokens[1]));
        assert_eq!(judge(&tokens, "three", now), Standing::Unknown);
        assert_eq!(judge(&tokens, &hash("one"), now), Standing::Unknown);
        tokens[0].revoked = Some(now);
        assert_eq!(judge(&tokens, "one", now), Standing::Over(&tokens[0]));
    }

    #[test]
    fn names_are_plain() {
        assert!(is_name("ci-2026.11_a"));
        for bad in ["", "-a", ".a", "a b", "a\n", "ä", &"a".repeat(65)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
