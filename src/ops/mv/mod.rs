//! `mv`: a page or a folder gets a new path, and everything that names it follows.
//!
//! Nothing is written before everything is worked out, and then all of it or
//! nothing. Git's index is not touched.

mod answer;
mod place;
mod plan;
mod trees;

use std::path::PathBuf;

use super::error::OpError;
use crate::edits::{Edits, Recovery};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};
pub use answer::{Answer, Change, Edited, LeftAsIs, Moved, Redirect};
pub(in crate::ops) use place::{Decided, Ground, top};
pub(in crate::ops) use plan::{Plan, SHOWN_ONLY};

/// What moves where.
#[derive(Debug, Clone)]
pub struct Options {
    /// A file or folder on disk, or a reference as for `show`.
    pub old: String,
    /// Its new path, or a folder that takes it in.
    pub new: String,
    /// The folder of the process.
    pub current: PathBuf,
    /// Write nothing.
    pub dry_run: bool,
    /// Keep old names: aliases and lines in a site's list of redirects.
    pub redirects: bool,
}

/// Moves it.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Answer, OpError> {
    let top = place::top(workspace)?;
    let edits = workspace.edits()?;
    let mut notes = Vec::new();
    if edits.is_interrupted() && !options.dry_run {
        let recovery = edits.recover()?;
        if let Some(finished) = finished(recovery.as_ref(), options) {
            return Ok(finished);
        }
        notes.extend(recovery.map(told));
    }
    let memory = workspace.memory(&Asked::WorkTree)?;
    let catalogue = memory.catalogue()?;
    let ground = Ground { workspace, memory: &memory, catalogue: &catalogue, top: &top };
    let decided = place::decide(&ground, &options.old, &options.new, &options.current)?;
    let plan = Plan::of(&ground, &decided, options.redirects)?;
    if !options.dry_run {
        write(&edits, &decided, &plan, &top)?;
    }
    notes.extend(plan.notes.iter().cloned());
    Ok(Answer {
        schema: "prode.mv/v1".to_owned(),
        old: decided.old.text().into_owned(),
        new: decided.new.text().into_owned(),
        dry_run: options.dry_run,
        moved: plan.moved(),
        edited: plan.edited(),
        stage: plan.stage(),
        diff: plan.diff(),
        redirects: plan.redirects,
        left: plan.left,
        notes,
    })
}

fn write(
    edits: &Edits,
    decided: &Decided,
    plan: &Plan<'_>,
    top: &std::path::Path,
) -> Result<(), OpError> {
    let full = |path: &RepoPath| top.join(&*path.text());
    let mut changes = plan.changes();
    let in_place: Vec<_> = decided
        .moves
        .files()
        .filter(|(old, new)| place::is_same_file(&full(old), &full(new)))
        .collect();
    if in_place.is_empty() {
        edits.apply_moving(&changes, decided.moves.files())?;
        return Ok(());
    }
    // The disk ignores case: the new name is the old file, so that content
    // changes under the old name, and then the name does.
    changes.retain(|it| it.after.is_some());
    for change in &mut changes {
        if let Some(old) = decided.moves.old_path(&change.path) {
            change.path = old.clone();
            change.before = std::fs::read(full(old)).ok();
        }
    }
    edits.apply(&changes)?;
    edits.respell(&decided.old, &decided.new)?;
    Ok(())
}

/// An interrupted move that was this very one is done now.
fn finished(recovery: Option<&Recovery>, options: &Options) -> Option<Answer> {
    let Some(Recovery::Finished(paths)) = recovery else { return None };
    let old = RepoPath::new(&options.old).ok()?;
    let new = RepoPath::new(&options.new).ok()?;
    let named = |wanted: &RepoPath| paths.iter().any(|path| path.is_below(wanted));
    let texts = || paths.iter().map(|path| path.text().into_owned());
    (named(&old) && named(&new)).then(|| Answer {
        schema: "prode.mv/v1".to_owned(),
        old: old.text().into_owned(),
        new: new.text().into_owned(),
        notes: vec![format!(
            "this move had been interrupted and is finished now: {}",
            super::counted(paths.len(), "file")
        )],
        stage: texts().collect(),
        ..Answer::default()
    })
}

fn told(recovery: Recovery) -> String {
    match recovery {
        Recovery::TakenBack => {
            "an interrupted change was taken back first: every file was as before".to_owned()
        }
        Recovery::Finished(paths) => {
            format!(
                "an interrupted change was finished first: {}",
                super::counted(paths.len(), "file")
            )
        }
    }
}
