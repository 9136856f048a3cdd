//! `usage forget`: everything that was counted is deleted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ops::OpError;
use crate::workspace::Workspace;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.usage_forget/v1`.
    pub schema: String,
    /// False where there was nothing.
    pub forgotten: bool,
}

/// Deletes the counts, also where nothing is counted any more.
///
/// # Errors
/// The files cannot be written; a part may be left then.
pub fn forget(workspace: &Workspace) -> Result<Answer, OpError> {
    let failed = |error: std::io::Error| OpError::File {
        path: "prode/usage-v1.log".to_owned(),
        reason: error.to_string(),
    };
    let forgotten = match workspace.usage_files() {
        Some(usage) if usage.exists() => usage.forget().map(|()| true).map_err(failed)?,
        _ => false,
    };
    Ok(Answer { schema: "prode.usage_forget/v1".to_owned(), forgotten })
}
