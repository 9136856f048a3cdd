//! The row about approvals: who may give them, and whether this key can.

use super::Row;
use crate::ops::counted;
use crate::ops::ledger::{Standing, standing};
use crate::workspace::Workspace;

const TOPIC: &str = "signer";

/// `None` where there is no trunk that could say anything of it.
pub(super) fn row(workspace: &Workspace) -> Option<Row> {
    let standing = standing(workspace).ok()?;
    if let Some(problem) = standing.problems.first() {
        let more = standing.problems.len();
        let found =
            format!("{} of the approval policy not acting: {problem}", counted(more, "part"));
        return Some(Row::warning(TOPIC, found, "see all: prode approvals list"));
    }
    Some(Row::ok(TOPIC, told(&standing)))
}

fn told(standing: &Standing) -> String {
    match (&standing.own, standing.signers) {
        (_, 0) => "nobody may approve yet: prode approvals init enters the first signer".to_owned(),
        (Some((name, true)), _) => format!("you approve as {name}, with a hardware key"),
        (Some((name, false)), _) => format!("you approve as {name}, with a software key: weak"),
        (None, many) => {
            format!(
                "the trunk lists {}; your user.signingkey is none of theirs",
                counted(many, "signer")
            )
        }
    }
}
