//! What is to be approved, as a value.

use std::collections::BTreeMap;

use crate::approval::{Action, Expected, Request, Subject};
use crate::canonical;
use crate::ops::OpError;
use crate::repo_path::RepoPath;

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

/// What a request document asks for; `action` is what was typed, where it was.
pub(in crate::ops) fn request(
    name: &str,
    bytes: &[u8],
    action: Option<&Action>,
) -> Result<Asked, OpError> {
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

pub(in crate::ops) fn bad_action(error: impl std::fmt::Display) -> OpError {
    let known: Vec<&str> = Action::known().collect();
    OpError::Usage {
        message: error.to_string(),
        hint: format!("actions are: {}", known.join(", ")),
    }
}
