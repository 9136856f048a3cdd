//! `inbox show`: one learning with all that a person decides by.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Row, row};
use super::neighbours::{self, Near, Said};
use crate::inbox::{Decision, LearningId};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Entry, owners};
use crate::workspace::{Asked, Workspace};

/// A decision, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The state that it led to; `edited` where it changed the words.
    pub what: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub why: Option<String>,
    /// The commit, pull request or proposal.
    pub change: Option<String>,
}

/// One learning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// `prode.inbox_show/v1`.
    pub schema: String,
    /// What a list shows of it.
    #[serde(flatten)]
    pub row: Row,
    /// Where it was seen first: a run, a ticket.
    pub first: Vec<String>,
    /// Runs that found it.
    pub seen: Vec<String>,
    /// What it rests on: source, reference, time.
    pub evidence: Vec<String>,
    /// How many values of each type were hidden, and by which rules.
    pub redaction: serde_json::Value,
    /// What was decided, the earliest first.
    pub decisions: Vec<Step>,
    /// Its words, as last edited; Markdown.
    pub body: String,
    /// Other learnings that say nearly the same.
    pub near: Vec<Near>,
    /// Pages that say it already.
    pub said: Vec<Said>,
}

/// Shows a learning.
pub fn show(workspace: &Workspace, id: &LearningId) -> Result<Shown, OpError> {
    let contents = Branch::of(workspace)?.contents()?;
    let entry = contents.get(id)?;
    let memory = workspace.memory(&Asked::Trunk)?;
    let learning = entry.edited();
    let owner = owners(&memory, &memory.lookups(), &learning.target.path)?;
    let first = [&learning.first.run, &learning.first.ticket];
    Ok(Shown {
        schema: "prode.inbox_show/v1".to_owned(),
        row: row(entry, owner),
        first: first.into_iter().flatten().cloned().collect(),
        seen: entry.seen.iter().map(|seen| seen.run.clone()).collect(),
        evidence: evidence(entry),
        redaction: learning.redaction.clone(),
        decisions: entry.standing.decisions.iter().map(step).collect(),
        near: neighbours::near(&contents, id, &learning),
        said: neighbours::said(workspace, &memory, &learning)?,
        body: learning.body,
    })
}

fn evidence(entry: &Entry) -> Vec<String> {
    let line = |it: &crate::inbox::Evidence| {
        let parts = [Some(&it.source), Some(&it.reference), it.at.as_ref()];
        let parts: Vec<&str> =
            parts.into_iter().flatten().map(String::as_str).filter(|it| !it.is_empty()).collect();
        parts.join("  ")
    };
    entry.learning.evidence.iter().map(line).collect()
}

pub(super) fn step(decision: &Decision) -> Step {
    Step {
        what: decision.state.map_or("edited", crate::inbox::State::name).to_owned(),
        by: decision.by.clone(),
        at: decision.at.clone(),
        why: decision.why.clone(),
        change: decision.change.clone(),
    }
}
