//! `index`: brings the index up to date, and says what it holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use crate::index::Stats;
use crate::workspace::{Asked, Memory, Workspace};

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which revision the index is to hold.
    pub asked: Asked,
    /// Drop everything first and make it again.
    pub rebuild: bool,
    /// Say what the whole index holds.
    pub stats: bool,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.index/v1`.
    pub schema: String,
    /// The commit that the index now holds; null for files outside Git.
    pub commit: Option<String>,
    /// Its tree.
    pub tree: Option<String>,
    /// What was asked for, by name: `main`, `work tree`, …
    pub revision: String,
    /// Pages of that revision.
    pub pages: u64,
    /// Pages that were read and indexed just now.
    pub indexed: usize,
    /// Pages whose content cannot be had here.
    pub unreadable: Vec<String>,
    /// True if everything was dropped first.
    pub rebuilt: bool,
    /// False if what was indexed now lives in memory for this command alone.
    pub kept: bool,
    /// Where the index lives; null where nothing can be written.
    pub folder: Option<String>,
    /// Milliseconds; outside every promise of same bytes.
    pub took_ms: f64,
    /// What the whole index holds, where that was asked for.
    pub stats: Option<Holdings>,
}

/// What an index holds, of all revisions ever asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Holdings {
    /// Files that hold words and records of pages.
    pub shards: usize,
    /// Sections in all of them.
    pub documents: u64,
    /// Revisions that are ready to answer.
    pub views: usize,
    /// Bytes on disk.
    pub bytes: u64,
}

/// Makes the index fit a revision.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(Answer, Memory), OpError> {
    let begun = std::time::Instant::now();
    if options.rebuild && !workspace.index().clear() {
        return Err(OpError::Invalid {
            message:
                "the index cannot be dropped: another process writes it, or its folder is read-only"
                    .to_owned(),
            hint: "see its folder and whether it can be written: prode doctor".to_owned(),
        });
    }
    let memory = workspace.memory(&options.asked)?;
    let stats = workspace.index().stats();
    let report = &memory.report;
    let answer = Answer {
        schema: "prode.index/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        tree: memory.revision.tree.map(|tree| tree.to_string()),
        revision: memory.revision.name.clone(),
        pages: memory.snapshot.len(),
        indexed: report.indexed,
        unreadable: report.unreadable.iter().map(|path| path.text().into_owned()).collect(),
        rebuilt: options.rebuild,
        kept: !report.in_memory,
        folder: stats.folder.as_ref().map(|folder| folder.display().to_string()),
        took_ms: begun.elapsed().as_secs_f64() * 1000.0,
        stats: options.stats.then(|| holdings(&stats)),
    };
    Ok((answer, memory))
}

fn holdings(stats: &Stats) -> Holdings {
    let Stats { shards, documents, views, bytes, .. } = *stats;
    Holdings { shards, documents, views, bytes }
}
