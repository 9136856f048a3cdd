//! What `prode serve` says of itself: at its start, and at `/readyz` whether
//! questions can be answered, and from what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::OpError;
use super::doctor::PROTOCOLS;
use crate::workspace::{Asked, Workspace};

/// What stands behind an answer that would be given now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ready {
    /// `prode.ready/v1`.
    pub schema: String,
    /// True; where it cannot answer it says why instead.
    pub ready: bool,
    /// Version of prode.
    pub version: String,
    /// Name of the trunk.
    pub trunk: String,
    /// The commit that the trunk stands at; none in a folder that is no repository.
    pub commit: Option<String>,
    /// The index of that commit.
    pub index: IndexState,
    /// Revisions of the Model Context Protocol that are spoken, newest first.
    pub protocol_versions: Vec<String>,
}

/// The index that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndexState {
    /// Pages of that commit.
    pub pages: u64,
    /// True if a part of it is in memory alone, since it could not be written.
    pub in_memory: bool,
    /// What a person should look at.
    pub notes: Vec<String>,
}

/// What `prode serve` tells once it listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Listening {
    /// `prode.serve/v1`.
    pub schema: String,
    /// Address and port, as the system gave them.
    pub address: String,
    /// Where pages for people begin.
    pub web: String,
    /// Where the protocol is spoken.
    pub mcp: String,
    /// True if whoever asks must send a token.
    pub tokens: bool,
    /// Revisions of the protocol that are spoken, newest first.
    pub protocol_versions: Vec<String>,
}

/// What a watch tells once it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Watching {
    /// `prode.triage_watch/v1`.
    pub schema: String,
    /// Which tickets wait.
    pub queue: String,
    /// What its runs may do outside.
    pub mode: String,
    /// Tickets that are worked on at the same time.
    pub max_parallel: usize,
    /// Seconds between two looks.
    pub every: u64,
    /// Address and port, as the system gave them.
    pub address: String,
    /// True if webhooks are taken.
    pub webhooks: bool,
}

/// What stands behind a watch that takes tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WatchReady {
    /// `prode.watch_ready/v1`.
    pub schema: String,
    /// True; where it takes none it says why instead.
    pub ready: bool,
    /// Version of prode.
    pub version: String,
    /// Name of the trunk.
    pub trunk: String,
    /// The commit that the trunk stands at; none in a folder that is no repository.
    pub commit: Option<String>,
    /// Seconds since the queue was looked at.
    pub looked_seconds_ago: u64,
}

/// Looks whether a watch could work on a ticket now: the store answers and is not frozen,
/// and the trunk can be asked. The queue was looked at `seconds` ago.
///
/// # Errors
/// Whatever a ticket would fail with.
pub fn watch_ready(workspace: &Workspace, seconds: u64) -> Result<WatchReady, OpError> {
    super::triage::freeze::refuse(workspace)?;
    let ready = ready(workspace)?;
    Ok(WatchReady {
        schema: "prode.watch_ready/v1".to_owned(),
        ready: true,
        version: ready.version,
        trunk: ready.trunk,
        commit: ready.commit,
        looked_seconds_ago: seconds,
    })
}

/// Brings the index to the trunk as it is now.
///
/// # Errors
/// Whatever a question would be answered with.
pub fn ready(workspace: &Workspace) -> Result<Ready, OpError> {
    let memory = workspace.memory(&Asked::Trunk)?;
    Ok(Ready {
        schema: "prode.ready/v1".to_owned(),
        ready: true,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        trunk: memory.revision.name.clone(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        index: IndexState {
            pages: memory.snapshot.len(),
            in_memory: memory.report.in_memory,
            notes: memory.report.notes.clone(),
        },
        protocol_versions: PROTOCOLS.iter().map(|&version| version.to_owned()).collect(),
    })
}
