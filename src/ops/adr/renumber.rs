//! `adr renumber`: another number, in the file and wherever it is named.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use super::taken;
use crate::adr::{Renumbering, digits, next_number, number_of, rewrite};
use crate::edits::FileChange;
use crate::git::EntryKind;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// Files above this many bytes are not searched for mentions.
const LARGEST: usize = 2_000_000;

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
    let is_alone = decisions.catalogue.decisions(from, None).len() == 1;
    let mut found = Renumbered {
        schema: "prode.adr_renumber/v1".to_owned(),
        from,
        to,
        old_path: page.path.text().into_owned(),
        new_path: new_path.text().into_owned(),
        dry_run: options.dry_run,
        mentions: Vec::new(),
        ambiguous: Vec::new(),
    };
    let changes = changes(&decisions, (&page.path, &new_path), &renumbering, is_alone, &mut found)?;
    if !options.dry_run {
        workspace.edits()?.apply(&changes)?;
    }
    Ok(found)
}

fn changes(
    decisions: &Decisions<'_>,
    (old_path, new_path): (&RepoPath, &RepoPath),
    renumbering: &Renumbering,
    is_alone: bool,
    found: &mut Renumbered,
) -> Result<Vec<FileChange>, OpError> {
    let mut changes = Vec::new();
    let mut all = |_: &[u8], _: EntryKind| true;
    for path in decisions.workspace.files(&decisions.memory, &mut all)? {
        let is_own = path == *old_path;
        let read = decisions.workspace.page_at(&decisions.memory, &path)?;
        let Some(bytes) = read.and_then(|read| read.bytes) else { continue };
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) if bytes.len() <= LARGEST => text,
            _ if is_own => return Err(not_text(&path)),
            _ => continue,
        };
        if !is_own && !renumbering.may_be_in(text) {
            continue;
        }
        let mut places = renumbering.places(text, is_own);
        // A number alone means this decision only where no other has it.
        for place in &places {
            let side = if place.by_number && !is_alone {
                &mut found.ambiguous
            } else {
                &mut found.mentions
            };
            side.push(mention(&path, text, place.range.start));
        }
        places.retain(|place| is_alone || !place.by_number);
        let after = rewrite(text, &places).into_bytes();
        if is_own {
            let gone = FileChange { path, before: Some(bytes), after: None };
            let come = FileChange { path: new_path.clone(), before: None, after: Some(after) };
            changes.extend([come, gone]);
        } else if after != bytes {
            changes.push(FileChange { path, before: Some(bytes), after: Some(after) });
        }
    }
    Ok(changes)
}

fn not_text(path: &RepoPath) -> OpError {
    OpError::Invalid {
        message: format!("'{path}' is not UTF-8, so it is not edited"),
        hint: "save the file as UTF-8 first".to_owned(),
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
