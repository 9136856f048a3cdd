//! `adr renumber`: another number, in the file and wherever it is named.
//!
//! The file gets another path, and what follows a path follows as in `mv`:
//! links, wikilinks, front matter, settings. To that come the number itself, in
//! titles and mentions, and the file's name in code and prose.

mod places;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use super::taken;
use crate::adr::{Renumbering, digits, next_number, number_of};
use crate::git::{EntryKind, plain_read, plain_size};
use crate::ops::OpError;
use crate::ops::mv::{Decided, Ground, Plan, SHOWN_ONLY, top};
use crate::renaming::{Edit, Moves};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;
use places::{Meaning, Places};

/// Files above this many bytes are not searched for mentions.
const LARGEST: u64 = 2_000_000;

/// Which decision, and its new number.
#[derive(Debug, Clone)]
pub struct Options {
    /// `12`, `adr/12`, a path.
    pub decision: String,
    /// Its new number; the next free one where none is named.
    pub to: Option<u32>,
    /// Only say what would change.
    pub dry_run: bool,
}

/// One line that names the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The file.
    pub path: String,
    /// 1-based.
    pub line: u32,
    /// The line as it was.
    pub text: String,
}

/// What changed, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Renumbered {
    /// `prode.adr_renumber/v1`.
    pub schema: String,
    /// The old number.
    pub from: u32,
    /// The new number.
    pub to: u32,
    /// The file's old path.
    pub old_path: String,
    /// The file's new path.
    pub new_path: String,
    /// True if nothing was written.
    pub dry_run: bool,
    /// Lines that name the decision and are rewritten.
    pub mentions: Vec<Mention>,
    /// Lines that may mean another decision of that number; left as they are.
    pub ambiguous: Vec<Mention>,
    /// Lines that name its file and are for people to change: addresses of a
    /// forge, who owns what.
    pub left: Vec<Mention>,
}

/// Gives the decision its new number: all files or none.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Renumbered, OpError> {
    let _turn = workspace.numbering_turn()?;
    let decisions = Decisions::to_change(workspace)?;
    let (page, record) = decisions.find(&options.decision)?;
    let log = decisions.catalogue.log_of(&page.path);
    let to = match options.to {
        Some(to) => to,
        None => next_number(taken::numbers(&decisions, &log)?),
    };
    let paths: Vec<RepoPath> =
        decisions.of_log(&log).into_iter().map(|(page, _)| page.path.clone()).collect();
    if paths.iter().any(|path| number_of(path) == Some(to)) {
        return Err(OpError::Invalid {
            message: format!("number {to} is taken in '{log}'"),
            hint: "leave the number out for the next free one".to_owned(),
        });
    }
    let from = number_of(&page.path).or(record.number);
    let renumbering =
        from.and_then(|from| Some((from, Renumbering::new(&page.path, from, to, digits(&paths))?)));
    let (from, renumbering) = renumbering.ok_or_else(|| OpError::Invalid {
        message: format!("the name of '{}' holds no number", page.path),
        hint: "only numbered decisions can be renumbered".to_owned(),
    })?;
    let new_path = page.path.parent().join(renumbering.new_name()).unwrap_or_default();
    if plain_read(&top(workspace)?, &page.path).is_ok_and(|it| std::str::from_utf8(&it).is_err()) {
        return Err(not_text(&page.path));
    }
    let mut found = Renumbered {
        schema: "prode.adr_renumber/v1".to_owned(),
        from,
        to,
        old_path: page.path.text().into_owned(),
        new_path: new_path.text().into_owned(),
        dry_run: options.dry_run,
        mentions: Vec::new(),
        ambiguous: Vec::new(),
        left: Vec::new(),
    };
    let decided = Decided {
        moves: Moves::new([(page.path.clone(), new_path.clone())], []),
        old: page.path.clone(),
        new: new_path,
        notes: Vec::new(),
    };
    carry_out(&decisions, &decided, &renumbering, &mut found)?;
    Ok(found)
}

fn carry_out(
    decisions: &Decisions<'_>,
    decided: &Decided,
    renumbering: &Renumbering,
    found: &mut Renumbered,
) -> Result<(), OpError> {
    let top = top(decisions.workspace)?;
    let ground = Ground {
        workspace: decisions.workspace,
        memory: &decisions.memory,
        catalogue: &decisions.catalogue,
        top: &top,
    };
    let mut plan = Plan::of(&ground, decided, false)?;
    let mut all = |_: &[u8], _: EntryKind| true;
    let files = decisions.workspace.files(&decisions.memory, &mut all)?;
    let places = Places::new(decisions, &decided.old, found.from, renumbering, &files);
    for path in &files {
        if SHOWN_ONLY.contains(&&*path.text()) {
            continue;
        }
        let is_own = *path == decided.old;
        let is_read = plain_size(&top, path).is_ok_and(|size| size <= LARGEST || is_own);
        let Some(bytes) = is_read.then(|| plain_read(&top, path).ok()).flatten() else { continue };
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let mut edits = Vec::new();
        for (place, meaning) in places.of(path, text) {
            match meaning {
                Meaning::It => edits.push(Edit {
                    start: place.range.start,
                    end: place.range.end,
                    text: place.with,
                }),
                Meaning::Unclear => found.ambiguous.push(mention(path, text, place.range.start)),
                Meaning::Address => found.left.push(mention(path, text, place.range.start)),
            }
        }
        plan.edit(path, &bytes, edits);
    }
    found.mentions = rewritten(&plan);
    let told = found.mentions.iter().chain(&found.ambiguous).chain(&found.left);
    let told: BTreeSet<(&str, u32)> = told.map(|it| (it.path.as_str(), it.line)).collect();
    // What is left of the file itself is told under its new path.
    let path =
        |path: &str| if path == found.new_path { found.old_path.clone() } else { path.to_owned() };
    let left = plan.left.iter().filter(|it| !told.contains(&(path(&it.path).as_str(), it.line)));
    let left: Vec<Mention> = left
        .map(|it| Mention { path: it.path.clone(), line: it.line, text: it.text.clone() })
        .collect();
    found.left.extend(left);
    found.left.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    if !found.dry_run {
        decisions.workspace.edits()?.apply_moving(&plan.changes(), decided.moves.files())?;
    }
    Ok(())
}

/// Every line that changes, as it is now.
fn rewritten(plan: &Plan<'_>) -> Vec<Mention> {
    let mut lines: BTreeMap<(RepoPath, u32), Mention> = BTreeMap::new();
    for (path, bytes, edits) in plan.edits() {
        let text = String::from_utf8_lossy(bytes);
        for edit in edits {
            let found = mention(path, &text, edit.start);
            lines.insert((path.clone(), found.line), found);
        }
    }
    lines.into_values().collect()
}

fn not_text(path: &RepoPath) -> OpError {
    OpError::Invalid {
        message: format!("'{path}' is not UTF-8, so it is not edited"),
        hint: "save it as UTF-8 first".to_owned(),
    }
}

fn mention(path: &RepoPath, text: &str, at: usize) -> Mention {
    let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let number = text[..at].matches('\n').count() + 1;
    Mention {
        path: path.text().into_owned(),
        line: u32::try_from(number).unwrap_or(u32::MAX),
        text: line.trim().chars().take(200).collect(),
    }
}
