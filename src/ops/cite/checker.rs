//! Holds one citation after the other against one revision.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;

use super::cited::{At, Cited, Commits, Refused, no_section, section};
use super::renames::Trail;
use super::{Check, Now, State};
use crate::corpus::{Facts, Heading, Page};
use crate::ids::BlobId;
use crate::ops::compare;
use crate::ops::error::OpError;
use crate::ops::hit::successor;
use crate::ops::show::cut;
use crate::repo_path::RepoPath;
use crate::workspace::{Memory, ReadPage, Workspace};

/// What was learnt for earlier citations.
pub(super) struct Checker<'a> {
    workspace: &'a Workspace,
    memory: &'a Memory,
    commits: Commits,
    trail: Option<Trail<'a>>,
    by_blob: Option<HashMap<BlobId, RepoPath>>,
}

/// What was found so far about one citation.
struct Finding {
    states: Vec<State>,
    messages: Vec<String>,
}

impl Finding {
    fn add(&mut self, state: State, message: impl Into<String>) {
        self.states.push(state);
        self.messages.push(message.into());
    }
}

impl<'a> Checker<'a> {
    pub(super) fn new(workspace: &'a Workspace, memory: &'a Memory) -> Self {
        let trail = workspace.repository().map(|it| Trail::new(it, memory.revision.commit));
        Self { workspace, memory, commits: Commits::new(), trail, by_blob: None }
    }

    pub(super) fn check(&mut self, typed: &str) -> Result<Check, OpError> {
        match Cited::read(self.workspace, &mut self.commits, typed) {
            Err(refused) => Ok(refused.check(typed)),
            Ok(cited) => self.held(typed, &cited),
        }
    }

    fn held(&mut self, typed: &str, cited: &Cited) -> Result<Check, OpError> {
        let mut finding = Finding { states: Vec::new(), messages: Vec::new() };
        let now = if let Some(read) = self.page(cited)? {
            self.compared(cited, &read, &mut finding)?
        } else {
            finding.add(State::Missing, "no such page is there, and none has its text");
            None
        };
        if finding.states.is_empty() {
            let message = match cited.at {
                Some(_) => "the same text is there",
                None => "it is there; no commit is named to compare its text with",
            };
            finding.add(State::Ok, message);
        }
        finding.states.sort_unstable();
        finding.states.dedup();
        Ok(Check {
            citation: typed.to_owned(),
            state: finding.states[0],
            states: finding.states,
            memory: None,
            path: Some(cited.path.text().into_owned()),
            anchor: cited.anchor.clone(),
            commit: cited.at.as_ref().map(|at| at.commit.to_string()),
            now,
            message: finding.messages.join("; "),
        })
    }

    /// The cited page as it is now, under whatever name.
    fn page(&mut self, cited: &Cited) -> Result<Option<ReadPage>, OpError> {
        if let Some(read) = self.workspace.page_at(self.memory, &cited.path)? {
            return Ok(Some(read));
        }
        let Some(at) = &cited.at else { return Ok(None) };
        let followed = match &mut self.trail {
            Some(trail) => trail.follow(&cited.path, at.tree)?,
            None => None,
        };
        if let Some(path) = followed.filter(|path| *path != cited.path)
            && let Some(read) = self.workspace.page_at(self.memory, &path)?
        {
            return Ok(Some(read));
        }
        match self.same_content(at.read.page.blob)? {
            Some(path) => Ok(self.workspace.page_at(self.memory, &path)?),
            None => Ok(None),
        }
    }

    fn same_content(&mut self, blob: BlobId) -> Result<Option<RepoPath>, OpError> {
        if self.by_blob.is_none() {
            let mut paths = HashMap::new();
            self.memory.snapshot.each_below(&RepoPath::root(), &mut |_, key| {
                paths.entry(key.blob).or_insert(key.path);
                ControlFlow::Continue(())
            })?;
            self.by_blob = Some(paths);
        }
        Ok(self.by_blob.as_ref().and_then(|pages| pages.get(&blob)).cloned())
    }

    fn compared(
        &self,
        cited: &Cited,
        read: &ReadPage,
        finding: &mut Finding,
    ) -> Result<Option<Now>, OpError> {
        let page = &read.page;
        if page.path != cited.path {
            finding.add(State::Moved, format!("the page is now {}", page.path.cite_text()));
        }
        let place = match (&cited.anchor, &cited.at) {
            (None, Some(at)) => {
                whole(at, read, finding);
                Some(None)
            }
            (None, None) => Some(None),
            (Some(anchor), Some(at)) => part(at, read, anchor, finding).map(Some),
            (Some(anchor), None) => section(page, anchor).map(Some),
        };
        let Some(place) = place else {
            finding.states.clear();
            let anchor = cited.anchor.as_deref().unwrap_or_default();
            finding.add(State::Missing, no_section(page, anchor));
            return Ok(None);
        };
        let facts = self.memory.facts(page);
        let newer = successor(self.memory, page, &facts)?;
        labels(&facts, newer.as_deref(), finding);
        Ok(Some(self.now(page, place, newer)))
    }

