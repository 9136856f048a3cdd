//! A commit that is about to become the trunk: may it change who approves what,
//! or what redaction lets stand?
//!
//! For whoever guards a trunk from outside, such as a server's hook. The
//! policy asked is the one that holds before.

use super::change::{POLICIES, change_between, policy_differs};
use super::decided::decided;
use super::subject::Asked;
use super::{repository, subject};
use crate::approval::Action;
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::workspace::{Reviewed, Workspace};

/// Why the trunk may not become `new`; `None` where it may: nothing of the
/// policy changes, or the change was approved, or nobody is listed yet.
///
/// A merge brings an approved commit as one of its parents; the policy must
/// then be that parent's.
pub fn refusal_to_land(
    workspace: &Workspace,
    reviewed: &Reviewed,
    new: CommitId,
) -> Result<Option<String>, OpError> {
    for policy in POLICIES {
        let refusal = refusal_of(workspace, reviewed, new, policy)?;
        if refusal.is_some() {
            return Ok(refusal);
        }
    }
    Ok(None)
}

fn refusal_of(
    workspace: &Workspace,
    reviewed: &Reviewed,
    new: CommitId,
    policy: &str,
) -> Result<Option<String>, OpError> {
    let git = repository(workspace)?;
    if !policy_differs(git, policy, [reviewed.commit, new])? {
        return Ok(None);
    }
    let trunk = super::TrunkPolicy::read(workspace)?;
    if trunk.trust.signers.lines.is_empty() {
        return Ok(None);
    }
    let mut candidates = vec![new];
    candidates.extend(git.commit(new)?.parents.into_iter().filter(|it| *it != reviewed.commit));
    let mut why = String::new();
    for head in candidates {
        if git.is_ancestor(head, reviewed.commit)? || policy_differs(git, policy, [head, new])? {
            continue;
        }
        let asked = change_between(git, reviewed, &head.short(12), head)?;
        let action = Action::new(policy).map_err(subject::bad_action)?;
        let asked = Asked { action, ..asked };
        match decided(workspace, &asked)?.approved(&asked) {
            Ok(_) => return Ok(None),
            Err(error) if why.is_empty() => why = error.to_string(),
            Err(_) => {}
        }
    }
    if why.is_empty() {
        why = format!("no approved change leads to this, for {policy}");
    }
    Ok(Some(why))
}
