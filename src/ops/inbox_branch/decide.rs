//! Decisions about learnings, as the branch keeps them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Branch, below, draft};
use crate::allowance::NOWHERE;
use crate::git::Edit;
use crate::inbox::{Decision, LearningId, Standing, State};
use crate::ops::OpError;
use crate::ops::redact::{safe, screen};
use crate::workspace::Workspace;

/// A decision that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// `prode.inbox_decision/v1`.
    pub schema: String,
    /// The learning.
    pub id: String,
    /// Where it stands now.
    pub state: String,
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: Option<String>,
    /// The commit on the branch; null where that had been decided before.
    pub commit: Option<String>,
}

/// Why something was decided: words are demanded, and they are redacted.
pub(in crate::ops) fn redacted_reason(workspace: &Workspace, why: &str) -> Result<String, OpError> {
    if why.trim().is_empty() {
        return Err(OpError::Usage {
            message: "--why says nothing".to_owned(),
            hint: "say why, for whoever finds it again: --why 'known since …'".to_owned(),
        });
    }
    let answer = crate::ops::redact::run(&screen(workspace)?, NOWHERE, why.trim())?;
    Ok(answer.text.into_string())
}

/// Records a decision where `wanted` says so of what holds now.
pub(in crate::ops) fn decide(
    branch: &Branch<'_>,
    id: &LearningId,
    decision: &Decision,
    wanted: impl Fn(&Standing) -> Result<bool, OpError>,
) -> Result<Decided, OpError> {
    let mut state = decision.state;
    let what = decision.state.map_or("edited", State::name);
    let screen = screen(branch.workspace())?;
    let (digest, text) = decision.file();
    let commit = branch.grow(|contents| {
        let entry = contents.get(id)?;
        state = Some(entry.standing.state.max(decision.state.unwrap_or_default()));
        if !wanted(&entry.standing)? {
            return Ok(None);
        }
        let said = decision.edition.as_ref().and_then(|it| it.target.as_ref());
        let place = said.unwrap_or(&entry.edited().target).path.text().into_owned();
        let text = safe(&screen, &place, &text)?;
        let edit = Edit::write(below(id, &format!("state/{digest}")), text.as_str());
        Ok(Some(draft(format!("inbox: {id} {what}"), id, vec![edit])))
    })?;
    Ok(Decided {
        schema: "prode.inbox_decision/v1".to_owned(),
        id: id.to_string(),
        state: state.unwrap_or_default().name().to_owned(),
        by: decision.by.clone(),
        why: decision.why.clone(),
        commit: commit.map(|commit| commit.to_string()),
    })
}

/// A rejection that only says that it was closed has no reason yet.
pub(in crate::ops) fn lacks_reason(standing: &Standing) -> bool {
    let mut rejections =
        standing.decisions.iter().filter(|it| it.state == Some(State::Rejected)).peekable();
    rejections.peek().is_some() && rejections.all(|it| it.change.is_some())
}
