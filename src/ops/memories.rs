//! Other memories in answers, and in what a person names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use crate::workspace::{Memory, OtherError, Workspace, WorkspaceError};

/// Another memory that the user's settings name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OtherMemory {
    /// What its citations begin with.
    pub name: String,
    /// The commit that it answered from; null where it was not asked.
    pub commit: Option<String>,
    /// Why it was not asked, and what to type next; null where it was.
    pub problem: Option<String>,
}

/// Those beside `memory`: asked ones in the order of the settings, then the rest.
pub(super) fn others(memory: &Memory) -> Vec<OtherMemory> {
    let asked = memory.others().iter().map(|other| OtherMemory {
        name: other.memory.name.clone().unwrap_or_default(),
        commit: other.memory.revision.commit.map(|commit| commit.to_string()),
        problem: None,
    });
    let unasked = memory.unasked().iter().map(|it| OtherMemory {
        name: it.name.clone(),
        commit: None,
        problem: Some(it.error.told()),
    });
    asked.chain(unasked).collect()
}

/// Asks about `typed` in the memory that it names, if the settings know one of
/// that name, else in this repository.
pub(super) fn wherever<T>(
    workspace: &Workspace,
    typed: &str,
    ask: impl Fn(&Workspace, &str) -> Result<T, OpError>,
) -> Result<T, OpError> {
    let Some((name, rest)) = workspace.names_other(typed) else { return ask(workspace, typed) };
    let answer = workspace.other(&name).map_err(OpError::from).and_then(|there| {
        let elsewhere = |error| {
            let (place, error) = (there.shown(), Box::new(error));
            OpError::Elsewhere { name: name.clone(), place, error }
        };
        ask(&there, &rest).map_err(elsewhere)
    });
    // A title of this repository may hold a colon.
    answer.or_else(|error| ask(workspace, typed).map_err(|_| error))
}

impl From<OtherError> for OpError {
    fn from(error: OtherError) -> Self {
        Self::Workspace(WorkspaceError::from(Box::new(error)))
    }
}
