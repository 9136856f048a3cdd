//! `finding list`: what is wrong, the worst first.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::held::{Findings, Held};
use crate::inbox::{Answer, BRANCH, Severity, Stage, Subject};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, owners};
use crate::workspace::{Asked, Workspace};

/// What is listed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only these; empty for the open ones.
    pub states: Vec<Stage>,
    /// All of them.
    pub all: bool,
    /// Only these severities; empty for any.
    pub severities: Vec<Severity>,
    /// Only those about this page, proposal or run; a page stands for its sections.
    pub target: Option<String>,
    /// Only those about a page of this owner.
    pub owner: Option<String>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// `open`, `closed` or `rejected`.
    pub state: String,
    /// What a closed finding came to: `fixed`, `non-actionable` or `rejected`.
    pub resolution: Option<String>,
    /// `blocker`, `high`, `medium` or `low`, as last judged.
    pub severity: String,
    /// A page, a proposal, a run, or `none`.
    pub target: String,
    /// Who owns the page.
    pub owner: Vec<String>,
    /// How many defects it enumerates.
    pub total: usize,
    /// How many of them nobody answered yet.
    pub unanswered: usize,
    /// When it was reported.
    pub at: Option<String>,
    /// Its first defect.
    pub summary: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.finding_list/v1`.
    pub schema: String,
    /// The branch.
    pub branch: String,
    /// Its commit; null where there is no such branch yet.
    pub commit: Option<String>,
    /// How many are on the branch.
    pub total: usize,
    /// The findings, the worst first, of those the newest first.
    pub findings: Vec<Row>,
    /// Files on the branch that cannot be understood.
    pub problems: Vec<String>,
}

/// Lists findings.
pub fn list(workspace: &Workspace, options: &Options) -> Result<Listing, OpError> {
    let branch = Branch::of(workspace)?;
    let tip = branch.tip()?;
    let findings = Findings::of(&branch.files_at(tip)?);
    let memory = workspace.memory(&Asked::Trunk)?;
    let pages = memory.lookups();
    let mut wanted: Vec<&Held> =
        findings.by_id.values().filter(|held| is_wanted(options, held)).collect();
    wanted.sort_by(|a, b| {
        let newest = || b.finding.generated["at"].as_str().cmp(&a.finding.generated["at"].as_str());
        a.course.severity.cmp(&b.course.severity).then_with(newest)
    });
    let told = |held: &Held| match &held.course.target {
        Subject::Page(page) => Ok(row(held, owners(&memory, &pages, &page.path)?)),
        _ => Ok(row(held, Vec::new())),
    };
    let mut rows: Vec<Row> = wanted.into_iter().map(told).collect::<Result<_, OpError>>()?;
    if let Some(owner) = &options.owner {
        let names = memory.rules.people.names_of(owner);
        rows.retain(|row| row.owner.iter().any(|it| names.contains(it.as_str())));
    }
    Ok(Listing {
        schema: "prode.finding_list/v1".to_owned(),
        branch: BRANCH.to_owned(),
        commit: tip.map(|tip| tip.to_string()),
        total: findings.by_id.len(),
        findings: rows,
        problems: findings.problems,
    })
}

fn is_wanted(options: &Options, held: &Held) -> bool {
    let course = &held.course;
    let is_state = options.all
        || options.states.contains(&course.stage)
        || (options.states.is_empty() && course.stage == Stage::Open);
    let is_severity =
        options.severities.is_empty() || options.severities.contains(&course.severity);
    let is_about = |wanted: &String| match &course.target {
        Subject::Page(page) if *wanted == page.path.cite_text() => true,
        target => *wanted == target.to_string(),
    };
    is_state && is_severity && options.target.as_ref().is_none_or(is_about)
}

pub(super) fn row(held: &Held, owner: Vec<String>) -> Row {
    let course = &held.course;
    Row {
        id: held.id.to_string(),
        state: course.stage.name().to_owned(),
        resolution: course.resolution().map(Answer::name).map(str::to_owned),
        severity: course.severity.name().to_owned(),
        target: course.target.to_string(),
        owner,
        total: course.items.len(),
        unanswered: course.items.iter().filter(|item| item.answer.is_none()).count(),
        at: held.finding.generated["at"].as_str().map(str::to_owned),
        summary: held.finding.items.first().cloned().unwrap_or_default(),
    }
}
