//! `redact`: a text, or many, through the engine.

mod redactor;
mod storing;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OpError;
use crate::redaction::{Blocked, Finding, RULESET, Redacted, Redaction, Redactor};
pub use redactor::redactor;
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
}

/// One finding: what and where, never the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Stable rule name.
    pub rule: String,
    /// What it is, as placeholders say it.
    #[serde(rename = "type")]
    pub kind: String,
    /// First byte of the input.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// Roughly how many bytes: `1-8`, `9-32`, `33-128`, `129+`.
    pub length: String,
    /// 0 to 100.
    pub confidence: u8,
}

impl From<&Finding> for Item {
    fn from(found: &Finding) -> Self {
        Self {
            rule: found.rule.clone().into_owned(),
            kind: found.kind.clone().into_owned(),
            start: found.start,
            end: found.end,
            line: found.line,
            column: found.column,
            length: found.length.name().to_owned(),
            confidence: found.confidence,
        }
    }
}

/// Redacts one text; what cannot be decided is an error, and nothing comes out.
pub fn run(redactor: &Redactor, text: &str) -> Result<Answer, OpError> {
    let Redaction { text, findings } = redactor.redact(text)?;
    let findings = findings.iter().map(Item::from).collect();
    let (schema, ruleset) = ("prode.redact/v1".to_owned(), RULESET.to_owned());
    Ok(Answer { schema, ruleset, text, findings })
}

/// One line that `redact --batch` reads.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Question {
    /// Whatever tells the lines apart.
    pub id: String,
    /// The text.
    pub text: String,
}

/// One line that `redact --batch` writes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Line {
    /// The question's.
    pub id: String,
    /// The text with placeholders; of a text that is blocked nothing but
    /// `<BLOCKED_1>`.
    pub text: String,
    /// What they stand for; offsets in bytes of the input.
    pub findings: Vec<Item>,
    /// Why nothing of the text came out, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Block>,
}

/// Why a text was blocked, and where.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Block {
    /// Stable name of the reason.
    pub reason: String,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
}

/// Redacts one line of a batch. A blocked text keeps its line, so that a
/// batch is as long as what it was made of.
pub fn line(redactor: &Redactor, question: &str) -> Result<Line, OpError> {
    let Question { id, text } = serde_json::from_str(question).map_err(|error| refused(&error))?;
    Ok(match redactor.redact(&text) {
        Ok(Redaction { text, findings }) => {
            let findings = findings.iter().map(Item::from).collect();
            Line { id, text: text.into_string(), findings, blocked: None }
        }
        Err(blocked) => withheld(id, &text, &blocked),
    })
}

/// Serde's own words may repeat what they could not read.
fn refused(error: &serde_json::Error) -> OpError {
    OpError::Invalid {
        message: format!("a line of the batch is no question at column {}", error.column()),
        hint: "write one JSON object a line: {\"id\":\"1\",\"text\":\"…\"}".to_owned(),
    }
}

fn withheld(id: String, text: &str, blocked: &Blocked) -> Line {
    let Blocked { reason, line, column, .. } = *blocked;
    let item = Item {
        rule: reason.name().to_owned(),
        kind: "BLOCKED".to_owned(),
        start: 0,
        end: text.len(),
        line,
        column,
        length: crate::redaction::LengthBucket::of(text.len()).name().to_owned(),
        confidence: 100,
    };
    let block = Block { reason: reason.name().to_owned(), line, column };
    Line { id, text: "<BLOCKED_1>".to_owned(), findings: vec![item], blocked: Some(block) }
}
