//! Stored statements held against the trunk's word, one by one.

use jiff::Timestamp;

use super::store::Stored;
use super::trunk::TrunkPolicy;
use crate::approval::{Approval, Demand, Evidence, Expected, Refusal, Signed, Verification, judge};
use crate::git::Repository;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::signing::verify;

/// Whether the statement `id` counts for `expected`.
pub(in crate::ops) fn judged(
    stored: &Stored,
    id: &str,
    signed: &Signed,
    trunk: &TrunkPolicy,
    expected: &Expected,
    demand: &Demand,
    now: Timestamp,
) -> Result<Result<Approval, Refusal>, OpError> {
    let evidence = Evidence {
        verification: verify(signed, &trunk.trust)?,
        person: trunk.person(&signed.statement.approver),
        asking: expected.requesters.iter().map(|name| trunk.person(name)).collect(),
        used: stored.used.contains(id),
        revoked: stored.revoked.contains(id),
    };
    Ok(judge(signed, &evidence, expected, demand, now))
}

/// Commits whose merge somebody approved: each with the one name of that
/// person. Only whose word it is counts here, and that it was not taken back;
/// whether it sufficed was asked when the merge was made.
pub(in crate::ops) fn merges(
    git: &Repository,
    trunk: &TrunkPolicy,
) -> Result<Vec<(CommitId, String)>, OpError> {
    let stored = Stored::read(git)?;
    let mut found = Vec::new();
    for (id, signed) in &stored.statements {
        let Ok(signed) = signed else { continue };
        let statement = &signed.statement;
        let head = statement.preconditions.get("head").and_then(|it| it.rsplit(':').next());
        let Some(head) = head.and_then(|it| it.parse().ok()) else { continue };
        let is_merge = statement.action.to_string() == "merge" && !stored.revoked.contains(id);
        if is_merge && matches!(verify(signed, &trunk.trust)?, Verification::Good(_)) {
            found.push((head, trunk.person(&statement.approver)));
        }
    }
    Ok(found)
}

/// What a statement itself says that it is for, so that only its signature,
/// time, marks and strength are judged.
pub(in crate::ops) fn as_it_says(signed: &Signed, trunk: &TrunkPolicy) -> Expected {
    let statement = &signed.statement;
    Expected {
        action: statement.action.clone(),
        digest: statement.subject.digest.clone(),
        preconditions: statement.preconditions.clone(),
        repository: trunk.repository.clone(),
        requesters: statement.requesters.clone(),
    }
}
