//! Who reviewed.

use crate::ops::OpError;
use crate::ops::inbox_branch::Branch;
use crate::workspace::Workspace;

/// `human:` and a name: who `typed` is, else the person of Git's settings.
///
/// # Errors
/// Where nobody is named: outside Git only `--as` can say it.
pub(in crate::ops) fn person(
    workspace: &Workspace,
    typed: Option<&str>,
) -> Result<String, OpError> {
    let nobody = |message: &str| OpError::Usage {
        message: message.to_owned(),
        hint: "name a person: --as NAME".to_owned(),
    };
    let by = match (typed, workspace.repository()) {
        (Some(name), Some(_)) => Branch::of(workspace)?.person_called(name.trim()),
        (Some(name), None) => {
            let name = name.trim();
            format!("human:{}", crate::document::slug(name.trim_start_matches("human:")))
        }
        (None, Some(_)) => Branch::of(workspace)?.person()?,
        (None, None) => return Err(nobody("outside a Git repository nobody is known")),
    };
    if by == "human:" {
        return Err(nobody(&format!("'{}' is no name", typed.unwrap_or_default())));
    }
    Ok(by)
}
