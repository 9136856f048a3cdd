//! A person's word on a request of a run, counted once.

use crate::ops::OpError;
use crate::ops::ledger;
use crate::workspace::Workspace;

/// What a person decided about a request.
pub(super) struct Granted {
    /// Ids of the statements.
    pub(super) by: Vec<String>,
    /// `strong`, `weak`; with `self` where whoever asked approved.
    pub(super) strength: String,
    /// Who signed, as the trunk's signers name them.
    pub(super) who: Vec<String>,
}

/// Whether [`grant`] would find everything that it needs; nothing is used up.
pub(super) fn is_given(
    workspace: &Workspace,
    name: &str,
    document: &[u8],
) -> Result<bool, OpError> {
    ledger::is_given(workspace, &ledger::request(name, document, None)?)
}

/// Uses the approvals of a request up; `None` while some are missing. `document`:
/// the request as what people sign.
pub(super) fn grant(
    workspace: &Workspace,
    name: &str,
    document: &[u8],
) -> Result<Option<Granted>, OpError> {
    let used = ledger::use_up_once(workspace, &ledger::request(name, document, None)?, name)?;
    Ok(used.map(|used| Granted {
        by: used.decision.approvals.iter().map(|it| it.id.clone()).collect(),
        who: used.decision.approvals.iter().map(|it| it.principal.clone()).collect(),
        strength: used.label(),
    }))
}
