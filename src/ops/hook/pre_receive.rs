//! On a server, before refs change: each branch's new commit against what the
//! branch, or else the trunk, holds. A push that would bring a finding is
//! refused as a whole, as Git has it.
//!
//! Git writes one line per ref: old id, new id, name; an id of zeros means
//! that there is none.
//!
//! Redaction looks at every commit that no branch has yet, of tags and of the
//! inbox's branch too.
//!
//! What would change who may approve what on the trunk needs an approval by the
//! policy that holds until then.

use super::brought::Brought;
use super::introduced::introduced;
use super::{Call, Finding, Level, Report, is_none, judges};
use crate::ids::CommitId;
use crate::ops::OpError;
use crate::ops::ledger::refusal_to_land;
use crate::workspace::{Asked, Workspace};

pub(super) fn run(workspace: &Workspace, call: &Call) -> Result<Report, OpError> {
    let mut brought = Brought::to(workspace)?;
    let known = known(workspace)?;
    let mut findings = Vec::new();
    for line in call.input.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [old, new, name] = words[..] else { continue };
        if is_none(new) {
            continue;
        }
        if let Some(brought) = brought.as_mut().filter(|_| judges(name)) {
            brought.reference([name, new], &known, known_commit(workspace, old))?;
        }
        if !is_pages(name) {
            continue;
        }
        findings.extend(policy(workspace, name, new)?);
        let before = if is_none(old) {
            workspace.trunk()?.and_then(|trunk| trunk.commit).map(|commit| commit.to_string())
        } else {
            Some(old.to_owned())
        };
        // The first push brings what a team has, and is compared with nothing.
        if let Some(before) = before {
            findings.extend(introduced(workspace, Some(&before), &Asked::Rev(new.to_owned()))?);
        }
    }
    findings.sort();
    findings.dedup();
    Ok(match brought {
        Some(brought) => brought.report(findings),
        None => findings.into(),
    })
}

/// What branches have already.
fn known(workspace: &Workspace) -> Result<Vec<CommitId>, OpError> {
    let Some(git) = workspace.repository() else { return Ok(Vec::new()) };
    Ok(git.refs_below("refs/heads/")?.into_iter().map(|(_, commit)| commit).collect())
}

fn known_commit(workspace: &Workspace, id: &str) -> Option<CommitId> {
    let reviewed = || workspace.reviewed().ok().map(|it| it.commit);
    if is_none(id) { reviewed() } else { workspace.repository()?.resolve(id).ok() }
}

/// What keeps the trunk from becoming `new`, where it is the trunk.
fn policy(workspace: &Workspace, name: &str, new: &str) -> Result<Option<Finding>, OpError> {
    // A trunk that cannot be told, or is still empty, has no policy.
    let Some(reviewed) = workspace.reviewed().ok().filter(|it| it.reference == name) else {
        return Ok(None);
    };
    let Ok(new) = new.parse() else { return Ok(None) };
    let refusal = refusal_to_land(workspace, &reviewed, new)?;
    Ok(refusal.map(|message| Finding {
        path: ".prode".to_owned(),
        line: 0,
        level: Level::Error,
        rule: "policy-not-approved".to_owned(),
        message,
    }))
}

/// Branches hold pages. Tags name what a branch brought; prode's own branches
/// (`prode/inbox`) hold learnings, which have rules of their own.
fn is_pages(name: &str) -> bool {
    name.strip_prefix("refs/heads/").is_some_and(|branch| branch != "prode/inbox")
}
