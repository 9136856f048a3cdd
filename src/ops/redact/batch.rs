//! `redact --batch`: many texts, one a line.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AllowedItem, Item, Screen, Screened};
use crate::allowance::{AllowanceError, NOWHERE};
use crate::ops::OpError;
use crate::redaction::{Blocked, LengthBucket};

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
    /// What was found and stays as it is, since a person allowed it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<AllowedItem>,
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
pub fn line(screen: &Screen, question: &str) -> Result<Line, OpError> {
    let Question { id, text } = serde_json::from_str(question).map_err(|error| refused(&error))?;
    let block = match screen.redact(NOWHERE, &text) {
        Ok(Screened { text, findings, allowed }) => {
            let findings = findings.iter().map(Item::from).collect();
            let allowed = allowed.iter().map(AllowedItem::from).collect();
            let text = text.into_string();
            return Ok(Line { id, text, findings, allowed, blocked: None });
        }
        Err(OpError::Blocked(Blocked { reason, line, column, .. })) => {
            Block { reason: reason.name().to_owned(), line, column }
        }
        Err(OpError::Allowance(AllowanceError::Ended { line, column, .. })) => {
            Block { reason: "allowance-ended".to_owned(), line, column }
        }
        Err(error) => return Err(error),
    };
    Ok(withheld(id, &text, block))
}

/// Serde's own words may repeat what they could not read.
fn refused(error: &serde_json::Error) -> OpError {
    OpError::Invalid {
        message: format!(
            "a line of the batch is not a text with an id, from column {} on",
            error.column()
        ),
        hint: "write one JSON object a line: {\"id\":\"1\",\"text\":\"…\"}".to_owned(),
    }
}

fn withheld(id: String, text: &str, block: Block) -> Line {
    let item = Item {
        rule: block.reason.clone().into(),
        kind: "BLOCKED".into(),
        start: 0,
        end: text.len(),
        line: block.line,
        column: block.column,
        length: LengthBucket::of(text.len()).name().into(),
        confidence: 100,
    };
    let (findings, blocked) = (vec![item], Some(block));
    Line { id, text: "<BLOCKED_1>".to_owned(), findings, allowed: Vec::new(), blocked }
}
