//! A proposal's branch at the remote.

use std::time::Duration;

use crate::git::{Outcome, Push, Refspec, Repository};
use crate::ids::CommitId;
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::promotion::branch_of;

/// What a remote may take to answer.
const LIMIT: Duration = Duration::from_mins(1);

/// Moves the branch over there, from where it was last seen; the remote's
/// name, or `None` where there is no remote.
pub(super) fn push(
    git: &Repository,
    id: &LearningId,
    to: Option<CommitId>,
) -> Result<Option<String>, OpError> {
    let Some(remote) = git.usual_remote() else { return Ok(None) };
    push_branch(git, &remote, &branch_of(id), to)?;
    Ok(Some(remote))
}

/// Moves a branch at a remote, from where it was last seen.
///
/// # Errors
/// Somebody else moved it, or the remote does not take it.
pub(in crate::ops) fn push_branch(
    git: &Repository,
    remote: &str,
    branch: &str,
    to: Option<CommitId>,
) -> Result<(), OpError> {
    let expected = git.ref_commit(&format!("refs/remotes/{remote}/{branch}"))?;
    if expected == to {
        return Ok(());
    }
    let push = Push { reference: format!("refs/heads/{branch}"), to, expected };
    let refused = |why: &str| OpError::Waiting {
        message: format!("'{remote}' did not take {branch}: {why}"),
        hint: format!("the branch stays here; ask who keeps '{remote}', then run it again"),
    };
    match git.push(remote, &[push], LIMIT)?.into_iter().next() {
        Some(Outcome::Done) => Ok(()),
        // It may be there already: by a push whose end nobody heard of, or by one
        // at the same moment, which held the ref's lock.
        Some(Outcome::Moved | Outcome::Withheld) if is_there(git, remote, branch, to)? => Ok(()),
        Some(Outcome::Moved | Outcome::Withheld) => Err(OpError::Conflict {
            message: format!("somebody else moved {branch} at '{remote}'"),
            hint: format!("look at theirs: git fetch {remote} && git log {remote}/{branch}"),
        }),
        Some(Outcome::HookDeclined) => Err(refused("one of its hooks declined")),
        Some(Outcome::Rejected(why)) => Err(refused(&why)),
        None => Err(refused("it said nothing")),
    }
}

/// True if the remote's branch stands where it shall; it is remembered as seen.
fn is_there(
    git: &Repository,
    remote: &str,
    branch: &str,
    to: Option<CommitId>,
) -> Result<bool, OpError> {
    let seen = format!("refs/remotes/{remote}/{branch}");
    let spec = Refspec { from: format!("refs/heads/{branch}"), to: seen.clone() };
    Ok(git.fetch(remote, &[spec], LIMIT).is_ok() && git.ref_commit(&seen)? == to)
}
