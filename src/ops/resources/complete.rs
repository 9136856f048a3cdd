//! What an argument of an address may be, by what was typed of it.

use std::ops::ControlFlow;

use super::list::{named, skill_name};
use crate::corpus::Named;
use crate::index::FoundBy;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace};

/// The most values of one answer.
pub const MOST: usize = 100;

/// What is to be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A page's path.
    Path,
    /// A decision's number.
    Number,
    /// A skill's name.
    Skill,
    /// A file of the package of this skill.
    FileOf(String),
}

/// Values that begin with what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completed {
    /// The first [`MOST`] of them, ordered.
    pub values: Vec<String>,
    /// How many there are.
    pub total: usize,
}

/// Completes `typed`.
pub fn complete(workspace: &Workspace, wanted: &Wanted, typed: &str) -> Result<Completed, OpError> {
    let memory = workspace.memory(&Asked::Trunk)?;
    let mut completed = Completed::default();
    let mut offer = |value: &str| {
        if value.starts_with(typed) {
            completed.total += 1;
            if completed.values.len() < MOST {
                completed.values.push(value.to_owned());
            }
        }
    };
    match wanted {
        Wanted::Path => memory.snapshot.each_below(&RepoPath::root(), &mut |_, key| {
            // A path that is no text cannot be typed.
            if let Ok(path) = std::str::from_utf8(key.path.as_bytes()) {
                offer(path);
            }
            ControlFlow::Continue(())
        })?,
        Wanted::Number => {
            let numbers = memory.snapshot.values(FoundBy::Number)?;
            let mut numbers: Vec<u32> = numbers.iter().filter_map(|it| it.parse().ok()).collect();
            numbers.sort_unstable();
            for number in numbers {
                offer(&number.to_string());
            }
        }
        Wanted::Skill => {
            for name in memory.snapshot.values(FoundBy::Skill)? {
                offer(&name);
            }
        }
        Wanted::FileOf(name) => {
            for file in files_of(workspace, &memory, name)? {
                offer(&file);
            }
        }
    }
    Ok(completed)
}

/// Files of a package by their paths in it; none where there is no such skill.
fn files_of(workspace: &Workspace, memory: &Memory, name: &str) -> Result<Vec<String>, OpError> {
    let manifest = match named(&memory.lookups(), Named::Skill(name.to_owned())) {
        Ok(manifest) => manifest,
        Err(OpError::Lookup(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    if skill_name(memory, &manifest).is_none() {
        return Ok(Vec::new());
    }
    let folder = manifest.path.parent();
    let files = workspace.files_below(memory, &folder)?;
    let below = |path: &RepoPath| {
        let below = path.as_bytes().get(folder.as_bytes().len() + 1..)?;
        String::from_utf8(below.to_vec()).ok()
    };
    Ok(files.iter().filter_map(below).collect())
}
