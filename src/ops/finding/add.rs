//! `finding add`: feedback, redacted, onto the branch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::held::Findings;
use super::record::{below, draft, on_the_trunk};
use crate::allowance::NOWHERE;
use crate::git::Edit;
use crate::inbox::merge::purged;
use crate::inbox::{Finding, FindingId};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Contents};
use crate::ops::redact::{Counts, Screen, hidden, safe, screen, unreadable};
use crate::redaction::RULESET;
use crate::workspace::Workspace;

/// What is reported.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Markdown with a head, or a JSON object with `body`; may be empty.
    pub text: String,
    /// `--target`.
    pub target: Option<String>,
    /// `--severity`.
    pub severity: Option<String>,
    /// `--item`, each a defect; they stand in for those of the text's head.
    pub items: Vec<String>,
    /// Show what would be stored, and store nothing.
    pub dry_run: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Added {
    /// `prode.finding_add/v1`.
    pub schema: String,
    /// The finding's id.
    pub id: String,
    /// `added`, `known` where it was reported before, or `purged`.
    pub status: String,
    /// What it is about; `none` in doubt.
    pub target: String,
    /// `blocker`, `high`, `medium` or `low`.
    pub severity: String,
    /// The commit on the branch; null where nothing was written.
    pub commit: Option<String>,
    /// How many values of each type were hidden.
    pub redacted: Counts,
    /// The file as it is stored, or would be.
    pub file: String,
}

/// Redacts, holds the target to the trunk, and stores.
pub fn add(workspace: &Workspace, options: &Options) -> Result<Added, OpError> {
    let branch = Branch::of(workspace)?;
    let screen = screen(workspace)?;
    let (finding, redacted) = read(&branch, &screen, options)?;
    on_the_trunk(workspace, &finding.target)?;
    let id = finding.id();
    let file = safe(&screen, NOWHERE, &finding.file())?;
    let mut status = status_of(&branch.contents()?, &id);
    let mut commit = None;
    if !options.dry_run {
        commit = branch.grow(|contents| {
            status = status_of(contents, &id);
            let subject = format!("finding: {id} {} {}", finding.severity.name(), finding.target);
            let edit = || Edit::write(below(&id, "finding.md"), file.as_str());
            Ok((status == "added").then(|| draft(subject, &id, edit())))
        })?;
    }
    Ok(Added {
        schema: "prode.finding_add/v1".to_owned(),
        id: id.to_string(),
        status: status.to_owned(),
        target: finding.target.to_string(),
        severity: finding.severity.name().to_owned(),
        commit: commit.map(|commit| commit.to_string()),
        redacted,
        file: file.into_string(),
    })
}

fn status_of(contents: &Contents, id: &FindingId) -> &'static str {
    if purged(&contents.files).contains(id.as_str()) {
        return "purged";
    }
    if Findings::of(&contents.files).by_id.contains_key(id) { "known" } else { "added" }
}

/// The finding as it may be stored, and what was hidden in it.
fn read(
    branch: &Branch<'_>,
    screen: &Screen,
    options: &Options,
) -> Result<(Finding, Counts), OpError> {
    let mut given = Map::new();
    for (key, value) in [("target", &options.target), ("severity", &options.severity)] {
        given.extend(value.as_ref().map(|value| (key.to_owned(), json!(value))));
    }
    if !options.items.is_empty() {
        given.insert("items".to_owned(), Value::from(options.items.clone()));
    }
    let mut finding = Finding::read(&options.text, &given)
        .map_err(|error| unreadable(screen, "the finding", &error))?;
    let mut found = Counts::new();
    for text in finding.items.iter_mut().chain([&mut finding.body]) {
        *text = hidden(screen, NOWHERE, text, &mut found)?;
    }
    let target = finding.target.to_string();
    if hidden(screen, NOWHERE, &target, &mut found)? != target {
        return Err(OpError::Waiting {
            message: "the target's name holds what may not be stored".to_owned(),
            hint: "name it without that, or nothing: --target none".to_owned(),
        });
    }
    finding.redaction = json!({"ruleset": RULESET, "found": found});
    finding.generated = json!({"by": branch.person()?, "at": branch.now()});
    Ok((finding, found))
}
