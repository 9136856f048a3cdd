//! Proposals that are there: branches, here or as last fetched.

use std::collections::BTreeMap;

use super::build::repository;
use crate::hint::nearest;
use crate::ids::CommitId;
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::promotion::{FOLDER, branch_of, id_of};
use crate::workspace::Workspace;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The learning.
    pub id: LearningId,
    /// What `approve` takes: `prode/promote/L-…`, or with the remote before it.
    pub name: String,
    /// Its commit.
    pub tip: CommitId,
    /// False where only a remote has the branch.
    pub local: bool,
}

/// Every proposal, by the learning's id; the local branch before the remote's.
pub(super) fn all(workspace: &Workspace) -> Result<Vec<Found>, OpError> {
    let git = repository(workspace)?;
    let mut found = BTreeMap::new();
    let remote = git.usual_remote();
    let copies = remote.as_ref().map(|it| format!("refs/remotes/{it}/prode/promote/"));
    for folder in copies.iter().map(String::as_str).chain([FOLDER]) {
        for (reference, tip) in git.refs_below(folder)? {
            let Some(id) = id_of(&reference) else { continue };
            let local = folder == FOLDER;
            let short = reference.trim_start_matches("refs/heads/");
            let name = short.trim_start_matches("refs/remotes/").to_owned();
            found.insert(id.clone(), Found { id, name, tip, local });
        }
    }
    Ok(found.into_values().collect())
}

/// The proposal of one learning.
pub(super) fn one(workspace: &Workspace, id: &LearningId) -> Result<Found, OpError> {
    let all = all(workspace)?;
    let near = nearest(id.as_str(), all.iter().map(|it| it.id.as_str())).map(str::to_owned);
    all.into_iter().find(|it| it.id == *id).ok_or_else(|| OpError::NotFound {
        message: format!("there is no branch '{}'", branch_of(id)),
        hint: near.map_or_else(
            || format!("make it: prode promote {id}; fetch others': git fetch"),
            |near| format!("did you mean '{near}'?"),
        ),
    })
}

/// What the branch of one learning's proposal is called here.
pub fn proposed(workspace: &Workspace, id: &LearningId) -> Result<String, OpError> {
    Ok(one(workspace, id)?.name)
}

/// The local branch's full name.
pub(super) fn reference(id: &LearningId) -> String {
    format!("{FOLDER}{id}")
}
