//! `triage freeze`: nothing but reading, until somebody lifts it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ops::OpError;
use crate::store::Freeze;
use crate::workspace::Workspace;

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Frozen {
    /// `prode.triage_freeze/v1`.
    pub schema: String,
    /// True if nothing but reading is wanted.
    pub frozen: bool,
    /// Why.
    pub why: Option<String>,
    /// Who said so.
    pub by: Option<String>,
    /// Since when, RFC 3339.
    pub at: Option<String>,
}

impl Frozen {
    fn of(freeze: Option<Freeze>) -> Self {
        let schema = "prode.triage_freeze/v1".to_owned();
        match freeze {
            None => Self { schema, frozen: false, why: None, by: None, at: None },
            Some(Freeze { who, why, at }) => Self {
                schema,
                frozen: true,
                why: Some(why),
                by: Some(who),
                at: Some(at.to_string()),
            },
        }
    }
}

/// Freezes, with a reason.
pub fn on(workspace: &Workspace, who: &str, why: &str) -> Result<Frozen, OpError> {
    if workspace.repository().is_none() {
        return Err(OpError::Invalid {
            message: "nothing is kept outside of a repository, a freeze neither".to_owned(),
            hint: "name the repository: prode --repo /path/to/it triage freeze on --why …"
                .to_owned(),
        });
    }
    let screen = crate::ops::redact::screen(workspace)?;
    let mut store = super::store(workspace)?;
    let why = super::written::hidden_text(&screen, why)?;
    let who = super::written::hidden_text(&screen, who)?;
    let freeze = Freeze { who, why, at: workspace.clock().now() };
    store.freeze(&freeze)?;
    Ok(Frozen::of(Some(freeze)))
}

/// Lifts it.
pub fn off(workspace: &Workspace) -> Result<Frozen, OpError> {
    super::store(workspace)?.unfreeze()?;
    Ok(Frozen::of(None))
}

/// How it stands.
pub fn status(workspace: &Workspace) -> Result<Frozen, OpError> {
    let store = super::existing_store(workspace)?;
    Ok(Frozen::of(store.map(|it| it.frozen()).transpose()?.flatten()))
}

/// Refuses where runs are frozen.
///
/// # Errors
/// Who froze them and why, or the store does not answer.
pub fn refuse(workspace: &Workspace) -> Result<(), OpError> {
    let store = super::existing_store(workspace)?;
    match store.map(|it| it.frozen()).transpose()?.flatten() {
        Some(freeze) => Err(refusal(&freeze)),
        None => Ok(()),
    }
}

/// Why nothing is begun.
pub(super) fn refusal(freeze: &Freeze) -> OpError {
    OpError::Waiting {
        message: format!("triage is frozen by {} since {}: {}", freeze.who, freeze.at, freeze.why),
        hint: "runs can still be shown and verified; lift it with: prode triage freeze off"
            .to_owned(),
    }
}