    fn now(&self, page: &Page, place: Option<usize>, superseded_by: Option<String>) -> Now {
        let heading = place.and_then(|at| page.headings.get(at));
        let anchor = heading.map(|it| it.anchor.clone()).unwrap_or_default();
        let last = page.headings.last().map_or(1, |it| it.lines[1]);
        Now {
            cite: self.memory.cite(page, &anchor),
            path: page.path.text().into_owned(),
            anchor,
            lines: heading.map_or([1, last], |it| it.lines),
            blob: page.blob.to_string(),
            superseded_by,
        }
    }
}

/// A whole page: the same content, or how it differs.
fn whole(at: &At, read: &ReadPage, finding: &mut Finding) {
    if at.read.page.blob == read.page.blob {
        return;
    }
    match (&at.read.bytes, &read.bytes) {
        (Some(old), Some(new)) => compare_text(old, new, 1, finding),
        _ => finding.add(State::Changed, "the file has other content, and is too large to be read"),
    }
}

/// A section: under its anchor, else wherever its text stands on the page.
fn part(at: &At, read: &ReadPage, anchor: &str, finding: &mut Finding) -> Option<usize> {
    let page = &read.page;
    let here = section(page, anchor);
    if at.read.page.blob == page.blob {
        return at.section;
    }
    let (Some(old_bytes), Some(new_bytes)) = (&at.read.bytes, &read.bytes) else { return here };
    let old_heading = at.section.and_then(|section| at.read.page.headings.get(section))?;
    let old = cut(old_bytes, old_heading);
    let text = |heading: &Heading| cut(new_bytes, heading);
    if let Some(place) = here.filter(|&place| compare::is_same(old, text(&page.headings[place]))) {
        return Some(place);
    }
    let body = behind_heading(old);
    let is_it = |heading: &Heading| compare::is_same(body, behind_heading(text(heading)));
    let elsewhere = page.headings.iter().position(|it| it.level > 0 && is_it(it));
    if let Some(place) = elsewhere.filter(|_| !body.trim_ascii().is_empty()) {
        let heading = &page.headings[place];
        if Some(place) != here {
            finding.add(State::Moved, format!("the section is now #{}", heading.anchor));
        }
        return Some(place);
    }
    let place = here?;
    let heading = &page.headings[place];
    compare_text(old, text(heading), heading.lines[0], finding);
    Some(place)
}

/// A section's text without the line of its heading.
fn behind_heading(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|&byte| byte == b'\n').map_or(text.len(), |at| at + 1);
    &text[end..]
}

/// Longest line that a message repeats, in characters.
const MAX_LINE: usize = 100;

fn compare_text(old: &[u8], new: &[u8], first_line: u32, finding: &mut Finding) {
    if compare::is_same(old, new) {
        return;
    }
    let change = compare::change(old, new);
    let lines = if change.added == 1 { "line" } else { "lines" };
    let mut message = format!("{} {lines} added, {} removed", change.added, change.removed);
    if let Some((at, text)) = change.first {
        let text: String = text.trim().chars().take(MAX_LINE).collect();
        let line = first_line.saturating_add(at);
        let _ = write!(message, "; line {line} now reads '{text}'");
    }
    finding.add(State::Changed, message);
}

/// What a reader must know of a page besides its text.
fn labels(facts: &Facts, newer: Option<&str>, finding: &mut Finding) {
    match newer {
        Some(newer) => finding.add(State::Superseded, format!("replaced by {newer}")),
        None if facts.status == "superseded" => {
            finding.add(State::Superseded, "replaced; the page does not say by what");
        }
        None => {}
    }
    if facts.archived {
        finding.add(State::Stale, "the page is archived");
    } else if facts.stale {
        let due = facts.due.map(|day| format!(" since {day}")).unwrap_or_default();
        finding.add(State::Stale, format!("its review is overdue{due}"));
    }
}

impl Refused {
    pub(super) fn check(self, typed: &str) -> Check {
        Check {
            citation: typed.to_owned(),
            state: self.state,
            states: vec![self.state],
            memory: None,
            path: self.path.map(|path| path.text().into_owned()),
            anchor: self.anchor,
            commit: self.commit.map(|commit| commit.to_string()),
            now: None,
            message: self.message,
        }
    }
}
