//! The pull request of a proposal: one, whatever was lost on the way.
//!
//! It is looked for by its branch before it is opened, says what the proposal
//! says now, and is on record in the inbox last of all: what is not on record
//! was perhaps not finished, and is done again.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::checks::Checks;
use super::team_template::team_template;
use crate::allowance::NOWHERE;
use crate::forge::{Forge, Kind, Place, Proposed, Pull, Reviewers, Wanted, marker};
use crate::inbox::{Decision, Learning, LearningId, State};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Entry, decide, owners};
use crate::ops::ledger::CHAINS;
use crate::ops::new;
use crate::ops::redact::{self, screen};
use crate::promotion::{self, Proposal, Told, branch_of, pull_body, pull_values};
use crate::redaction::Redacted;
use crate::workspace::{Memory, Workspace};

/// The template of the repository's own that a description is made from.
const TEMPLATE: &str = "proposal";

/// A pull request, as answers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PullRow {
    /// `github:org/repo#12`, `gitlab:org/repo!12`.
    pub name: String,
    /// Its page; null where the forge was not asked.
    pub url: Option<String>,
    /// `open`, `merged`, `closed`; null where the forge was not asked.
    pub state: Option<String>,
    /// True for a draft; null where the forge was not asked.
    pub draft: Option<bool>,
}

impl PullRow {
    /// As the inbox has it, without asking.
    pub(super) fn on_record(name: &str) -> Self {
        Self { name: name.to_owned(), url: None, state: None, draft: None }
    }

    pub(in crate::ops) fn of(place: &Place, pull: &Pull) -> Self {
        Self {
            name: place.name_of(pull.number),
            url: Some(pull.url.clone()),
            state: Some(pull.state_name().to_owned()),
            draft: Some(pull.draft),
        }
    }
}

/// What came of asking the forge.
pub(super) struct Opened {
    pub(super) row: PullRow,
    /// `opened`, `updated`, `unchanged`.
    pub(super) how: &'static str,
    /// What the forge did not take, one line each.
    pub(super) notes: Vec<String>,
}

/// The learning as it is proposed.
pub(super) struct Subject<'a> {
    pub(super) proposal: &'a Proposal,
    pub(super) learning: &'a Learning,
    pub(super) checks: &'a Checks,
}

/// The name of a learning's pull request, where one is on record.
pub(in crate::ops) fn on_record(entry: &Entry) -> Option<&str> {
    let changes = entry.standing.decisions.iter().rev().filter_map(|it| it.change.as_deref());
    changes.into_iter().find(|it| Place::is_name(it))
}

/// The pull request of a learning, as the forge has it.
pub(in crate::ops) fn asked_for(
    forge: &Forge,
    id: &LearningId,
    on_record: Option<&str>,
) -> Result<Option<Pull>, OpError> {
    match on_record.and_then(|it| forge.place().number_in(it)) {
        Some(number) => Ok(Some(forge.pull(number)?)),
        None => Ok(forge.pull_of(&branch_of(id))?),
    }
}

/// Opens it, or makes it say what the proposal says.
pub(super) fn opened(
    branch: &Branch<'_>,
    forge: &Forge,
    memory: &Memory,
    subject: &Subject<'_>,
) -> Result<Opened, OpError> {
    let workspace = branch.workspace();
    let id = &subject.proposal.id;
    let path = &subject.proposal.path;
    let owners = owners(memory, &memory.lookups(), path)?;
    let place = forge.place();
    let (title, body) = text(workspace, memory, subject, (place.kind, &owners))?;
    let screen = screen(workspace)?;
    let git = super::build::repository(workspace)?;
    let before = team_template(git, &screen, place.kind, subject.proposal.base)?;
    let opening = workspace.opening()?;
    let base = workspace.reviewed()?.name;
    let name = branch_of(id);
    let (base, branch_name) = (base.as_str(), name.as_str());
    let (before, draft) = (before.as_ref(), opening.draft);
    let wanted = Wanted { branch: branch_name, base, title: &title, body: &body, before, draft };
    let proposed = forge.propose(&wanted)?;
    let pull = proposed.pull();
    if let Proposed::Over(pull) = &proposed {
        return Err(over(forge.place(), pull));
    }
    let mut notes = Vec::new();
    if on_record(branch.contents()?.get(id)?).is_none() {
        let refused = forge.label(pull.number, &opening.labels)?;
        notes.extend(refused.iter().map(|it| format!("the forge has no label '{it}'")));
        notes.extend(ask(forge, memory, pull.number, &owners)?);
        record(branch, id, &forge.place().name_of(pull.number), pull)?;
    }
    Ok(Opened { row: PullRow::of(forge.place(), pull), how: proposed.name(), notes })
}

