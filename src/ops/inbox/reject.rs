//! `inbox reject`: it is not wanted, and does not come back.

use crate::inbox::{Decision, LearningId, State};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Decided, decide, lacks_reason, redacted_reason};
use crate::workspace::Workspace;

/// Rejects a learning.
///
/// # Errors
/// Where it is on the trunk already, is not there, or `why` says nothing.
pub fn reject(workspace: &Workspace, id: &LearningId, why: &str) -> Result<Decided, OpError> {
    let why = redacted_reason(workspace, why)?;
    let branch = Branch::of(workspace)?;
    let by = branch.person()?;
    let decision = Decision { why: Some(why), ..Decision::to(State::Rejected, by, branch.now()) };
    decide(&branch, id, &decision, |standing| match standing.state {
        State::Promoted => Err(OpError::Conflict {
            message: format!("'{id}' is on the trunk already"),
            hint: "take it back there by a change of the page; then: prode inbox list --all"
                .to_owned(),
        }),
        State::Rejected => Ok(lacks_reason(standing)),
        State::New | State::Accepted => Ok(true),
    })
}
