//! `proposal list`: what is open, and what each still needs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asking::Asking;
use super::build::repository;
use super::found::{self, Found};
use super::pull::PullRow;
use crate::inbox::State;
use crate::ops::OpError;
use crate::ops::ledger::{self, actions_of, change_between};
use crate::workspace::{Reviewed, Workspace};

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The learning.
    pub id: String,
    /// The branch, as `approve` takes it.
    pub branch: String,
    /// Its commit.
    pub commit: String,
    /// What it says of itself.
    pub subject: String,
    /// `open`; `merged` where the trunk has it; `closed` where the inbox rejected it.
    pub state: String,
    /// True if the trunk moved on since.
    pub behind: bool,
    /// True if nothing is missing.
    pub approved: bool,
    /// Per action: `merge: weak`, `merge: not approved`.
    pub approvals: Vec<String>,
    /// What is missing.
    pub missing: Vec<String>,
    /// Its pull request; null where none is on record.
    pub pull: Option<PullRow>,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.proposal_list/v1`.
    pub schema: String,
    /// By id.
    pub proposals: Vec<Row>,
}

/// Lists proposals: branches here, and those that were fetched. `online` asks
/// the forge how pull requests stand, and counts their reviews.
pub fn list(workspace: &Workspace, online: bool) -> Result<Listing, OpError> {
    let reviewed = workspace.reviewed()?;
    let asking = Asking::new(workspace, online)?;
    let rows = found::all(workspace)?;
    let rows = rows.iter().map(|found| row(&asking, &reviewed, found));
    let proposals = rows.collect::<Result<_, _>>()?;
    Ok(Listing { schema: "prode.proposal_list/v1".to_owned(), proposals })
}

pub(super) fn row(asking: &Asking<'_>, reviewed: &Reviewed, found: &Found) -> Result<Row, OpError> {
    let workspace = asking.workspace;
    let (pull, reviews) = asking.pull(&found.id)?;
    let git = repository(workspace)?;
    let state = match asking.state(&found.id) {
        Some(State::Promoted) => "merged",
        Some(State::Rejected) => "closed",
        _ if git.is_ancestor(found.tip, reviewed.commit)? => "merged",
        _ => "open",
    };
    let mut row = Row {
        id: found.id.to_string(),
        branch: found.name.clone(),
        commit: found.tip.to_string(),
        subject: git.commit(found.tip)?.summary,
        state: state.to_owned(),
        behind: git.merge_base(reviewed.commit, found.tip)? != Some(reviewed.commit),
        approved: state == "merged",
        approvals: Vec::new(),
        missing: Vec::new(),
        pull,
    };
    if state != "open" {
        return Ok(row);
    }
    let asked = change_between(git, reviewed, &found.name, found.tip)?;
    for action in actions_of(git, reviewed, &asked)? {
        let asked = ledger::Asked { action, ..asked.clone() };
        let decided = ledger::decided_with(workspace, &asked, reviews.as_ref())?;
        row.approvals.push(format!("{}: {}", asked.action, decided.label()));
        row.missing.extend(decided.decision.missing.iter().map(ToString::to_string));
    }
    row.approved = row.missing.is_empty();
    Ok(row)
}
