//! What is to be approved, worked out from what was typed.

use crate::approval::Action;
use crate::inbox::LearningId;
use crate::ops::OpError;
use crate::ops::ledger::{Asked, actions_of, bad_action, change_between, repository, request};
use crate::ops::proposal::proposed;
use crate::ops::triage::requests;
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
