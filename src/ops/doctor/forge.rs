//! The row about the forge, and what is said to it. Nothing is asked of it.

use super::Row;
use crate::hint::Helpful;
use crate::workspace::Workspace;

const TOPIC: &str = "forge";

pub(super) fn row(workspace: &Workspace) -> Row {
    let has_token = workspace.own_settings().secret("forge.token").is_some();
    let place = match workspace.forge_place() {
        Ok(place) => place,
        Err(error) if has_token => {
            let repair = error.hints().join("; ");
            return Row::warning(TOPIC, error.to_string(), repair);
        }
        Err(error) => return Row::ok(TOPIC, format!("{error}; no token is set")),
    };
    let Some(place) = place else {
        return Row::ok(TOPIC, "none is named");
    };
    let name = format!("{}:{} at {}", place.kind, place.repo, place.host());
    Row::ok(
        TOPIC,
        if has_token {
            format!("{name}; promote opens pull requests there with your token")
        } else {
            format!("{name}; no token is set, and nothing is sent there")
        },
    )
}

/// What goes where, where you ask for it.
pub(super) fn spoken(workspace: &Workspace) -> Vec<String> {
    let mut spoken = Vec::new();
    if let Some(remote) = workspace.repository().and_then(crate::git::Repository::usual_remote) {
        spoken.push(format!("branches and prode's refs to the remote '{remote}'"));
    }
    if let Ok(Some(forge)) = workspace.forge() {
        spoken.push(format!("pull requests to the forge at {}", forge.place().host()));
    }
    spoken
}
