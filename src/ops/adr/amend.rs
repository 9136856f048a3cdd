//! `adr amend`: a dated addition to what was decided.

use super::change::Change;
use super::decisions::Decisions;
use crate::adr::AdrStatus;
use crate::ops::OpError;
use crate::workspace::Workspace;

/// Which decision, and what is added.
#[derive(Debug, Clone)]
pub struct Options {
    /// `12`, `adr/12`, a path.
    pub decision: String,
    /// What is added, and why.
    pub reason: String,
}

/// Adds the amendment. A decision that is not taken yet is simply edited.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Change, OpError> {
    if options.reason.trim().is_empty() {
        return Err(OpError::Invalid {
            message: "the reason is empty".to_owned(),
            hint: "say what changes and why: --reason 'holds for the API too'".to_owned(),
        });
    }
    let decisions = Decisions::to_change(workspace)?;
    let (page, record) = decisions.find(&options.decision)?;
    if !record.status.as_ref().is_some_and(AdrStatus::is_decided) {
        return Err(OpError::Invalid {
            message: format!("'{}' is not accepted yet", page.path),
            hint: "edit the file: its text is free until it is accepted".to_owned(),
        });
    }
    let mut draft = decisions.draft(page)?;
    draft.text.amend(&options.reason, workspace.clock().today())?;
    let now = draft.text.record().clone();
    let changed = decisions.apply(vec![draft])?;
    Ok(Change::new("amend", decisions.entry(page, &now), changed))
}
