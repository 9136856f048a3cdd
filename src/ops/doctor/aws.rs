//! What is said to AWS.

use crate::workspace::Workspace;

/// What goes to AWS when a run asks the built-in `aws`; nothing where the user's
/// settings name no region.
pub(super) fn spoken(workspace: &Workspace) -> Option<String> {
    let section = workspace.own_settings().section("specialists").merged();
    let region = section["aws"]["region"].as_str()?;
    Some(format!("questions about the services that you list to AWS in {region}"))
}
