//! What is to be approved, worked out from what was typed.

use std::collections::BTreeMap;

use super::change::{actions_of, change_between};
use super::repository;
use crate::approval::{Action, Expected, Request, Subject};
use crate::canonical;
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::ops::proposal::proposed;
use crate::ops::triage::requests;
use crate::repo_path::RepoPath;
use crate::workspace::{Reviewed, Workspace};

/// What was typed.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    /// A branch, any commit-ish, the learning of a proposal (`L-…`, `L-…:policy`),
    /// or what a run asks for (`R-…:data-correction:1`).
    Revision(&'a str),
    /// A request document: its name and its bytes.
    Document(&'a str, &'a [u8]),
}

/// Exactly what is to be approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What, and its digest.
    pub subject: Subject,
    /// What would be done with it.
    pub action: Action,
    /// What must still be so when it is done.
    pub preconditions: BTreeMap<String, String>,
    /// Who asks.
    pub requesters: Vec<String>,
    /// The run that waits.
    pub run: Option<String>,
    /// Why.
    pub reason: String,
    /// The subject itself, for the person who reads before signing.
    pub shown: String,
    /// Files that it changes, whose owners answer for them.
    pub paths: Vec<RepoPath>,
}

impl Asked {
    /// What a statement must fit.
    pub fn expected(&self, repository: &str) -> Expected {
        Expected {
            action: self.action.clone(),
            digest: self.subject.digest.clone(),
            preconditions: self.preconditions.clone(),
            repository: repository.to_owned(),
            requesters: self.requesters.clone(),
        }
    }
}

/// Works it out. `action` is what was typed, where it was.
pub fn resolve(
    workspace: &Workspace,
    reviewed: &Reviewed,
    named: Named<'_>,
    action: Option<&str>,
) -> Result<Asked, OpError> {
    let to_action = |name| Action::new(name).map_err(bad_action);
    match named {
        Named::Revision(name) if requests::parts(name).is_some() => {
            let bytes = requests::document(workspace, name)?;
            request(name, &bytes, action.map(to_action).transpose()?.as_ref())
        }
        Named::Revision(name) => {
            let Some((id, own)) = proposal(name) else {
                return change(workspace, reviewed, name, action.map(to_action).transpose()?);
            };
            let action = action.or(own).map(to_action).transpose()?;
            change(workspace, reviewed, &proposed(workspace, &id)?, action)
        }
        Named::Document(name, bytes) => {
            request(name, bytes, action.map(to_action).transpose()?.as_ref())
        }
    }
}

/// The learning of a proposal, and for what, where a name is `L-…` or
/// `L-…:action`.
fn proposal(name: &str) -> Option<(LearningId, Option<&str>)> {
    let (id, action) = match name.split_once(':') {
        Some((id, action)) => (id, Some(action)),
        None => (name, None),
    };
    Some((id.parse().ok()?, action))
}

fn change(
    workspace: &Workspace,
    reviewed: &Reviewed,
    name: &str,
    action: Option<Action>,
) -> Result<Asked, OpError> {
    let git = repository(workspace)?;
    let asked = change_between(git, reviewed, name, git.resolve(name)?)?;
    let needed = actions_of(git, reviewed, &asked)?;
    change_for(asked, &needed, action)
}

fn change_for(asked: Asked, needed: &[Action], action: Option<Action>) -> Result<Asked, OpError> {
    let Some(action) = action else { return Ok(asked) };
    if needed.contains(&action) {
        return Ok(Asked { action, ..asked });
    }
    let names: Vec<&str> = needed.iter().map(Action::name).collect();
    Err(OpError::Usage {
        message: format!("'{}' is not approved for '{action}'", asked.subject.name),
        hint: format!("what it needs: --action {}", names.join(", --action ")),
    })
}

fn request(name: &str, bytes: &[u8], action: Option<&Action>) -> Result<Asked, OpError> {
    let request = Request::parse(bytes).map_err(|error| OpError::Invalid {
        message: format!("'{name}': {error}"),
        hint: "its form: prode schema request".to_owned(),
    })?;
    let own = Action::new(&request.action).map_err(bad_action)?;
    if action.is_some_and(|action| *action != own) {
        return Err(OpError::Usage {
            message: format!("'{name}' asks for '{own}'"),
            hint: "leave --action out".to_owned(),
        });
    }
    Ok(Asked {
        subject: Subject {
            kind: "request".to_owned(),
            name: name.to_owned(),
            digest: canonical::digest(bytes),
        },
        action: own,
        preconditions: request.preconditions.clone(),
        requesters: vec![request.requester.clone()],
        run: request.run.clone(),
        reason: request.reason.clone(),
        shown: String::from_utf8_lossy(bytes).into_owned(),
        paths: Vec::new(),
    })
}

pub(super) fn bad_action(error: impl std::fmt::Display) -> OpError {
    let known: Vec<&str> = Action::known().collect();
    OpError::Usage {
        message: error.to_string(),
        hint: format!("actions are: {}", known.join(", ")),
    }
}
