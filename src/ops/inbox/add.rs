//! `inbox add`: a learning, redacted, onto the branch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use super::neighbours::{self, Near, Said};
use crate::git::Edit;
use crate::inbox::merge::purged;
use crate::inbox::{First, Learning, LearningId, State};
use crate::ops::OpError;
use crate::ops::inbox_branch::check;
use crate::ops::inbox_branch::{Branch, Contents, below, draft};
use crate::ops::redact::{Counts, Screen, hidden, safe, screen, unreadable};
use crate::redaction::{RULESET, Redacted};
use crate::workspace::{Asked, Workspace};

/// What is to be added.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Markdown with a head, or a JSON object with `body`.
    pub text: String,
    /// `--target`.
    pub target: Option<String>,
    /// `--action`.
    pub action: Option<String>,
    /// `--run`.
    pub run: Option<String>,
    /// `--ticket`.
    pub ticket: Option<String>,
    /// Show what would be stored, and store nothing.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Added {
    /// `prode.inbox_add/v1`.
    pub schema: String,
    /// The learning's id.
    pub id: String,
    /// `added`; `seen` where another run found it again; `known` where nothing
    /// is new; `rejected`, `promoted` or `purged` where that was decided.
    pub status: String,
    /// Where it should go.
    pub target: String,
    /// What should happen there.
    pub action: String,
    /// The commit on the branch; null where nothing was written.
    pub commit: Option<String>,
    /// How many values of each type were hidden.
    pub redacted: Counts,
    /// Other learnings that say nearly the same.
    pub near: Vec<Near>,
    /// Pages that say it already.
    pub said: Vec<Said>,
    /// The file as it is stored, or would be.
    pub file: String,
}

/// Redacts, holds to the trunk, and stores.
pub fn add(workspace: &Workspace, options: &Options) -> Result<Added, OpError> {
    let branch = Branch::of(workspace)?;
    let screen = screen(workspace)?;
    let (learning, redacted) = read(&branch, &screen, options)?;
    let memory = workspace.memory(&Asked::Trunk)?;
    check(&memory.catalogue()?, &learning)?;
    let id = learning.id();
    let contents = branch.contents()?;
    let near = neighbours::near(&contents, &id, &learning);
    let said = neighbours::said(workspace, &memory, &learning)?;
    let file = safe(&screen, &learning.target.path.text(), &learning.file())?;
    let mut status = status_of(&contents, &id, &learning);
    let mut commit = None;
    if !options.dry_run {
        commit = branch.grow(|contents| {
            status = status_of(contents, &id, &learning);
            let edits = edits(status, &id, &learning, &file, &branch.now());
            let subject = format!("inbox: {id} {} {}", learning.action.name(), learning.target);
            Ok((!edits.is_empty()).then(|| draft(subject, &id, edits)))
        })?;
    }
    Ok(Added {
        schema: "prode.inbox_add/v1".to_owned(),
        id: id.to_string(),
        status: status.to_owned(),
        target: learning.target.to_string(),
        action: learning.action.name().to_owned(),
        commit: commit.map(|commit| commit.to_string()),
        redacted,
        near,
        said,
        file: file.into_string(),
    })
}

/// The learning as it may be stored, and what was hidden in it.
fn read(
    branch: &Branch<'_>,
    screen: &Screen,
    options: &Options,
) -> Result<(Learning, Counts), OpError> {
    let mut given = Map::new();
    let options_given = [
        ("target", &options.target),
        ("action", &options.action),
        ("run", &options.run),
        ("ticket", &options.ticket),
    ];
    for (key, value) in options_given {
        given.extend(value.as_ref().map(|value| (key.to_owned(), json!(value))));
    }
    let mut learning = Learning::read(&options.text, &given)
        .map_err(|error| unreadable(screen, "the learning", &error))?;
    let mut found = Counts::new();
    hide(screen, &mut learning, &mut found)?;
    learning.redaction = json!({"ruleset": RULESET, "found": found});
    let by = format!("process:prode/{}", env!("CARGO_PKG_VERSION"));
    learning.generated = json!({"by": by, "at": branch.now()});
    Ok((learning, found))
}

/// Every text of a learning goes through the engine by itself: as one file
/// with its head it would read as somebody's payload. What may stand is what
/// may stand on the page that it is for.
fn hide(screen: &Screen, learning: &mut Learning, found: &mut Counts) -> Result<(), OpError> {
    let place = learning.target.path.text().into_owned();
    let mut pass = |text: &mut String| -> Result<(), OpError> {
        *text = hidden(screen, &place, text, found)?;
        Ok(())
    };
    pass(&mut learning.body)?;
    for evidence in &mut learning.evidence {
        pass(&mut evidence.source)?;
        pass(&mut evidence.reference)?;
        evidence.at.iter_mut().chain(&mut evidence.digest).try_for_each(&mut pass)?;
    }
    let First { run, ticket } = &mut learning.first;
    run.iter_mut().chain(ticket).chain(&mut learning.kind).try_for_each(&mut pass)?;
    learning.owner.iter_mut().chain(&mut learning.services).try_for_each(&mut pass)?;
    let mut target = learning.target.to_string();
    pass(&mut target)?;
    if target != learning.target.to_string() {
        return Err(OpError::Waiting {
            message: "the target's name holds what may not be stored".to_owned(),
            hint: "name a page by a path without it; see what: prode redact --check -".to_owned(),
        });
    }
    Ok(())
}

fn status_of(contents: &Contents, id: &LearningId, learning: &Learning) -> &'static str {
    if purged(&contents.files).contains(id.as_str()) {
        return "purged";
    }
    let Some(entry) = contents.entries.get(id) else { return "added" };
    match entry.standing.state {
        State::Rejected => "rejected",
        State::Promoted => "promoted",
        State::New | State::Accepted => match run_name(learning) {
            Some(run) if entry.seen.iter().all(|it| it.run != run) => "seen",
            _ => "known",
        },
    }
}

fn edits(
    status: &str,
    id: &LearningId,
    learning: &Learning,
    file: &Redacted,
    now: &str,
) -> Vec<Edit> {
    let seen = run_name(learning)
        .map(|run| Edit::write(below(id, &format!("seen/{run}")), format!("at: {now}\n")));
    match status {
        "added" => {
            let text = Edit::write(below(id, "learning.md"), file.as_str());
            std::iter::once(text).chain(seen).collect()
        }
        "seen" => seen.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The run as a file is called.
fn run_name(learning: &Learning) -> Option<String> {
    let run = learning.first.run.as_deref()?;
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '-' };
    Some(run.chars().take(80).map(safe).collect())
}
