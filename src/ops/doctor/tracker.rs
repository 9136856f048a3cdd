//! The row about the tracker, and what is said to it. Nothing is asked of it.

use super::Row;
use crate::hint::Helpful;
use crate::workspace::Workspace;

const TOPIC: &str = "tracker";

pub(super) fn row(workspace: &Workspace) -> Row {
    let has_token = workspace.own_settings().secret("tracker.token").is_some();
    match workspace.tracker_place() {
        Err(error) => Row::warning(TOPIC, error.to_string(), error.hints().join("; ")),
        Ok(None) if has_token => {
            let repair = "set it on your side: PRODE_TRACKER__KIND=linear, github, gitlab or gitea";
            Row::warning(TOPIC, "a token is set, and not for which tracker", repair)
        }
        Ok(None) => Row::ok(TOPIC, "none is set up"),
        Ok(Some(place)) => {
            let name = format!("{} at {}", place.kind, place.host());
            Row::ok(
                TOPIC,
                if has_token {
                    let moved =
                        if moves(workspace) { ", and moved as tracker.moves says" } else { "" };
                    format!(
                        "{name}; tickets are read there with your token, and commented in mode comment{moved}"
                    )
                } else {
                    format!("{name}; no token is set, and nothing is sent there")
                },
            )
        }
    }
}

/// What goes where, where you ask for it.
pub(super) fn spoken(workspace: &Workspace) -> Option<String> {
    let tracker = workspace.tracker().ok()??;
    let moved = if moves(workspace) { ", and their states or labels," } else { "" };
    Some(format!(
        "names of tickets and comments on them{moved} to the tracker at {}",
        tracker.place().host()
    ))
}

/// True where your side lists a state that tickets get.
fn moves(workspace: &Workspace) -> bool {
    workspace.own_settings().section("tracker").merged()["moves"].is_object()
}
