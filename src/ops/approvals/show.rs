//! `approvals show`: one statement, whole, and how it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::list::{Row, row, unreadable};
use crate::ops::OpError;
use crate::ops::ledger::TrunkPolicy;
use crate::ops::ledger::repository;
use crate::ops::ledger::store::Stored;
use crate::workspace::Workspace;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// `prode.approvals_show/v1`.
    pub schema: String,
    /// How it stands.
    pub standing: Row,
    /// What it says; null where the file is no statement.
    pub statement: Value,
    /// Its signature, armoured; empty where there is none.
    pub signature: String,
}

/// Shows the statement that `text` begins to name.
pub fn show(workspace: &Workspace, text: &str) -> Result<Shown, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let stored = Stored::read(repository(workspace)?)?;
    let id = stored.find(text)?;
    let (standing, statement, signature) = match &stored.statements[&id] {
        Ok(signed) => {
            let statement = serde_json::from_slice(&signed.bytes).unwrap_or(Value::Null);
            let standing = row(workspace, &trunk, &stored, &id, signed)?;
            (standing, statement, signed.signature.clone())
        }
        Err(_) => (unreadable(&id), Value::Null, String::new()),
    };
    Ok(Shown { schema: "prode.approvals_show/v1".to_owned(), standing, statement, signature })
}
