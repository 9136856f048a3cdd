//! `redact allow --list`: what people let stand, on the trunk.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::screen::on_the_trunk;
use crate::allowance::Allowance;
use crate::ops::OpError;
use crate::workspace::Workspace;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.redact_allowances/v1`.
    pub schema: String,
    /// By place, then by name.
    pub allowances: Vec<Row>,
}

/// One allowance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The file that the value may stand in; `-` for texts that are no file.
    pub path: String,
    /// Its name.
    pub id: String,
    /// The rule that finds the value.
    pub rule: String,
    /// Why it may stay.
    pub why: String,
    /// Who answers for it.
    pub by: String,
    /// When it was made.
    pub at: String,
    /// The last day (UTC) on which it holds.
    pub until: String,
    /// `holds`, `ended`, or `not begun` by this machine's clock.
    pub state: String,
}

/// What the trunk says, whether it holds or not.
pub fn list(workspace: &Workspace) -> Result<Listing, OpError> {
    let today = workspace.clock().today();
    let state = |it: &Allowance| match it {
        it if today < it.begins() => "not begun",
        it if today > it.until => "ended",
        _ => "holds",
    };
    let row = |it: Allowance| Row {
        state: state(&it).to_owned(),
        id: it.id.to_string(),
        rule: it.rule,
        path: it.path,
        why: it.why,
        by: it.by,
        at: it.at.to_string(),
        until: it.until.to_string(),
    };
    let mut allowances: Vec<Row> = on_the_trunk(workspace)?.into_iter().map(row).collect();
    allowances.sort();
    Ok(Listing { schema: "prode.redact_allowances/v1".to_owned(), allowances })
}
