//! What a change of decisions came to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::Entry;

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// `prode.adr_change/v1`.
    pub schema: String,
    /// `new`, `accept`, `supersede`, `link`, …
    pub action: String,
    /// The decision, as it is now.
    pub decision: Entry,
    /// Its status before; null where it is new or stated none.
    pub was: Option<String>,
    /// Files that changed, ordered as they were written; empty where
    /// everything was so already.
    pub changed: Vec<String>,
    /// What a person should know, one line each.
    pub notes: Vec<String>,
}

impl Change {
    pub(super) fn new(action: &str, decision: Entry, changed: Vec<String>) -> Self {
        Self {
            schema: "prode.adr_change/v1".to_owned(),
            action: action.to_owned(),
            decision,
            was: None,
            changed,
            notes: Vec::new(),
        }
    }
}
