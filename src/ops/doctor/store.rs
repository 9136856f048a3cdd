//! The row about the database that keeps runs, where the user names one. It is
//! asked whether it answers: a worker whose store does not does nothing at all.

use super::Row;
use crate::hint::Helpful;
use crate::store::PgAddress;
use crate::workspace::Workspace;

const TOPIC: &str = "store";

pub(super) fn row(workspace: &Workspace) -> Option<Row> {
    let address = match workspace.run_database() {
        Ok(address) => address?,
        Err(error) => return Some(Row::error(TOPIC, error.to_string(), error.hints().join("; "))),
    };
    let (name, way) = (address.shown(), way(&address));
    Some(match workspace.run_database_answers(&address) {
        Err(error) => Row::failed(TOPIC, &error),
        Ok(true) => Row::ok(TOPIC, format!("{name}; it answers, {way}")),
        Ok(false) => {
            Row::ok(TOPIC, format!("{name}; it answers, {way}, and no run was ever opened there"))
        }
    })
}

fn way(address: &PgAddress) -> &'static str {
    if address.encrypts() { "over TLS" } else { "not encrypted" }
}

/// What goes where.
pub(super) fn spoken(workspace: &Workspace) -> Option<String> {
    let address = workspace.run_database().ok()??;
    let (name, way) = (address.shown(), way(&address));
    Some(format!("runs, with what they keep, to the database {name}, {way}"))
}
