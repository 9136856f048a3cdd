//! `skill verify`: is what was installed still what was installed.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{lock_file, read_package};
use crate::corpus::RootKind;
use crate::ops::OpError;
use crate::skill::{Locked, computed_hash};
use crate::workspace::{Asked, Workspace};

/// Where the popular installer puts skills, beside the roots.
const USUAL: &[&str] = &[".agents/skills", ".claude/skills", "skills"];

/// One entry of the lock file, looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// The skill's name.
    pub name: String,
    /// `ok`, `changed`, `missing`, or `unhashed` where the entry records no hash.
    pub state: String,
    /// Where it came from.
    pub source: String,
    /// Its folder; empty where it is missing.
    pub path: String,
    /// What the lock file records.
    pub expected: String,
    /// What its files hash to; null where they are missing.
    pub found: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.skill_verify/v1`.
    pub schema: String,
    /// How many entries are not `ok`.
    pub failed: usize,
    /// One for each folder of each entry, by name.
    pub checks: Vec<Check>,
}

/// Compares every entry of the lock file with its folders.
pub fn run(workspace: &Workspace) -> Result<Answer, OpError> {
    let Some(top) = workspace.folder() else {
        return Err(OpError::Invalid {
            message: "the repository is bare: there are no files to verify".to_owned(),
            hint: "run prode skill verify in a clone of it".to_owned(),
        });
    };
    let memory = workspace.memory(&Asked::WorkTree)?;
    let roots = memory.roots().all().into_iter().filter(|root| root.kind == RootKind::Skill);
    let mut folders: Vec<String> = roots.map(|root| root.path.text().into_owned()).collect();
    folders.extend(USUAL.iter().map(|usual| (*usual).to_owned()));
    folders.sort();
    folders.dedup();
    let mut checks = Vec::new();
    for locked in lock_file::read(top)?.entries() {
        checks.extend(check(top, &folders, &locked)?);
    }
    Ok(Answer {
        schema: "prode.skill_verify/v1".to_owned(),
        failed: checks.iter().filter(|check| check.state != "ok").count(),
        checks,
    })
}

/// Every folder that the skill is in; one entry that says so where it is in none.
fn check(top: &Path, folders: &[String], locked: &Locked) -> Result<Vec<Check>, OpError> {
    let made = |state: &str, path: String, found: Option<String>| Check {
        name: locked.name.clone(),
        state: state.to_owned(),
        source: locked.source.clone(),
        path,
        expected: locked.computed_hash.clone(),
        found,
    };
    if crate::skill::unsafe_path(&locked.name).is_some() || locked.name.contains('/') {
        return Ok(vec![made("missing", String::new(), None)]);
    }
    let mut checks = Vec::new();
    for folder in folders {
        let path = format!("{folder}/{}", locked.name);
        let full = top.join(&path);
        // A linked folder is the same files under another name.
        if !full.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            continue;
        }
        let package = read_package(&full)?;
        let hash = computed_hash(&package);
        let state = match locked.computed_hash.as_str() {
            "" => "unhashed",
            expected if expected == hash && !package.over && package.left_out.is_empty() => "ok",
            _ => "changed",
        };
        checks.push(made(state, path, Some(hash)));
    }
    if checks.is_empty() {
        checks.push(made("missing", String::new(), None));
    }
    Ok(checks)
}
