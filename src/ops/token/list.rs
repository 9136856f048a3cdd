//! `serve token list`: who may ask, never with what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file;
use crate::ops::OpError;
use crate::workspace::Workspace;

/// All tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.token_list/v1`.
    pub schema: String,
    /// True if whoever asks must send one: also where none holds any more.
    pub demanded: bool,
    /// By name.
    pub tokens: Vec<Row>,
}

/// One token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// What people call it.
    pub name: String,
    /// `holds`, `expired` or `revoked`.
    pub state: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made, in UTC.
    pub created: String,
    /// From when on it does not hold, in UTC.
    pub expires: String,
}

/// Lists them.
///
/// # Errors
/// The file of tokens cannot be used.
pub fn list(workspace: &Workspace) -> Result<Listing, OpError> {
    let now = workspace.clock().now();
    let read = file(workspace)?.read()?;
    let demanded = read.is_some();
    let mut tokens: Vec<Row> = read
        .into_iter()
        .flatten()
        .map(|token| Row {
            state: match (token.revoked, token.holds(now)) {
                (Some(_), _) => "revoked",
                (None, true) => "holds",
                (None, false) => "expired",
            }
            .to_owned(),
            name: token.name,
            scopes: token.scopes,
            created: token.created.to_string(),
            expires: token.expires.to_string(),
        })
        .collect();
    tokens.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Listing { schema: "prode.token_list/v1".to_owned(), demanded, tokens })
}
