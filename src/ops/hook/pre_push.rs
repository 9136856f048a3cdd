//! Before a push: each ref's new commit against what the remote has of it.
//!
//! Git writes one line per ref: local name, local id, remote name, remote id;
//! an id of zeros means that there is none.

use super::introduced::introduced;
use super::{Call, Finding, is_none};
use crate::ops::OpError;
use crate::workspace::{Asked, Workspace};

pub(super) fn run(workspace: &Workspace, call: &Call) -> Result<Vec<Finding>, OpError> {
    let repository = workspace.repository();
    let is_known = |id: &str| repository.is_some_and(|it| it.resolve(id).is_ok());
    let mut findings = Vec::new();
    for line in call.input.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, local, _, remote] = words[..] else { continue };
        if is_none(local) {
            continue;
        }
        let before = if !is_none(remote) && is_known(remote) {
            Some(remote.to_owned())
        } else {
            workspace.trunk()?.and_then(|trunk| trunk.commit).map(|commit| commit.to_string())
        };
        findings.extend(introduced(workspace, before.as_deref(), &Asked::Rev(local.to_owned()))?);
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}
