//! `serve token revoke`: it holds no more, from the next request on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file;
use crate::hint::nearest;
use crate::ops::OpError;
use crate::workspace::Workspace;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revoked {
    /// `prode.token_revoke/v1`.
    pub schema: String,
    /// What people call it.
    pub name: String,
    /// False where it held no more before.
    pub held: bool,
}

/// Revokes the token called `name`.
///
/// # Errors
/// There is none, or the file of tokens cannot be used.
pub fn revoke(workspace: &Workspace, name: &str) -> Result<Revoked, OpError> {
    let now = workspace.clock().now();
    let held = file(workspace)?.change(|tokens| {
        let names: Vec<String> = tokens.iter().map(|token| token.name.clone()).collect();
        let Some(token) = tokens.iter_mut().find(|token| token.name == name) else {
            let hint = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean '{near}'?"),
                None => "see all: prode serve token list".to_owned(),
            };
            return Err(OpError::NotFound { message: format!("there is no token '{name}'"), hint });
        };
        let held = token.holds(now);
        token.revoked.get_or_insert(now);
        Ok(held)
    })?;
    Ok(Revoked { schema: "prode.token_revoke/v1".to_owned(), name: name.to_owned(), held })
}
