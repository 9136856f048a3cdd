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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_buckets() {
        for (bytes, name) in [
            (0, "1-8"),
            (8, "1-8"),
            (9, "9-32"),
            (32, "9-32"),
            (33, "33-128"),
            (128, "33-128"),
            (129, "129+"),
        ] {
            let bucket = LengthBucket::of(bytes);
            assert_eq!(bucket.name(), name, "{bytes}");
            assert_eq!(serde_json::to_string(&bucket).unwrap(), format!("\"{name}\""));
        }
    }

    #[test]
    fn a_kind_tells_what_sort_of_thing_it_is() {
        let sort = |kind: &'static str| {
            let (rule, kind, length) = ("x".into(), kind.into(), LengthBucket::Short);
            let (start, end, line, column, confidence) = (0, 1, 1, 1, 50);
            Finding { rule, kind, start, end, line, column, length, confidence }.sort()
        };
        for kind in ["CELL", "VALUE", "POLICY"] {
            assert_eq!(sort(kind), Sort::Copied, "{kind}");
        }
        for kind in [
            "EMAIL",
            "PHONE",
            "IPV4",
            "IPV6",
            "MAC",
            "USER",
            "HOST",
            "NAME",
            "CARD",
            "IBAN",
            "NATIONAL_ID",
            "ARN",
            "BUCKET",
        ] {
            assert_eq!(sort(kind), Sort::Identifier, "{kind}");
        }
        for kind in ["PASSWORD", "GITHUB_TOKEN", "CUSTOMER_ID"] {
            assert_eq!(sort(kind), Sort::Secret, "{kind}");
        }
    }
}
