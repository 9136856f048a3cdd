//! Names of learnings and findings: what they say, where and how.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::error::InboxError;
use super::places::{FINDINGS, ROOT, TOMBSTONE};
use super::subject::Subject;
use super::target::{Action, Target};
use crate::ids;
use crate::repo_path::RepoPath;

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
        let digits = digits(typed, ["L-", "l-"]);
        let digits = digits.ok_or_else(|| InboxError::NoId(typed.to_owned()))?;
        Ok(Self(format!("L-{digits}")))
    }
}

/// `F-` and twelve hex digits: the beginning of the SHA-256 over target, items
/// and normalised body, a NUL between them. How bad somebody thinks it is does
/// not make it another finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(String);

impl FindingId {
    /// Of what is said about what. `body` is taken as [`normalised`].
    pub fn of(target: &Subject, items: &[String], body: &str) -> Self {
        let items: String = items.iter().flat_map(|item| [item.as_str(), "\0"]).collect();
        let said = format!("{target}\0{items}\0{}", normalised(body));
        Self(format!("F-{}", hex(said.as_bytes(), DIGITS)))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for FindingId {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        let digits = digits(typed, ["F-", "f-"]);
        let digits = digits.ok_or_else(|| InboxError::NoFindingId(typed.to_owned()))?;
        Ok(Self(format!("F-{digits}")))
    }
}

/// The name of whatever has a folder of its own on the branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxId {
    /// A learning.
    Learning(LearningId),
    /// Feedback.
    Finding(FindingId),
}

impl InboxId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Learning(id) => id.as_str(),
            Self::Finding(id) => id.as_str(),
        }
    }

    /// What it is the name of.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Learning(_) => "learning",
            Self::Finding(_) => "finding",
        }
    }

    /// What stands in its stead once it was purged.
    pub fn tombstone(&self) -> RepoPath {
        let root = match self {
            Self::Learning(_) => ROOT,
            Self::Finding(_) => FINDINGS,
        };
        RepoPath::from_git(format!("{root}/{}/{TOMBSTONE}", self.as_str()))
    }
}

impl fmt::Display for InboxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for InboxId {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        if typed.starts_with(['F', 'f']) {
            return typed.parse().map(Self::Finding);
        }
        typed.parse().map(Self::Learning)
    }
}

/// The digits behind a prefix, in lower case; `None` for any other text.
fn digits(typed: &str, prefixes: [&str; 2]) -> Option<String> {
    let digits = prefixes.iter().find_map(|prefix| typed.strip_prefix(prefix))?;
    let is_id = digits.len() == DIGITS && digits.bytes().all(|it| it.is_ascii_hexdigit());
    is_id.then(|| digits.to_lowercase())
}

/// The first `digits` hex digits of the bytes' SHA-256.
pub(super) fn hex(bytes: &[u8], digits: usize) -> String {
    ids::hex(&Sha256::digest(bytes))[..digits].to_owned()
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
    fn a_findings_name_tells_one_item_from_two() {
        let id = |items: &[&str], body: &str| {
            let items: Vec<String> = items.iter().map(|it| (*it).to_owned()).collect();
            FindingId::of(&Subject::None, &items, body)
        };
        let all = [id(&["a", "b"], ""), id(&["ab"], ""), id(&["a"], "b"), id(&["a"], "")];
        assert!(all.iter().enumerate().all(|(at, it)| !all[at + 1..].contains(it)), "{all:?}");
        assert_eq!(id(&["a"], "b\r\n"), all[2]);
        assert_eq!(all[0].to_string().parse::<FindingId>().unwrap(), all[0]);
        assert!("L-3f2a91c07be4".parse::<FindingId>().is_err());
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
