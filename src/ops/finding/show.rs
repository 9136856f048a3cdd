//! `finding show`: one finding, item by item, with everything that was said.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::held::Findings;
use super::list::{Row, row};
use crate::inbox::{Answer, Event, Evidence, FindingId, Refusal, Subject};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, owners};
use crate::workspace::{Asked, Workspace};

/// One defect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// From 1.
    pub number: usize,
    /// The defect.
    pub text: String,
    /// `fixed`, `non-actionable` or `rejected`; null while it is open.
    pub answer: Option<String>,
    /// What shows it.
    pub evidence: Vec<String>,
    /// Who made the fix.
    pub fixed_by: Vec<String>,
}

/// An event, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// `fixed`, `non-actionable`, `rejected`, `open`, `correct`, `close` or `reject`.
    pub what: String,
    /// Items that it speaks of.
    pub items: Vec<usize>,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// The message, or why.
    pub why: Option<String>,
    /// The rule that it breaks; such an event does not count.
    pub refused: Option<String>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// `prode.finding_show/v1`.
    pub schema: String,
    /// What a list shows of it.
    #[serde(flatten)]
    pub row: Row,
    /// Who reported it.
    pub by: Option<String>,
    /// Its defects.
    pub items: Vec<Item>,
    /// What was said of it, the earliest first.
    pub events: Vec<Step>,
    /// How many values of each type were hidden, and by which rules.
    pub redaction: serde_json::Value,
    /// Its words; Markdown, may be empty.
    pub body: String,
}

/// Shows a finding.
pub fn show(workspace: &Workspace, id: &FindingId) -> Result<Shown, OpError> {
    let branch = Branch::of(workspace)?;
    let findings = Findings::of(&branch.contents()?.files);
    let held = findings.get(id)?;
    let owner = match &held.course.target {
        Subject::Page(page) => {
            let memory = workspace.memory(&Asked::Trunk)?;
            owners(&memory, &memory.lookups(), &page.path)?
        }
        _ => Vec::new(),
    };
    Ok(Shown {
        schema: "prode.finding_show/v1".to_owned(),
        row: row(held, owner),
        by: held.finding.generated["by"].as_str().map(str::to_owned),
        items: (1..).zip(&held.course.items).map(item).collect(),
        events: held.course.events.iter().map(step).collect(),
        redaction: held.finding.redaction.clone(),
        body: held.finding.body.clone(),
    })
}

fn item((number, item): (usize, &crate::inbox::Item)) -> Item {
    let reference = |it: &Evidence| it.reference.clone();
    Item {
        number,
        text: item.text.clone(),
        answer: item.answer.map(Answer::name).map(str::to_owned),
        evidence: item.evidence.iter().map(reference).collect(),
        fixed_by: item.fixed_by.clone(),
    }
}

fn step((event, refusal): &(Event, Option<Refusal>)) -> Step {
    Step {
        what: event.name().to_owned(),
        items: event.items.clone(),
        by: event.by.clone(),
        at: event.at.clone(),
        why: event.why.clone(),
        refused: refusal.as_ref().map(Refusal::to_string),
    }
}
