//! The row about the queue that is watched, where the user names one.

use super::Row;
use crate::ops::triage::watch::{Options, Plan};
use crate::workspace::Workspace;

const TOPIC: &str = "watch";

/// Whether a watch could begin; the queue is not looked at.
pub(super) fn row(workspace: &Workspace) -> Option<Row> {
    workspace.own_settings().section("watch").merged().get("project")?.as_str()?;
    Some(match Plan::of(workspace, &Options::default()) {
        Ok(plan) => {
            let (queue, mode, seconds) = (plan.queue(), plan.mode(), plan.every().as_secs());
            Row::ok(TOPIC, format!("{queue}, in mode {}, every {seconds} s", mode.name()))
        }
        Err(error) => Row::failed(TOPIC, &error),
    })
}
