//! Whose a comment is.
//!
//! Where people's text can hold a hidden line, the first line is
//! `<!-- prode:KEY -->`. Linear lets whoever writes choose the comment's id
//! instead, and refuses a second one: the id is made from the key.

use sha2::{Digest, Sha256};

use super::error::TrackerError;
use crate::ids::hex;

/// Hexadecimal digits of a key.
const DIGITS: usize = 32;

/// Digits of an id that follow from the key; the others say that it is ours.
const OF_KEY: usize = 24;

/// A key: 32 hexadecimal digits in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Reads it.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, TrackerError> {
        if is_key(text) { Ok(Self(text.to_owned())) } else { Err(TrackerError::BadKey) }
    }

    /// The hidden line.
    pub(super) fn marker(&self) -> String {
        format!("<!-- prode:{} -->", self.0)
    }

    /// The comment's text with the hidden line before it.
    pub(super) fn marked(&self, text: &str) -> String {
        format!("{}\n{text}", self.marker())
    }

    /// True of the comment that has this key.
    pub(super) fn is_of(&self, body: &str) -> bool {
        first_line(body) == self.marker()
    }

    /// The id of the comment with this key, in the form of a UUID of version 4
    /// (RFC 9562 5.4), which is what Linear takes. Of its 122 free bits 90 are
    /// a digest of the key, and 32 a digest of what stands before them.
    pub(super) fn uuid(&self) -> String {
        let mut digits = hex(&Sha256::digest(&self.0)[..OF_KEY / 2]);
        digits.replace_range(12..13, "4");
        let variant = match &digits[16..17] {
            "0" | "4" | "8" | "c" => "8",
            "1" | "5" | "9" | "d" => "9",
            "2" | "6" | "a" | "e" => "a",
            _ => "b",
        };
        digits.replace_range(16..17, variant);
        let digits = format!("{digits}{}", sign(&digits));
        let part = |from: usize, to: usize| &digits[from..to];
        let parts = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)];
        parts.join("-")
    }
}

/// True of a comment that this program wrote, whatever its key.
pub(super) fn is_marked(body: &str) -> bool {
    let key = first_line(body).strip_prefix("<!-- prode:").and_then(|it| it.strip_suffix(" -->"));
    key.is_some_and(is_key)
}

/// True of an id that [`Key::uuid`] made; of another's in one of four milliards.
pub(super) fn is_ours(uuid: &str) -> bool {
    let digits: String = uuid.chars().filter(|it| *it != '-').collect();
    let parts = digits.is_ascii().then(|| digits.split_at_checked(OF_KEY)).flatten();
    parts.is_some_and(|(key, own)| own == sign(key))
}

fn sign(digits: &str) -> String {
    hex(&Sha256::digest(format!("prode comment\0{digits}"))[..4])
}

fn is_key(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

fn first_line(body: &str) -> &str {
    body.lines().next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "00112233445566778899aabbccddeeff";

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    #[test]
    fn a_key_is_32_digits() {
        for bad in ["", "0011", &A.to_uppercase(), &A.replace('0', "g"), &format!("{A}0")] {
            assert_eq!(Key::parse(bad), Err(TrackerError::BadKey), "{bad}");
        }
    }

    #[test]
    fn a_comment_is_known_by_its_first_line() {
        let body = key(A).marked("Words.\n\nMore.");
        assert!(key(A).is_of(&body) && key(A).is_of(&body.replace('\n', "\r\n")));
        assert!(is_marked(&body) && !key(&A.replace('0', "1")).is_of(&body));
        let quoted = format!("> {body}");
        let told = format!("Look:\n{body}");
        for other in [&quoted, &told, "<!-- prode:x -->", "<!-- prode: L-3f2a91c07be4 -->", ""] {
            assert!(!key(A).is_of(other) && !is_marked(other), "{other}");
        }
    }

    #[test]
    fn an_id_is_a_uuid_of_version_4_and_says_that_it_is_ours() {
        let id = key(A).uuid();
        assert_eq!(id, key(A).uuid());
        assert_ne!(id, key(&A.replace("ff", "fe")).uuid(), "every digit counts");
        assert_eq!(id.len(), 36);
        assert!(is_ours(&id));
        for other in ["3d813cbb-47fb-42ba-91df-831e1593ac29", "", "ü", &id[1..]] {
            assert!(!is_ours(other), "{other}");
        }
    }

    #[test]
    fn every_variant_of_a_key_gives_a_valid_id() {
        for digit in "0123456789abcdef".chars() {
            let id = key(&digit.to_string().repeat(32)).uuid();
            assert!(id[14..15] == *"4" && "89ab".contains(&id[19..20]) && is_ours(&id), "{id}");
        }
    }
}
