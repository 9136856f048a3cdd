//! `approvals revoke`: takes an approval back before it is used.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ops::ledger::TrunkPolicy;
use crate::ops::ledger::audit_log::{self, Event, summary};
use crate::ops::ledger::store::{self, Mark, Stored};
use crate::ops::ledger::{now, repository, short};
use crate::ops::{OpError, random};
use crate::workspace::Workspace;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RevokeAnswer {
    /// `prode.approvals_revoke/v1`.
    pub schema: String,
    /// The statement's short id.
    pub id: String,
}

/// Takes the statement back that `text` begins to name. It needs no signature:
/// it can only keep something from happening.
pub fn revoke(workspace: &Workspace, text: &str, why: &str) -> Result<RevokeAnswer, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let git = repository(workspace)?;
    let id = Stored::read(git)?.find(text)?;
    let mark = Mark {
        schema: "prode.approval_revoked/v1",
        id: id.clone(),
        at: now(workspace),
        why: why.to_owned(),
        nonce: random::hex::<16>()?,
    };
    let mut event = Event {
        event: "revoke",
        result: "revoked".to_owned(),
        action: String::new(),
        digest: String::new(),
        summary: summary("approval", &short(&id)),
    };
    store::writer(workspace, &trunk.reviewed)?.append(store::REFERENCE, |tip| {
        let here = Stored::at(git, tip)?;
        if here.used.contains(&id) {
            return Err(OpError::Conflict {
                message: format!("{} was used already", short(&id)),
                hint: format!("see by what: git show {}:used/{id}.json", store::REFERENCE),
            });
        }
        if let Some(Ok(signed)) = here.statements.get(&id) {
            signed.statement.action.name().clone_into(&mut event.action);
            event.digest.clone_from(&signed.statement.subject.digest);
        }
        let edits = vec![store::mark("revoked", &mark)?];
        Ok(Some(store::draft(format!("revoke {}", short(&id)), edits)))
    })?;
    audit_log::record(workspace, &trunk, &event)?;
    Ok(RevokeAnswer { schema: "prode.approvals_revoke/v1".to_owned(), id: short(&id) })
}
