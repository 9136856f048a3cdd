//! A commit that is about to become the trunk: may it change who approves what,
//! or what redaction lets stand?
//!
//! For whoever guards a trunk from outside, such as a server's hook. The
//! policy asked is the one that holds before. A forge is asked only where
//! statements do not suffice.

use super::asked::Asked;
use super::asked::bad_action;
use super::change::{POLICIES, change_between, policy_differs};
use super::decided::{decided, decided_with};
use super::on_forge::OnForge;
use super::repository;
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
    let mut refused = Vec::new();
    for policy in POLICIES {
        refused.extend(Refused::by_statements(workspace, reviewed, new, policy)?);
    }
    if refused.is_empty() {
        return Ok(None);
    }
    let mut heads: Vec<CommitId> = refused.iter().flat_map(Refused::heads).collect();
    heads.sort();
    heads.dedup();
    let forge = OnForge::of(workspace, reviewed, &heads)?;
    for refused in refused {
        let refusal = refused.by_reviews(workspace, &forge)?;
        if refusal.is_some() {
            return Ok(refusal);
        }
    }
    Ok(None)
}

/// A change of one policy that no statement approves.
struct Refused {
    /// The commits that could bring it, each as what must be approved.
    ways: Vec<(CommitId, Asked)>,
    why: String,
}

impl Refused {
    /// `None` where nothing of `policy` changes, or statements approve it.
    fn by_statements(
        workspace: &Workspace,
        reviewed: &Reviewed,
        new: CommitId,
        policy: &str,
    ) -> Result<Option<Self>, OpError> {
        let git = repository(workspace)?;
        if !policy_differs(git, policy, [reviewed.commit, new])? {
            return Ok(None);
        }
        let trunk = super::TrunkPolicy::read(workspace)?;
        if trunk.trust.signers.lines.is_empty() {
            return Ok(None);
        }
        let ways = ways(workspace, reviewed, new, policy)?;
        let mut why = None;
        for (_, asked) in &ways {
            match decided(workspace, asked)?.approved(asked) {
                Ok(_) => return Ok(None),
                Err(error) => why = why.or_else(|| Some(error.to_string())),
            }
        }
        let why = why.unwrap_or_else(|| format!("no approved change leads to this, for {policy}"));
        Ok(Some(Self { ways, why }))
    }

    fn heads(&self) -> impl Iterator<Item = CommitId> {
        self.ways.iter().map(|(head, _)| *head)
    }

    /// The reason that is left when reviews count too.
    fn by_reviews(self, workspace: &Workspace, forge: &OnForge) -> Result<Option<String>, OpError> {
        let mut why = self.why;
        for (head, asked) in &self.ways {
            for reviews in forge.reviews(*head) {
                match decided_with(workspace, asked, Some(reviews))?.approved(asked) {
                    Ok(_) => return Ok(None),
                    Err(error) => why = error.to_string(),
                }
            }
        }
        Ok(Some(forge.with_note(why)))
    }
}

/// The new commit itself, and what a merge brings.
fn ways(
    workspace: &Workspace,
    reviewed: &Reviewed,
    new: CommitId,
    policy: &str,
) -> Result<Vec<(CommitId, Asked)>, OpError> {
    let git = repository(workspace)?;
    let parents = git.commit(new)?.parents;
    let parents = parents.into_iter().filter(|it| *it != reviewed.commit);
    let mut ways = Vec::new();
    for head in std::iter::once(new).chain(parents) {
        if git.is_ancestor(head, reviewed.commit)? || policy_differs(git, policy, [head, new])? {
            continue;
        }
        let asked = change_between(git, reviewed, &head.short(12), head)?;
        let action = Action::new(policy).map_err(bad_action)?;
        ways.push((head, Asked { action, ..asked }));
    }
    Ok(ways)
}
