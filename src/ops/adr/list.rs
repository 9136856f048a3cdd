//! `adr list` and `adr log`: every decision, by number or by day.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::{Decisions, beside};
use super::entry::Entry;
use crate::adr::{AdrRecord, AdrRef};
use crate::corpus::RootKind;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace, WorkspaceError};

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

/// Lists decisions. Of their pages nothing else is read, and no other page:
/// a list is asked for often, and time grows with the number of decisions.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(List, Memory), OpError> {
    let memory = workspace.memory(&options.asked)?;
    let list = of(&memory, options)?;
    Ok((list, memory))
}

/// The same of a memory that is open already.
pub(in crate::ops) fn of(memory: &Memory, options: &Options) -> Result<List, OpError> {
    let logs = Logs::read(memory)?;
    let mut entries: Vec<Entry> = logs.entries().filter(|it| options.takes(it)).collect();
    if options.by_day {
        entries.sort_by(|a, b| (&a.date, a.number, &a.path).cmp(&(&b.date, b.number, &b.path)));
    }
    let revision = &memory.revision;
    Ok(List {
        schema: "prode.adr_list/v1".to_owned(),
        commit: revision.commit.map(|commit| commit.to_string()),
        worktree: revision.on_disk,
        total: logs.rows.len(),
        logs: logs.folders(memory).iter().map(|log| log.text().into_owned()).collect(),
        decisions: entries,
    })
}

/// One decision: where it stands, its log, what it says.
struct Row {
    path: RepoPath,
    log: RepoPath,
    record: AdrRecord,
}

/// Every decision of a revision.
struct Logs {
    /// Ordered by path.
    rows: Vec<Row>,
    /// Their places, ordered by log, number and path.
    by_number: Vec<usize>,
}

impl Logs {
    fn read(memory: &Memory) -> Result<Self, OpError> {
        let decisions = memory.snapshot.decisions().map_err(WorkspaceError::from)?.into_iter();
        let row = |(path, record)| Row { log: memory.roots().log_of(&path), path, record };
        let rows: Vec<Row> = decisions.map(row).collect();
        let mut by_number: Vec<usize> = (0..rows.len()).collect();
        by_number.sort_by_key(|&at| (&rows[at].log, rows[at].record.number));
        Ok(Self { rows, by_number })
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        self.by_number.iter().map(|&at| {
            let Row { path, log, record } = &self.rows[at];
            Entry::new(path, log, record, |named| self.resolve(&self.rows[at], named))
        })
    }

    /// Folders that settings or names make a log, and those that hold decisions. Ordered.
    fn folders(&self, memory: &Memory) -> BTreeSet<RepoPath> {
        let roots = memory.roots().all().into_iter().filter(|root| root.kind == RootKind::Adr);
        let own = self.rows.chunk_by(|a, b| a.log == b.log).map(|rows| &rows[0].log);
        roots.map(|root| &root.path).chain(own).cloned().collect()
    }

    /// The decision that `from` names: by its path, else the only one with its number.
    fn resolve(&self, from: &Row, named: &AdrRef) -> Option<&RepoPath> {
        let path = named.target.as_deref().and_then(|target| beside(&from.path, target));
        let at = path.and_then(|path| self.rows.binary_search_by(|row| row.path.cmp(&path)).ok());
        if let Some(at) = at {
            return Some(&self.rows[at].path);
        }
        let wanted = (&from.log, Some(named.number?));
        let key = |at: usize| (&self.rows[at].log, self.rows[at].record.number);
        let first = self.by_number.partition_point(|&at| key(at) < wanted);
        let mut same = self.by_number[first..].iter().take_while(|&&at| key(at) == wanted);
        let found = same.next()?;
        same.next().is_none().then_some(&self.rows[*found].path)
    }
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
