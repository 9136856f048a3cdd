//! Before a push: each ref's new commit against what the remote has of it.
//!
//! Git writes one line per ref: local name, local id, remote name, remote id;
//! an id of zeros means that there is none.

use super::brought::Brought;
use super::introduced::introduced;
use super::{Call, Report, is_none, judges};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::workspace::{Asked, Workspace};

pub(super) fn run(workspace: &Workspace, call: &Call) -> Result<Report, OpError> {
    let mut brought = Brought::to(workspace)?;
    let mut findings = Vec::new();
    for line in call.input.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, local, name, remote] = words[..] else { continue };
        if is_none(local) {
            continue;
        }
        let there = at_remote(workspace, remote);
        let trunk = || workspace.trunk().map(|it| it.and_then(|trunk| trunk.commit));
        let before = if there.is_some() { there } else { trunk()? };
        if let Some(brought) = brought.as_mut().filter(|_| judges(name)) {
            let known: Vec<_> = copies(workspace)?.into_iter().chain(there).collect();
            brought.reference([name, local], &known, before)?;
        }
        let before = before.map(|it| it.to_string());
        findings.extend(introduced(workspace, before.as_deref(), &Asked::Rev(local.to_owned()))?);
    }
    findings.sort();
    findings.dedup();
    Ok(match brought {
        Some(brought) => brought.report(findings),
        None => findings.into(),
    })
}

/// Where the remote's reference stands, if that is known here.
fn at_remote(workspace: &Workspace, id: &str) -> Option<CommitId> {
    if is_none(id) {
        return None;
    }
    workspace.repository()?.resolve(id).ok()
}

/// What remotes have, as far as was fetched.
fn copies(workspace: &Workspace) -> Result<Vec<CommitId>, OpError> {
    let Some(git) = workspace.repository() else { return Ok(Vec::new()) };
    Ok(git.refs_below("refs/remotes/")?.into_iter().map(|(_, commit)| commit).collect())
}
