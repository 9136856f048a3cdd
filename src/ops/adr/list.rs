//! `adr list` and `adr log`: every decision, by number or by day.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use super::entry::Entry;
use crate::ops::OpError;
use crate::workspace::{Asked, Memory, Workspace};

/// Which decisions.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which revision answers.
    pub asked: Asked,
    /// Only decisions of one of these statuses, in any case; empty for all.
    pub statuses: Vec<String>,
    /// Only the log in this folder.
    pub log: Option<String>,
    /// By day, the oldest first, instead of by number.
    pub by_day: bool,
}

/// The decisions of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// `prode.adr_list/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// Decisions before filters.
    pub total: usize,
    /// Folders of logs, ordered.
    pub logs: Vec<String>,
    /// What is left, ordered by log and number, or by day.
    pub decisions: Vec<Entry>,
}

/// Lists decisions.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(List, Memory), OpError> {
    let decisions = Decisions::open(workspace, &options.asked)?;
    let all = decisions.all();
    let total = all.len();
    let entries = all.into_iter().map(|(page, record)| decisions.entry(page, record));
    let mut entries: Vec<Entry> = entries.filter(|entry| options.takes(entry)).collect();
    if options.by_day {
        entries.sort_by(|a, b| (&a.date, a.number, &a.path).cmp(&(&b.date, b.number, &b.path)));
    }
    let revision = &decisions.memory.revision;
    let list = List {
        schema: "prode.adr_list/v1".to_owned(),
        commit: revision.commit.map(|commit| commit.to_string()),
        worktree: revision.on_disk,
        total,
        logs: decisions.logs().iter().map(|log| log.text().into_owned()).collect(),
        decisions: entries,
    };
    Ok((list, decisions.memory))
}

impl Options {
    fn takes(&self, entry: &Entry) -> bool {
        let status = entry.status.as_deref().unwrap_or("none");
        let has_status = self.statuses.is_empty()
            || self.statuses.iter().any(|wanted| wanted.eq_ignore_ascii_case(status));
        let log = self.log.as_deref().map(|log| log.trim_end_matches('/'));
        has_status && log.is_none_or(|log| log == entry.log)
    }
}

/// The path of the decision that `typed` names.
pub fn path_of(workspace: &Workspace, typed: &str, asked: &Asked) -> Result<String, OpError> {
    let decisions = Decisions::open(workspace, asked)?;
    decisions.find(typed).map(|(page, _)| page.path.cite_text())
}
