//! What can be asked for a ticket: names and proofs, never values of secrets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything that could be asked, in the order of names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Inventory {
    /// `prode.inventory/v1`.
    pub schema: String,
    /// Each once.
    pub tools: Vec<Tool>,
}

/// One way to ask.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// The specialist that it serves.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// Whether it answered when it was looked for.
    pub answered: bool,
    /// As whom it is asked: an account, a role, a version.
    pub identity: Option<String>,
    /// How it is known that it only reads.
    pub read_only: Option<String>,
    /// Why it cannot be asked.
    pub blocked: Option<String>,
    /// True if it is the way that was chosen for its specialist.
    pub chosen: bool,
}

/// What a tool is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Part of prode.
    BuiltIn,
    /// A program of the user's side.
    Program,
    /// A tool of an MCP server.
    McpTool,
    /// Answers that were recorded before.
    Recorded,
    /// Answers that somebody hands in.
    HandedIn,
    /// A skill of the repository.
    Skill,
}

impl Inventory {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.inventory/v1";

    /// Of these tools, each once.
    pub fn of(mut tools: Vec<Tool>) -> Self {
        tools.sort();
        tools.dedup();
        Self { schema: Self::SCHEMA.to_owned(), tools }
    }

    /// The way to ask a specialist.
    pub fn route(&self, specialist: &str) -> Option<&Tool> {
        self.tools.iter().find(|tool| tool.name == specialist && tool.chosen)
    }
}
