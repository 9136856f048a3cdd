//! `approvals list`: statements and how each stands now.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::approval::{Refusal, Signed, Strength};
use crate::ops::OpError;
use crate::ops::ledger::TrunkPolicy;
use crate::ops::ledger::store::Stored;
use crate::ops::ledger::{as_it_says, judged};
use crate::ops::ledger::{now, repository, short};
use crate::ops::proposal::reviewed_proposals;
use crate::workspace::Workspace;

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// The statement's short id.
    pub id: String,
    /// `good`, or the code of the reason why it does not count.
    pub state: String,
    /// For which action; empty where the file is no statement.
    pub action: String,
    /// The subject's name.
    pub subject: String,
    /// The subject's digest.
    pub digest: String,
    /// Who approved.
    pub approver: String,
    /// `strong` or `weak`; null where the signature is not good.
    pub strength: Option<Strength>,
    /// True where whoever asked approved.
    #[serde(rename = "self")]
    pub own: bool,
    /// The end of its time.
    #[schemars(with = "Option<String>")]
    pub until: Option<Timestamp>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.approvals/v1`.
    pub schema: String,
    /// The trunk's commit whose word counts.
    pub commit: String,
    /// What of the trunk's word does not act, one line each.
    pub problems: Vec<String>,
    /// Ordered by the end of their time, the latest first.
    pub approvals: Vec<Row>,
}

/// Lists statements that are good now; `all`: every one; `online`: and reviews
/// of the pull requests of open proposals, as the forge gives them.
pub fn list(workspace: &Workspace, all: bool, online: bool) -> Result<Listing, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let stored = Stored::read(repository(workspace)?)?;
    let mut rows = Vec::new();
    for (id, signed) in &stored.statements {
        let row = match signed {
            Ok(signed) => row(workspace, &trunk, &stored, id, signed)?,
            Err(_) => unreadable(id),
        };
        if all || row.state == "good" {
            rows.push(row);
        }
    }
    if online {
        let reviews = rows_of_reviews(workspace, &trunk)?;
        rows.extend(reviews.into_iter().filter(|row| all || row.state == "good"));
    }
    rows.sort_by(|a, b| b.until.cmp(&a.until).then_with(|| a.id.cmp(&b.id)));
    Ok(Listing {
        schema: "prode.approvals/v1".to_owned(),
        commit: trunk.reviewed.commit.to_string(),
        problems: trunk.problems,
        approvals: rows,
    })
}

fn rows_of_reviews(workspace: &Workspace, trunk: &TrunkPolicy) -> Result<Vec<Row>, OpError> {
    let mut rows = Vec::new();
    for (asked, reviews) in reviewed_proposals(workspace, &trunk.reviewed)? {
        let demand = trunk.demand(&asked.action);
        for (review, judged) in reviews.given(trunk, &asked, &demand, now(workspace)) {
            rows.push(Row {
                id: review.id(),
                state: judged.as_ref().map_or_else(Refusal::code, |_| "good").to_owned(),
                action: asked.action.name().to_owned(),
                subject: asked.subject.name.clone(),
                digest: asked.subject.digest.clone(),
                approver: format!("@{}", review.account),
                strength: judged.as_ref().ok().map(|it| it.strength),
                own: judged.as_ref().is_ok_and(|it| it.own),
                until: judged.ok().map(|it| it.ends),
            });
        }
    }
    Ok(rows)
}

pub(super) fn row(
    workspace: &Workspace,
    trunk: &TrunkPolicy,
    stored: &Stored,
    id: &str,
    signed: &Signed,
) -> Result<Row, OpError> {
    let statement = &signed.statement;
    let demand = trunk.demand(&statement.action);
    let expected = as_it_says(signed, trunk);
    let judged = judged(stored, id, signed, trunk, &expected, &demand, now(workspace))?;
    Ok(Row {
        id: short(id),
        state: judged.as_ref().map_or_else(Refusal::code, |_| "good").to_owned(),
        action: statement.action.name().to_owned(),
        subject: statement.subject.name.clone(),
        digest: statement.subject.digest.clone(),
        approver: statement.approver.clone(),
        strength: judged.as_ref().ok().map(|it| it.strength),
        own: judged.is_ok_and(|it| it.own),
        until: Some(statement.ends(demand.max_age)),
    })
}

pub(super) fn unreadable(id: &str) -> Row {
    Row {
        id: short(id),
        state: Refusal::EditedStatement.code().to_owned(),
        action: String::new(),
        subject: String::new(),
        digest: String::new(),
        approver: String::new(),
        strength: None,
        own: false,
        until: None,
    }
}
