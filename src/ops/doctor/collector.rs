//! The row about who is told of runs, where the user names somebody.

use super::Row;
use crate::workspace::Workspace;

const TOPIC: &str = "telemetry";

/// It is not asked: only what runs did is told to a collector.
pub(super) fn row(workspace: &Workspace) -> Option<Row> {
    match workspace.collector() {
        Ok(collector) => collector.map(|it| {
            let token = if it.token.is_some() { "with a token" } else { "without a token" };
            Row::ok(TOPIC, format!("what runs did is told to {}, {token}", it.endpoint.host()))
        }),
        Err(error) => Some(Row::failed(TOPIC, &error)),
    }
}

/// What goes where.
pub(super) fn spoken(workspace: &Workspace) -> Option<String> {
    let collector = workspace.collector().ok()??;
    Some(format!("names, codes and numbers of runs to {}", collector.endpoint.host()))
}
