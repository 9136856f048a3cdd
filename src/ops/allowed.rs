//! `config allow`: which commands of a repository may be run here.
//!
//! A repository suggests commands that verify a change (`triage.verify`); they
//! run only once a person allowed exactly these. What the user's own side names
//! needs no word.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OpError;
use crate::canonical::{digest, to_bytes};
use crate::config::{Allowed, AllowedError, allow, is_allowed};
use crate::specialist::Command;
use crate::workspace::{Asked, Workspace};

/// Commands and whether they may be run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suggested {
    /// `prode.allowed/v1`.
    pub schema: String,
    /// What the repository's trunk suggests.
    pub commands: Vec<String>,
    /// SHA-256 of them.
    pub digest: String,
    /// True if a person allowed exactly these here.
    pub allowed: bool,
}

/// What the repository suggests.
///
/// # Errors
/// Settings cannot be read.
pub fn suggested(workspace: &Workspace) -> Result<Suggested, OpError> {
    let commands = texts(workspace, false)?;
    let digest = digest(&to_bytes(&commands)?);
    let allowed = commands.is_empty()
        || match asked(workspace, &digest) {
            Some(asked) => {
                is_allowed(workspace.environment(), &asked).map_err(|error| failed(&error))?
            }
            None => false,
        };
    Ok(Suggested { schema: "prode.allowed/v1".to_owned(), commands, digest, allowed })
}

/// Remembers that a person allowed exactly these.
///
/// # Errors
/// They changed in the meantime, or nothing can be remembered here.
pub fn remember(workspace: &Workspace, shown: &Suggested) -> Result<Suggested, OpError> {
    let now = suggested(workspace)?;
    if now.digest != shown.digest {
        return Err(OpError::Conflict {
            message: "the commands changed while you looked at them".to_owned(),
            hint: "look again: prode config allow".to_owned(),
        });
    }
    let Some(asked) = asked(workspace, &now.digest) else {
        return Err(OpError::Usage {
            message: "there is no repository here whose commands could be allowed".to_owned(),
            hint: "name one: --repo PATH".to_owned(),
        });
    };
    allow(workspace.environment(), asked).map_err(|error| failed(&error))?;
    Ok(Suggested { allowed: true, ..now })
}

/// Every command that a change must pass here.
///
/// # Errors
/// One cannot be read, or the repository suggests some that nobody allowed.
pub(super) fn commands(workspace: &Workspace) -> Result<Vec<Command>, OpError> {
    let suggested = suggested(workspace)?;
    if !suggested.allowed {
        return Err(OpError::Waiting {
            message: format!(
                "the repository suggests commands that nobody allowed here: {}",
                suggested.commands.join("; ")
            ),
            hint: "look at them, and allow them: prode config allow".to_owned(),
        });
    }
    let mut all = texts(workspace, true)?;
    all.extend(suggested.commands);
    let mut commands: Vec<Command> = Vec::new();
    for text in all {
        let command = Command::read(&text).map_err(|error| OpError::Invalid {
            message: error.to_string(),
            hint: "mend it in triage.verify".to_owned(),
        })?;
        if !commands.contains(&command) {
            commands.push(command);
        }
    }
    Ok(commands)
}

/// `triage.verify` of the user's own layers, or of the others.
fn texts(workspace: &Workspace, users: bool) -> Result<Vec<String>, OpError> {
    let memory = workspace.memory(&Asked::Trunk)?;
    let section = memory.settings.section("triage");
    let layers = section.layers().filter(|(origin, _)| origin.is_users() == users);
    let last = layers.filter_map(|(_, value)| value["verify"].as_array().cloned()).last();
    let items = last.unwrap_or_default();
    Ok(items.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
}

fn asked(workspace: &Workspace, digest: &str) -> Option<Allowed> {
    let repository = workspace.repository()?.common_dir().to_owned();
    Some(Allowed { repository, commands: digest.to_owned() })
}

fn failed(error: &AllowedError) -> OpError {
    let hint = match error {
        AllowedError::NoFolder => "set XDG_CONFIG_HOME or HOME",
        AllowedError::File { .. } => "see whether you may read and write it",
        AllowedError::Damaged { .. } => {
            "remove the file, and allow the commands again: prode config allow"
        }
    };
    OpError::Invalid { message: error.to_string(), hint: hint.to_owned() }
}
