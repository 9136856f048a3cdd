//! A learning's name: what it says, where and how.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::error::InboxError;
use super::target::{Action, Target};

/// Hex digits of an id.
pub(super) const DIGITS: usize = 12;

/// `L-` and twelve hex digits: the beginning of the SHA-256 over target,
/// action and normalised body, a NUL between them. The same learning from
/// another run has the same one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LearningId(String);

impl LearningId {
    /// Of what is said, where and how. `body` is taken as [`normalised`].
    pub fn of(target: &Target, action: Action, body: &str) -> Self {
        let said = format!("{target}\0{}\0{}", action.name(), normalised(body));
        Self(format!("L-{}", hex(said.as_bytes(), DIGITS)))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LearningId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for LearningId {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        let digits = typed.strip_prefix("L-").or_else(|| typed.strip_prefix("l-"));
        let is_id = |it: &&str| it.len() == DIGITS && it.bytes().all(|it| it.is_ascii_hexdigit());
        let digits = digits.filter(is_id).ok_or_else(|| InboxError::NoId(typed.to_owned()))?;
        Ok(Self(format!("L-{}", digits.to_lowercase())))
    }
}

/// The first `digits` hex digits of the bytes' SHA-256.
pub(super) fn hex(bytes: &[u8], digits: usize) -> String {
    let digest = Sha256::digest(bytes);
    let text = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    text[..digits].to_owned()
}

/// A body in one form, whoever wrote it and on which machine: composed
/// characters (NFC), `\n` for every line end, no space at the end of a line,
/// one empty line where there are several, none at either end.
pub fn normalised(body: &str) -> String {
    let composed: String = body.trim_start_matches('\u{feff}').nfc().collect();
    let mut lines: Vec<&str> = Vec::new();
    for line in composed.lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|it| !it.is_empty()) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_learning_has_the_same_name() {
        let target: Target = "wiki/queue.md#causes".parse().unwrap();
        let id = |body: &str| LearningId::of(&target, Action::Append, body);
        let plain = id("It was\n\nthe caf\u{e9}.");
        for other in
            ["\u{feff}It was\r\n\r\nthe caf\u{e9}.\r\n", "\n\nIt was  \n\n\n\nthe cafe\u{301}.\n\n"]
        {
            assert_eq!(id(other), plain, "{other:?}");
        }
        assert_ne!(id("It was the caf\u{e9}."), plain);
        assert_ne!(LearningId::of(&target, Action::Replace, "It was\n\nthe caf\u{e9}."), plain);
        assert_eq!(plain.as_str().len(), 14);
    }

    #[test]
    fn only_an_id_is_read_as_one() {
        assert_eq!("l-3F2A91C07BE4".parse::<LearningId>().unwrap().as_str(), "L-3f2a91c07be4");
        for text in
            ["", "L-", "L-3f2a91c07be", "L-3f2a91c07bez", "F-3f2a91c07be4", "L-../../../x.m"]
        {
            assert!(text.parse::<LearningId>().is_err(), "{text}");
        }
    }
}
