//! `redact`: a text, or many, through the engine; and what a person lets stand.

mod batch;
mod list;
mod named;
mod place;
mod redactor;
mod screen;
mod storing;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OpError;
use crate::allowance::Allowance;
use crate::redaction::{Finding, RULESET, Redacted};
pub use batch::{Block, Line, Question, line};
pub use list::{Listing, Row, list};
pub use named::Named;
pub use place::place;
pub(in crate::ops) use redactor::additions;
pub use screen::{Screen, Screened, allowances, screen};
pub use storing::{Counts, hidden, safe, unreadable};

/// A redacted text and what was found in it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Answer {
    /// `prode.redact/v1`.
    pub schema: String,
    /// The version of the rules.
    pub ruleset: String,
    /// The text with placeholders.
    #[schemars(with = "String")]
    pub text: Redacted,
    /// What they stand for, in the order of the text.
    pub findings: Vec<Item>,
    /// What was found and stays as it is, since a person allowed it.
    pub allowed: Vec<AllowedItem>,
}

/// One finding: what and where, never the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Stable rule name.
    pub rule: Cow<'static, str>,
    /// What it is, as placeholders say it.
    #[serde(rename = "type")]
    pub kind: Cow<'static, str>,
    /// First byte of the input.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// Roughly how many bytes: `1-8`, `9-32`, `33-128`, `129+`.
    pub length: Cow<'static, str>,
    /// 0 to 100.
    pub confidence: u8,
}

/// One finding that stays, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AllowedItem {
    /// The finding.
    #[serde(flatten)]
    pub item: Item,
    /// The allowance's name.
    pub allowance: String,
    /// Who answers for it.
    pub by: String,
    /// The last day (UTC) on which it holds.
    pub until: String,
}

impl From<&Finding> for Item {
    fn from(found: &Finding) -> Self {
        Self {
            rule: found.rule.clone(),
            kind: found.kind.clone(),
            start: found.start,
            end: found.end,
            line: found.line,
            column: found.column,
            length: found.length.name().into(),
            confidence: found.confidence,
        }
    }
}

impl From<&(Finding, &Allowance)> for AllowedItem {
    fn from((found, allowance): &(Finding, &Allowance)) -> Self {
        Self {
            item: found.into(),
            allowance: allowance.id.to_string(),
            by: allowance.by.clone(),
            until: allowance.until.to_string(),
        }
    }
}

/// Redacts one text of `place`, a path from the top of the repository or `-`;
/// what cannot be decided is an error, and nothing comes out.
pub fn run(screen: &Screen, place: &str, text: &str) -> Result<Answer, OpError> {
    let Screened { text, findings, allowed } = screen.redact(place, text)?;
    let findings = findings.iter().map(Item::from).collect();
    let allowed = allowed.iter().map(AllowedItem::from).collect();
    let (schema, ruleset) = ("prode.redact/v1".to_owned(), RULESET.to_owned());
    Ok(Answer { schema, ruleset, text, findings, allowed })
}
