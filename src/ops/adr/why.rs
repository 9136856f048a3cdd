//! `adr why`: which decisions govern a file, or one of its lines.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decisions::Decisions;
use super::entry::Entry;
use crate::adr::{By, Renumbering, digits};
use crate::git::glob_names;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

/// Commits of a file that are looked at.
const MOST_COMMITS: usize = 500;

/// Why a decision is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// `mention`, `source` or `commit`.
    pub kind: String,
    /// The mention's line, the glob, or the commit.
    pub detail: String,
}

/// One decision and why it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Governing {
    /// The decision.
    pub decision: Entry,
    /// At least one.
    pub why: Vec<Reason>,
}

/// Decisions that govern a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// `prode.adr_why/v1`.
    pub schema: String,
    /// The file.
    pub path: String,
    /// The line asked about; null for the whole file.
    pub line: Option<u32>,
    /// The decisions, those with most reasons first.
    pub decisions: Vec<Governing>,
}

/// Looks for `PATH` or `PATH:LINE`, from the top folder.
pub fn run(workspace: &Workspace, typed: &str) -> Result<Why, OpError> {
    let (text, line) = match typed.rsplit_once(':') {
        Some((path, line)) if line.parse::<u32>().is_ok() => (path, line.parse().ok()),
        _ => (typed, None),
    };
    let missing = |message: String| OpError::NotFound {
        message,
        hint: "name a file from the top folder: src/main.rs or src/main.rs:12".to_owned(),
    };
    let path = RepoPath::new(text).map_err(|error| missing(error.to_string()))?;
    let decisions = Decisions::open(workspace, &Asked::WorkTree)?;
    let read = decisions.workspace.page_at(&decisions.memory, &path)?;
    let bytes = read.ok_or_else(|| missing(format!("'{path}' does not exist")))?.bytes;
    let text = String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned();
    let mut found: BTreeMap<RepoPath, Vec<Reason>> = BTreeMap::new();
    mentions(&decisions, &text, line, &mut found);
    sources(&decisions, &path, &mut found);
    commits(&decisions, &path, line, &mut found)?;
    found.remove(&path);
    let governing = |(path, why): (RepoPath, Vec<Reason>)| {
        let page = decisions.catalogue.page(&path)?;
        Some(Governing { decision: decisions.entry(page, page.adr.as_ref()?), why })
    };
    let mut all: Vec<Governing> = found.into_iter().filter_map(governing).collect();
    all.sort_by_key(|it| std::cmp::Reverse(it.why.len()));
    let schema = "prode.adr_why/v1".to_owned();
    Ok(Why { schema, path: path.text().into_owned(), line, decisions: all })
}

type Reasons = BTreeMap<RepoPath, Vec<Reason>>;

fn add(found: &mut Reasons, path: &RepoPath, kind: &str, detail: String) {
    let reason = Reason { kind: kind.to_owned(), detail };
    let reasons = found.entry(path.clone()).or_default();
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}

/// Where the file names a decision; a line's own mentions, or all.
fn mentions(decisions: &Decisions<'_>, text: &str, line: Option<u32>, found: &mut Reasons) {
    let all = decisions.all();
    let paths: Vec<RepoPath> = all.iter().map(|(page, _)| page.path.clone()).collect();
    let width = digits(&paths);
    for (page, record) in all {
        let Some(number) = record.number else { continue };
        let is_alone = decisions.catalogue.decisions(number, None).len() == 1;
        let Some(names) = Renumbering::new(&page.path, number, number, width) else { continue };
        for place in names.places(text, false) {
            let at = text[..place.range.start].matches('\n').count() + 1;
            let is_asked = line.is_none_or(|line| usize::try_from(line) == Ok(at));
            if is_asked && (is_alone || place.by != By::Number) && place.by != By::Key {
                add(found, &page.path, "mention", format!("line {at}"));
            }
        }
    }
}

/// Decisions whose `sources` name the file.
fn sources(decisions: &Decisions<'_>, path: &RepoPath, found: &mut Reasons) {
    for (page, _) in decisions.all() {
        let own = page.front.sources.iter().filter(|source| source.repo.is_none());
        for source in own.filter(|source| glob_names(&source.path, path)) {
            add(found, &page.path, "source", source.path.clone());
        }
    }
}

/// Decisions that changed in a commit that wrote the file or the line.
fn commits(
    decisions: &Decisions<'_>,
    path: &RepoPath,
    line: Option<u32>,
    found: &mut Reasons,
) -> Result<(), OpError> {
    let Some(repository) = decisions.workspace.repository() else { return Ok(()) };
    let Some(newest) = decisions.memory.revision.commit else { return Ok(()) };
    let line = line.and_then(|line| usize::try_from(line).ok());
    let commits = repository.authors_of(path, line, newest)?;
    for commit in commits.into_iter().take(MOST_COMMITS) {
        for log in decisions.logs() {
            for changed in repository.changed_below(commit, &log)? {
                let page = decisions.catalogue.page(&changed);
                if page.is_some_and(|page| page.adr.is_some()) {
                    add(found, &changed, "commit", commit.short(10));
                }
            }
        }
    }
    Ok(())
}
