//! What an operation answered, before it is cut and put into words.

use serde::Serialize;
use serde_json::Value;

use super::error::CallError;
use crate::workspace::Memory;

/// What an operation answered.
pub(super) struct Answered {
    /// The JSON that the command prints.
    pub value: Value,
    /// What the reader should know of the revision and the settings.
    pub notes: Vec<String>,
}

impl Answered {
    /// The answer with the notes of the memory that gave it.
    pub(super) fn new(answer: &impl Serialize, memory: &Memory) -> Result<Self, CallError> {
        Ok(Self { notes: memory.notes(), ..Self::alone(answer)? })
    }

    /// An answer that is of no memory: a run, the inbox.
    pub(super) fn alone(answer: &impl Serialize) -> Result<Self, CallError> {
        // Through text, so that numbers have the digits that the command prints.
        let text = serde_json::to_string(answer);
        let value = text.and_then(|text| serde_json::from_str(&text));
        let value = value.map_err(|error| CallError::Defect(format!("no JSON: {error}")))?;
        Ok(Self { value, notes: Vec::new() })
    }
}
