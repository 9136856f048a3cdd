//! What was found and where, without what it says.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How long a value is, roughly: the length of a short password would help
/// to guess it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LengthBucket {
    /// Up to 8 bytes.
    #[serde(rename = "1-8")]
    Short,
    /// 9 to 32 bytes.
    #[serde(rename = "9-32")]
    Medium,
    /// 33 to 128 bytes.
    #[serde(rename = "33-128")]
    Long,
    /// More.
    #[serde(rename = "129+")]
    Huge,
}

impl LengthBucket {
    /// The bucket of a length in bytes.
    pub fn of(bytes: usize) -> Self {
        match bytes {
            0..=8 => Self::Short,
            9..=32 => Self::Medium,
            33..=128 => Self::Long,
            _ => Self::Huge,
        }
    }

    /// As it is written in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Short => "1-8",
            Self::Medium => "9-32",
            Self::Long => "33-128",
            Self::Huge => "129+",
        }
    }
}

/// What sort of thing a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Whoever has it can do something with it; or a team's own pattern.
    Secret,
    /// It names a person, a machine or a place.
    Identifier,
    /// It was in a table, a record or a body that looks copied.
    Copied,
}

/// One thing that was replaced. It holds nothing of the value, nor a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable rule name in kebab case.
    pub rule: Cow<'static, str>,
    /// What it is, as placeholders say it: `EMAIL`, `PASSWORD`.
    pub kind: Cow<'static, str>,
    /// First byte, in the text that was given.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// Roughly how long it is.
    pub length: LengthBucket,
    /// 0 to 100: how sure the rule is.
    pub confidence: u8,
}

impl Finding {
    /// What sort of thing it is.
    pub fn sort(&self) -> Sort {
        match self.kind.as_ref() {
            "CELL" | "VALUE" | "POLICY" => Sort::Copied,
            "EMAIL" | "PHONE" | "IPV4" | "IPV6" | "MAC" | "USER" | "HOST" | "NAME" | "CARD"
            | "IBAN" | "NATIONAL_ID" | "ARN" | "BUCKET" => Sort::Identifier,
            _ => Sort::Secret,
        }
    }
}
