//! `finding close` and `finding reject`: how a finding ends.

use super::record::{Recorded, evidence, record};
use crate::inbox::{Event, FindingId, What};
use crate::ops::OpError;
use crate::ops::inbox_branch::Branch;
use crate::ops::inbox_branch::redacted_reason;
use crate::ops::redact::screen;
use crate::workspace::Workspace;

/// Closes a finding whose items are all answered.
///
/// # Errors
/// [`OpError::Invalid`] while an item is open or without evidence, or where
/// the message says that something is deferred or unverified;
/// [`OpError::Waiting`] where whoever closes made a fix: somebody else is needed.
pub fn close(workspace: &Workspace, id: &FindingId, message: &str) -> Result<Recorded, OpError> {
    let branch = Branch::of(workspace)?;
    let why = Some(redacted_reason(workspace, message)?);
    let event = Event { why, ..Event::new(What::Close, branch.person()?, branch.now()) };
    // Authors of commits whom no settings know are named by their address.
    let mail = branch.repository.git_setting("user.email");
    let aliases: Vec<String> = mail.iter().map(|mail| branch.person_called(mail)).collect();
    record(&branch, id, &event, &aliases)
}

/// Says that the finding as a whole is invalid.
///
/// # Errors
/// [`OpError::Invalid`] without evidence, where an item was found to be valid,
/// or where `why` says that something is unverified.
pub fn reject(
    workspace: &Workspace,
    id: &FindingId,
    why: &str,
    shown_by: &[String],
) -> Result<Recorded, OpError> {
    let branch = Branch::of(workspace)?;
    let why = Some(redacted_reason(workspace, why)?);
    let evidence = evidence(&screen(workspace)?, shown_by)?;
    let event = Event::new(What::Reject, branch.person()?, branch.now());
    record(&branch, id, &Event { evidence, why, ..event }, &[])
}
