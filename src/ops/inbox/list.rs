//! `inbox list`: what waits, and what became of the rest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::inbox::{BRANCH, State};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Entry, owners};
use crate::workspace::{Asked, Workspace};

/// What is listed.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only these states; empty for those that wait: new and accepted.
    pub states: Vec<State>,
    /// All of them.
    pub all: bool,
    /// Only those whose page has this owner.
    pub owner: Option<String>,
    /// Only those for this page.
    pub target: Option<String>,
}

/// One learning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// `new`, `accepted`, `promoted` or `rejected`.
    pub state: String,
    /// Where it should go, as last edited.
    pub target: String,
    /// What should happen there.
    pub action: String,
    /// Who owns that page.
    pub owner: Vec<String>,
    /// Per cent; null where nobody said.
    pub confidence: Option<u8>,
    /// Runs that found it, the first included.
    pub runs: usize,
    /// When it was added.
    pub at: Option<String>,
    /// Its first words.
    pub summary: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// `prode.inbox_list/v1`.
    pub schema: String,
    /// The branch.
    pub branch: String,
    /// Its commit; null where there is no such branch yet.
    pub commit: Option<String>,
    /// How many are on the branch.
    pub total: usize,
    /// The learnings, the newest first.
    pub learnings: Vec<Row>,
    /// Files on the branch that cannot be understood.
    pub problems: Vec<String>,
}

/// Lists learnings.
pub fn list(workspace: &Workspace, options: &Options) -> Result<Listing, OpError> {
    let branch = Branch::of(workspace)?;
    let tip = branch.tip()?;
    let contents = branch.contents_at(tip)?;
    let memory = workspace.memory(&Asked::Trunk)?;
    let pages = memory.lookups();
    let mut learnings = contents
        .entries
        .values()
        .filter(|entry| is_wanted(options, entry))
        .map(|entry| Ok(row(entry, owners(&memory, &pages, &entry.target().path)?)))
        .collect::<Result<Vec<Row>, OpError>>()?;
    if let Some(owner) = &options.owner {
        let names = memory.rules.people.names_of(owner);
        learnings.retain(|row| row.owner.iter().any(|it| names.contains(it.as_str())));
    }
    learnings.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    Ok(Listing {
        schema: "prode.inbox_list/v1".to_owned(),
        branch: BRANCH.to_owned(),
        commit: tip.map(|tip| tip.to_string()),
        total: contents.entries.len(),
        learnings,
        problems: contents.problems,
    })
}

fn is_wanted(options: &Options, entry: &Entry) -> bool {
    let state = entry.standing.state;
    let is_state = options.all
        || options.states.contains(&state)
        || (options.states.is_empty() && matches!(state, State::New | State::Accepted));
    let target = entry.target();
    is_state
        && options.target.as_ref().is_none_or(|wanted| {
            *wanted == target.to_string() || *wanted == target.path.cite_text()
        })
}

pub(super) fn row(entry: &Entry, owner: Vec<String>) -> Row {
    let first = usize::from(entry.learning.first.run.is_none());
    Row {
        id: entry.id.to_string(),
        state: entry.standing.state.name().to_owned(),
        target: entry.target().to_string(),
        action: entry.action().name().to_owned(),
        owner,
        confidence: entry.learning.confidence,
        runs: entry.seen.len() + first,
        at: entry.learning.generated["at"].as_str().map(str::to_owned),
        summary: entry.learning.summary(),
    }
}
