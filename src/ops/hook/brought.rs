//! Everything that a change brings, handed to redaction: the added lines of
//! every file, names, messages. A push is judged commit by commit: what one
//! commit adds and the next removes stays in the history.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::judged::{Lines, added, words};
use super::{Finding, Report};
use crate::git::{Entry, ExactChange, Repository, added_lines, is_binary};
use crate::ids::{BlobId, CommitId, TreeId};
use crate::inbox::{Learning, Place};
use crate::ops::OpError;
use crate::ops::redact::{Screen, screen};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// A push of more commits than this is judged as one change.
const MOST: usize = 1_000;

/// What was looked at so far.
pub(super) struct Brought<'a> {
    git: &'a Repository,
    screen: Screen,
    found: BTreeSet<Finding>,
    binary: BTreeSet<String>,
    notes: Vec<String>,
}

impl<'a> Brought<'a> {
    /// Of a repository; `None` where there is none.
    pub(super) fn to(workspace: &'a Workspace) -> Result<Option<Self>, OpError> {
        let Some(git) = workspace.repository() else { return Ok(None) };
        let (found, binary) = (BTreeSet::new(), BTreeSet::new());
        Ok(Some(Self { git, screen: screen(workspace)?, found, binary, notes: Vec::new() }))
    }

    /// What a reference brings that none of `known` has. `before` is what it,
    /// or the trunk, was.
    pub(super) fn reference(
        &mut self,
        [name, id]: [&str; 2],
        known: &[CommitId],
        before: Option<CommitId>,
    ) -> Result<(), OpError> {
        self.words("the name of a branch or a tag", name)?;
        if let Some(message) = self.git.tag_message(id)? {
            self.words("the message of a tag", &message)?;
        }
        let Ok(tip) = self.git.resolve(id) else {
            self.note(format!("'{name}' names no commit; redaction did not look at it"));
            return Ok(());
        };
        if known.is_empty() {
            // What a team has already is not this push's.
            self.note(format!(
                "'{name}' is the first that is pushed; redaction did not look at it"
            ));
            return Ok(());
        }
        let commits = self.git.commits_beyond(known, tip, MOST)?;
        if commits.len() > MOST {
            self.note(format!("'{name}' brings more than {MOST} commits; judged as one change"));
            let before = before.map(|it| self.git.commit(it)).transpose()?.map(|it| it.tree);
            return self.tree(before.as_slice(), self.git.commit(tip)?.tree);
        }
        for commit in commits {
            self.words("a commit's message", &self.git.commit_message(commit)?)?;
            let info = self.git.commit(commit)?;
            let parents: Result<Vec<TreeId>, OpError> =
                info.parents.iter().map(|it| Ok(self.git.commit(*it)?.tree)).collect();
            self.tree(&parents?, info.tree)?;
        }
        Ok(())
    }

    /// What a tree has that none of its parents has.
    pub(super) fn tree(&mut self, parents: &[TreeId], new: TreeId) -> Result<(), OpError> {
        let changes = self.git.exact_changes(parents.first().copied(), Some(new))?;
        let is_gone = |it: &&ExactChange| it.new.is_none();
        let gone: BTreeSet<BlobId> =
            changes.iter().filter(is_gone).filter_map(|it| it.old.as_ref()?.blob).collect();
        for change in &changes {
            let Some(blob) = change.new.as_ref().and_then(|it| it.blob) else { continue };
            let old = change.old.as_ref().and_then(|it| it.blob);
            let Some(others) = self.others(parents.get(1..).unwrap_or_default(), change, blob)?
            else {
                continue;
            };
            if old.is_none() {
                self.words("the name of a file", &change.path.text())?;
            }
            let is_moved = old.is_none() && gone.contains(&blob);
            if old != Some(blob) && !is_moved {
                self.file(new, &change.path, blob, old.into_iter().chain(others).collect())?;
            }
        }
        Ok(())
    }

    /// What stands at the path in further parents; `None` where one of them
    /// has the very same: then it is not new.
    fn others(
        &self,
        parents: &[TreeId],
        change: &ExactChange,
        blob: BlobId,
    ) -> Result<Option<Vec<BlobId>>, OpError> {
        let mut others = Vec::new();
        for parent in parents {
            match self.git.entry(*parent, &change.path)? {
                Some(Entry::File(other)) if other == blob => return Ok(None),
                Some(Entry::File(other)) => others.push(other),
                _ => {}
            }
        }
        Ok(Some(others))
    }

    /// The lines of a file that none of `olds` has.
    fn file(
        &mut self,
        tree: TreeId,
        path: &RepoPath,
        blob: BlobId,
        olds: Vec<BlobId>,
    ) -> Result<(), OpError> {
        let bytes = self.git.blob(blob)?;
        let name = path.text();
        if is_binary(&bytes) {
            self.binary.insert(name.into_owned());
            return Ok(());
        }
        let mut lines = added_lines(b"", &bytes)?;
        for old in olds {
            lines = common(&lines, &added_lines(&self.git.blob(old)?, &bytes)?);
        }
        if lines.is_empty() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes);
        let place = self.place(tree, path);
        self.found.extend(added(&self.screen, [&name, &place], &text, &lines)?);
        Ok(())
    }

    /// A learning says what may stand on the page that it is for.
    fn place(&self, tree: TreeId, path: &RepoPath) -> String {
        let target = || {
            let (id, _) = Place::of(path)?;
            let file = RepoPath::from_git(format!("inbox/{id}/learning.md"));
            let Entry::File(blob) = self.git.entry(tree, &file).ok()?? else { return None };
            let text = String::from_utf8(self.git.blob(blob).ok()?).ok()?;
            let learning = Learning::read(&text, &serde_json::Map::new()).ok()?;
            Some(learning.target.path.text().into_owned())
        };
        target().unwrap_or_else(|| path.text().into_owned())
    }

    fn words(&mut self, what: &str, text: &str) -> Result<(), OpError> {
        self.found.extend(words(&self.screen, what, text)?);
        Ok(())
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Adds it to what lint found; one line is told once.
    pub(super) fn report(mut self, lint: Vec<Finding>) -> Report {
        let is_told = |it: &Finding| {
            let same = |other: &Finding| (&other.path, other.line) == (&it.path, it.line);
            let inline = |other: &Finding| other.rule.ends_with("-inline");
            lint.iter().any(|other| inline(other) && same(other) && other.level <= it.level)
        };
        self.found.retain(|it| !is_told(it));
        if !self.binary.is_empty() {
            let first: Vec<&str> = self.binary.iter().take(3).map(String::as_str).collect();
            let more = if self.binary.len() > first.len() { ", \u{2026}" } else { "" };
            let files = crate::ops::counted(self.binary.len(), "binary file");
            let files = format!("redaction did not look at {files}: {}{more}", first.join(", "));
            self.notes.push(files);
        }
        Report { findings: lint.into_iter().chain(self.found).collect(), notes: self.notes }
    }
}

/// Lines that are in both.
fn common(one: &Lines, other: &Lines) -> Vec<RangeInclusive<u32>> {
    let both = |a: &RangeInclusive<u32>| {
        let a = a.clone();
        other.iter().map(move |b| *a.start().max(b.start())..=*a.end().min(b.end()))
    };
    one.iter().flat_map(both).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_merge_are_new_to_all_parents() {
        assert_eq!(common(&[1..=4, 8..=9], &[2..=2, 4..=8]), [2..=2, 4..=4, 8..=8]);
        assert!(common(&[1..=1], &[2..=2]).is_empty());
    }
}