fn over(place: &Place, pull: &Pull) -> OpError {
    OpError::Conflict {
        message: format!("{} was {} already", place.name_of(pull.number), pull.state_name()),
        hint: "take what was decided there into the inbox: prode inbox sync".to_owned(),
    }
}

/// Title and description; both passed redaction.
fn text(
    workspace: &Workspace,
    memory: &Memory,
    subject: &Subject<'_>,
    (kind, owners): (Kind, &[String]),
) -> Result<(Redacted, Redacted), OpError> {
    let Subject { proposal, learning, checks } = subject;
    let told = Told {
        found: found(checks),
        left: proposal.left.clone(),
        route_tests: checks.route_tests,
        owners: owners.to_vec(),
        heads: heads(workspace)?,
    };
    let values = pull_values(proposal, learning, &told);
    let words = match own_words(workspace, memory, &values)? {
        Some(words) => words,
        None => pull_body(&values),
    };
    let words = kind.inert(words);
    let screen = screen(workspace)?;
    let title = redact::run(&screen, NOWHERE, &proposal.subject)?.text;
    let (begin, end) = marker(proposal.id.as_str(), &title);
    let body = redact::run(&screen, NOWHERE, &format!("{begin}\n{}\n{end}", words.trim()))?.text;
    if body.starts_with(&begin) && body.ends_with(&end) {
        return Ok((title, body));
    }
    Err(OpError::Invalid {
        message: format!("redaction hides what tells the pull request of {} apart", proposal.id),
        hint: "narrow the pattern that matches it: prode.yaml, redaction.patterns".to_owned(),
    })
}

/// From the repository's own template, where it has one.
fn own_words(
    workspace: &Workspace,
    memory: &Memory,
    values: &BTreeMap<String, String>,
) -> Result<Option<String>, OpError> {
    let all = new::all(workspace, memory, &mut Vec::new())?;
    let own = all.into_iter().find(|(it, path)| it.name == TEMPLATE && path.is_some());
    let Some((template, _)) = own else { return Ok(None) };
    let mut values = values.clone();
    for name in template.prompts()? {
        values.entry(name).or_default();
    }
    Ok(Some(template.filled_in(&values)?))
}

fn found(checks: &Checks) -> Vec<String> {
    let lint = checks.findings.iter();
    let lint = lint.map(|it| format!("{}:{} {}: {}", it.path, it.line, it.rule, it.message));
    let routes = checks.failing.iter().map(|it| {
        let begins = if it.regression { "begins to fail" } else { "fails, as on the trunk" };
        format!("route test {begins}: {}", it.case.text.lines().next().unwrap_or_default())
    });
    lint.chain(routes).collect()
}

/// Named where others see them, so that a chain cannot be written anew unseen.
fn heads(workspace: &Workspace) -> Result<Vec<(String, String)>, OpError> {
    let refs = super::build::repository(workspace)?.refs_below(CHAINS)?;
    Ok(refs.into_iter().map(|(name, tip)| (name, tip.to_string())).collect())
}

/// Asks the owners; what of that was not possible.
fn ask(
    forge: &Forge,
    memory: &Memory,
    number: u64,
    owners: &[String],
) -> Result<Vec<String>, OpError> {
    let own = forge.account()?;
    let asked = promotion::reviewers(owners, &memory.rules.people, own.as_deref());
    let promotion::Asked { accounts, teams, unknown } = asked;
    let refused = forge.ask(number, &Reviewers { accounts, teams })?;
    let unknown = unknown.iter().map(|it| {
        format!(
            "no account of '{it}' is known: add it to people.<name>.also in prode.yaml, as '@name'"
        )
    });
    let refused = refused.iter().map(|it| format!("the forge does not let '@{it}' be asked"));
    Ok(unknown.chain(refused).collect())
}

/// Says on the inbox which one it is, once. Whoever says it says the same.
fn record(branch: &Branch<'_>, id: &LearningId, name: &str, pull: &Pull) -> Result<(), OpError> {
    let at = jiff::Timestamp::from_second(pull.opened.as_second()).unwrap_or(pull.opened);
    let decision = Decision::to(State::Accepted, "process:prode", at.to_string());
    let decision = Decision { change: Some(name.to_owned()), ..decision };
    let is_new = |standing: &crate::inbox::Standing| {
        Ok(standing.decisions.iter().all(|it| it.change.as_deref() != Some(name)))
    };
    decide(branch, id, &decision, is_new).map(drop)
}
