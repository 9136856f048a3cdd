//! `doctor`: everything that prode stands on, one row each, with the repair.
//!
//! It looks and says; it repairs nothing. It works where nothing else does:
//! a repository that does not open is a row.

mod collector;
mod forge;
mod machine;
mod memory;
mod others;
mod repository;
mod signer;
mod specialists;
mod store;
mod tracker;
mod watched;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::Environment;
use crate::hint::Helpful;
use crate::workspace::{Asked, Workspace, WorkspaceError};

/// Versions of the Model Context Protocol that `prode mcp` speaks, newest first.
pub const PROTOCOLS: &[&str] = &["2026-07-28", "2025-11-25"];

/// How a row stands. Ordered from good to bad.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing to do.
    Ok,
    /// Works, and something should be known or mended.
    Warning,
    /// Does not work.
    Error,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row {
    /// What: `repository`, `index`, …; stable.
    pub topic: String,
    /// How it stands.
    pub state: State,
    /// What was found.
    pub found: String,
    /// What to type or change; null where there is nothing to do.
    pub repair: Option<String>,
}

/// All rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.doctor/v1`.
    pub schema: String,
    /// The worst of the rows' states.
    pub state: State,
    /// What was looked at, in the order in which one thing stands on another.
    pub rows: Vec<Row>,
}

impl Row {
    fn ok(topic: &str, found: impl Into<String>) -> Self {
        Self { topic: topic.to_owned(), state: State::Ok, found: found.into(), repair: None }
    }

    fn warning(topic: &str, found: impl Into<String>, repair: impl Into<String>) -> Self {
        Self { state: State::Warning, repair: Some(repair.into()), ..Self::ok(topic, found) }
    }

    fn error(topic: &str, found: impl Into<String>, repair: impl Into<String>) -> Self {
        Self { state: State::Error, ..Self::warning(topic, found, repair) }
    }

    /// A row for what could not be looked at.
    fn failed(topic: &str, error: &dyn Helpful) -> Self {
        let repair = error.hints().join("; ");
        let row = Self::error(topic, error.to_string(), repair);
        Self { repair: row.repair.filter(|repair| !repair.is_empty()), ..row }
    }
}

/// Looks at everything; `opened` is what opening the workspace gave.
pub fn run(opened: Result<&Workspace, &WorkspaceError>, environment: &Environment) -> Answer {
    let mut rows = machine::rows(environment);
    match opened {
        Ok(workspace) => rows.extend(of_workspace(workspace)),
        Err(error) => {
            let is_config = matches!(error, WorkspaceError::Config(_));
            rows.push(Row::failed(if is_config { "settings" } else { "repository" }, error));
        }
    }
    rows.push(machine::protocols());
    let state = rows.iter().map(|row| row.state).max().unwrap_or(State::Ok);
    Answer { schema: "prode.doctor/v1".to_owned(), state, rows }
}

/// The index is checked before it is used: what lies damaged in it cannot be
/// asked for pages. What the question added is looked at again.
fn of_workspace(workspace: &Workspace) -> Vec<Row> {
    let mut rows = repository::rows(workspace);
    let mut index = memory::index_rows(workspace);
    if index.iter().all(|row| row.state != State::Error) {
        match workspace.memory(&Asked::Trunk) {
            Ok(memory) => {
                rows.extend(memory::rows(workspace, &memory));
                rows.extend(others::rows(&memory.with_others(workspace, &Asked::Trunk)));
            }
            Err(error) => rows.push(Row::failed("memory", &error)),
        }
        index = memory::index_rows(workspace);
    }
    rows.extend(index);
    rows.extend(signer::row(workspace));
    rows.push(forge::row(workspace));
    rows.push(tracker::row(workspace));
    rows.extend(watched::row(workspace));
    rows.extend(store::row(workspace));
    rows.extend(specialists::row(workspace));
    rows.extend(collector::row(workspace));
    let spoken = forge::spoken(workspace).into_iter().chain(tracker::spoken(workspace));
    let spoken = spoken.chain(specialists::spoken(workspace)).chain(store::spoken(workspace));
    let spoken = spoken.chain(collector::spoken(workspace));
    let spoken: Vec<String> = spoken.collect();
    rows.push(machine::network(workspace.own_settings(), &spoken));
    rows
}
