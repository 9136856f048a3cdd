//! The built-in specialist `release`: what changed in this repository, and when.
//!
//! Reads commits and tags by their times and first lines; no file and no diff
//! of the code is opened, so that it may be asked before the gate. It speaks
//! for no explanation: that something was changed says nothing of what it did.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::crew::{Crew, Reply};
use crate::git::{CommitInfo, GitError, Repository};
use crate::ids::CommitId;
use crate::triage::evidence::How;
use crate::triage::inventory::{Inventory, Sort, Tool};
use crate::triage::output::{Absence, FindingKind};
use crate::triage::output::{AskedQuery, GivenFinding, GivenReceipt, Output, QueryResult, Request};
use crate::triage::trace::Context;
use crate::triage::window::Window;
use crate::workspace::Workspace;

/// The specialist's name.
const NAME: &str = "release";

/// Commits of the trunk that are looked at, from the newest on.
const MOST_COMMITS: usize = 5_000;

/// Changes that are told.
const MOST_TOLD: usize = 10;

/// The history of the trunk.
pub(super) struct History<'a> {
    repository: Option<&'a Repository>,
    trunk: Option<(String, CommitId)>,
    now: Timestamp,
}

impl<'a> History<'a> {
    /// Of the workspace's trunk.
    pub(super) fn of(workspace: &'a Workspace, now: Timestamp) -> Self {
        let trunk = workspace.trunk().ok().flatten();
        let trunk = trunk.and_then(|it| Some((it.name.clone(), it.commit?)));
        Self { repository: workspace.repository(), trunk, now }
    }
}

impl Crew for History<'_> {
    fn inventory(&mut self) -> Inventory {
        let missing = self.trunk.is_none().then(|| "there is no trunk with a commit".to_owned());
        Inventory::of(vec![Tool {
            name: NAME.to_owned(),
            sort: Sort::BuiltIn,
            answered: missing.is_none(),
            identity: self.trunk.as_ref().map(|(name, _)| format!("trunk {name}")),
            read_only: Some("reads commits and tags, and opens no file".to_owned()),
            blocked: missing,
            chosen: true,
        }])
    }

    fn ask(&mut self, request: &Request, _: Option<&Context>) -> Reply {
        let (Some(repository), Some((trunk, tip))) = (self.repository, &self.trunk) else {
            let why = "there is no trunk with a commit".to_owned();
            return Reply::Nothing { absence: Absence::NotSearched, why };
        };
        match answer(repository, trunk, *tip, request, self.now) {
            Ok(output) => Reply::Said {
                text: serde_json::to_string(&output).unwrap_or_default(),
                how: How::Captured,
            },
            Err(error) => Reply::Nothing { absence: Absence::Error, why: error.to_string() },
        }
    }
}

/// A commit or tag of the window.
struct Change {
    what: String,
    at: Timestamp,
}

fn answer(
    repository: &Repository,
    trunk: &str,
    tip: CommitId,
    request: &Request,
    now: Timestamp,
) -> Result<Output, GitError> {
    let window = request.window;
    let (landed, oldest) = landed(repository, tip, &window)?;
    let tags = tags(repository, &window)?;
    let commits = landed.iter().map(told).collect();
    let queries = [(format!("commits of {trunk}"), commits), ("tags".to_owned(), tags)];
    let mut output = Output::to(&request.question);
    for (number, (query, changes)) in queries.into_iter().enumerate() {
        let covered = oldest.map(|from| Window { from, until: window.until.max(from) });
        let result = if changes.is_empty() { QueryResult::Empty } else { QueryResult::Found };
        output.queries.push(AskedQuery {
            source: "git".to_owned(),
            query: query.clone(),
            parameters: BTreeMap::new(),
            window,
            result,
            covered,
            would_refute: Vec::new(),
        });
        output.findings.extend(finding(number, &query, &changes, &window, now));
    }
    Ok(output)
}

/// Commits of the window on the trunk's first-parent line, newest first; and
/// the oldest time that is known, where history was cut before the window.
fn landed(
    repository: &Repository,
    tip: CommitId,
    window: &Window,
) -> Result<(Vec<CommitInfo>, Option<Timestamp>), GitError> {
    let (mut found, mut next, mut oldest) = (Vec::new(), Some(tip), None);
    for _ in 0..MOST_COMMITS {
        let Some(commit) = next else { break };
        let info = repository.commit(commit)?;
        if info.time < window.from {
            return Ok((found, None));
        }
        next = info.parents.first().copied();
        oldest = Some(info.time);
        if window.holds(info.time) {
            found.push(info);
        }
    }
    let is_cut = repository.is_shallow() || next.is_some();
    Ok((found, oldest.filter(|_| is_cut)))
}

fn tags(repository: &Repository, window: &Window) -> Result<Vec<Change>, GitError> {
    let mut tags = Vec::new();
    for (name, commit) in repository.refs_below("refs/tags/")? {
        let info = repository.commit(commit)?;
        if window.holds(info.time) {
            let name = name.trim_start_matches("refs/tags/");
            let what = format!("{name} {}: {}", commit.short(12), info.summary);
            tags.push(Change { what, at: info.time });
        }
    }
    tags.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.what.cmp(&b.what)));
    Ok(tags)
}

fn told(info: &CommitInfo) -> Change {
    Change { what: format!("{} {}", info.id.short(12), info.summary), at: info.time }
}

/// One finding for all changes of a query: when the last one was, and which.
fn finding(
    number: usize,
    query: &str,
    changes: &[Change],
    window: &Window,
    now: Timestamp,
) -> Option<GivenFinding> {
    let newest = changes.first()?;
    let count = changes.len();
    let claim = format!("{count} {query} in the window, the last at {}", newest.at);
    let lines = changes.iter().take(MOST_TOLD).map(|it| format!("{} {}", it.at, it.what));
    let mut lines: Vec<String> = lines.collect();
    if count > MOST_TOLD {
        lines.push(format!("and {} more", count - MOST_TOLD));
    }
    Some(GivenFinding {
        id: format!("C{}", number + 1),
        claim,
        kind: FindingKind::Change,
        supports: Vec::new(),
        refutes: Vec::new(),
        receipts: vec![GivenReceipt {
            source: "git".to_owned(),
            query: query.to_owned(),
            window: *window,
            at: now,
            excerpt: lines.join("\n"),
            link: None,
        }],
        observed_at: newest.at,
    })
}
