//! Where each decision was accepted first: followed back along what landed.
//!
//! One walk for all decisions. A file that came in a commit in which another
//! went is followed where both have most of their words in common; one that
//! came back is followed to where it went.

use std::collections::{HashMap, HashSet};

use super::is_decided;
use crate::adr::{AdrRecord, AdrStatus, similarity};
use crate::corpus::Page;
use crate::document::MAX_BYTES;
use crate::git::{Change, EntryKind, Landed, Repository, TreeFile};
use crate::ids::{BlobId, CommitId, TreeId};
use crate::ops::OpError;
use crate::repo_path::{RepoPath, is_markdown_name};

/// The share of words from which on a file is another one renamed.
const ALIKE: f64 = 0.4;

/// A decision as it was accepted.
#[derive(Debug, Clone)]
pub(super) struct Accepted {
    pub(super) commit: CommitId,
    /// What the file was called.
    pub(super) path: RepoPath,
    pub(super) blob: BlobId,
}

/// One decision on its way back.
struct Followed {
    /// What it is called in the newest tree.
    now: RepoPath,
    /// The earliest acceptance that was met.
    accepted: Option<Accepted>,
}

/// What landed, read backwards.
pub(super) struct Trail<'a> {
    repository: &'a Repository,
    line: &'a [Landed],
    /// Decisions as they are now.
    all: &'a [(&'a Page, &'a AdrRecord)],
    /// Their bytes, for those that must be read.
    bytes: &'a dyn Fn(&Page) -> Option<Vec<u8>>,
    /// Whether a file's content is a decision that was accepted.
    decided: HashMap<(RepoPath, BlobId), bool>,
}

impl<'a> Trail<'a> {
    /// The trail of `all` along `line`; what they say now is known and not read again.
    pub(super) fn new(
        repository: &'a Repository,
        line: &'a [Landed],
        all: &'a [(&'a Page, &'a AdrRecord)],
        bytes: &'a dyn Fn(&Page) -> Option<Vec<u8>>,
    ) -> Self {
        let known = all.iter().map(|(page, record)| {
            let decided = record.status.as_ref().is_some_and(AdrStatus::is_decided);
            ((page.path.clone(), page.blob), decided)
        });
        Self { repository, line, all, bytes, decided: known.collect() }
    }

    /// The first acceptance of each decision, by its name now.
    pub(super) fn follow(
        &mut self,
        newest: Landed,
    ) -> Result<HashMap<RepoPath, Accepted>, OpError> {
        let mut followed = self.start(newest)?;
        for at in 0..self.line.len() {
            let new = self.line[at];
            let old = self.line.get(at + 1).map(|landed| landed.tree);
            if followed.is_empty() || old == Some(new.tree) {
                continue;
            }
            self.step(&mut followed, new, old)?;
        }
        let found = followed.into_values().flatten();
        Ok(found.filter_map(|it| it.accepted.map(|accepted| (it.now, accepted))).collect())
    }

    /// Decisions by what they are called in the newest tree that landed.
    fn start(&self, newest: Landed) -> Result<HashMap<RepoPath, Vec<Followed>>, OpError> {
        let names: HashSet<&RepoPath> = self.all.iter().map(|(page, _)| &page.path).collect();
        let mut wanted =
            |path: &[u8], kind: EntryKind| kind == EntryKind::Folder || is_markdown_name(path);
        let there = self.repository.files(newest.tree, &mut wanted)?;
        let known: HashSet<&RepoPath> = there.iter().map(|file| &file.path).collect();
        let gone = there.iter().filter(|file| !names.contains(&file.path));
        let gone: Vec<_> = gone.map(|file| (file.path.clone(), file.blob)).collect();
        let mut followed: HashMap<RepoPath, Vec<Followed>> = HashMap::new();
        for &(it, _) in self.all {
            let before = if known.contains(&it.path) {
                Some(it.path.clone())
            } else {
                self.most_alike(it, &gone)?
            };
            let Some(before) = before else { continue };
            let now = it.path.clone();
            followed.entry(before).or_default().push(Followed { now, accepted: None });
        }
        Ok(followed)
    }

    /// One commit back: what changed in it was so from it on.
    fn step(
        &mut self,
        followed: &mut HashMap<RepoPath, Vec<Followed>>,
        new: Landed,
        old: Option<TreeId>,
    ) -> Result<(), OpError> {
        let changes = self.changes(followed, new.tree, old)?;
        let touched: Vec<&Change> =
            changes.iter().filter(|change| followed.contains_key(&change.path)).collect();
        let came = touched.iter().any(|change| change.old.is_none());
        let gone = if came { self.gone(new.tree, old)? } else { Vec::new() };
        for change in touched {
            let Some(mut here) = followed.remove(&change.path) else { continue };
            let Some(blob) = change.new else {
                // It went in this commit, and came back later.
                followed.entry(change.path.clone()).or_default().extend(here);
                continue;
            };
            if self.is_decided(&change.path, blob)? {
                for it in &mut here {
                    let (commit, path) = (new.commit, change.path.clone());
                    it.accepted = Some(Accepted { commit, path, blob });
                }
            }
            let before = match change.old {
                Some(_) => change.path.clone(),
                None => self.renamed(&change.path, blob, &gone)?.unwrap_or(change.path.clone()),
            };
            followed.entry(before).or_default().extend(here);
        }
        Ok(())
    }

    /// Changes of the folders that hold what is followed.
    fn changes(
        &self,
        followed: &HashMap<RepoPath, Vec<Followed>>,
        new: TreeId,
        old: Option<TreeId>,
    ) -> Result<Vec<Change>, OpError> {
        let mut folders: HashSet<Vec<u8>> = HashSet::new();
        for path in followed.keys() {
            let mut folder = path.parent();
            while !folder.is_root() && folders.insert(folder.as_bytes().to_vec()) {
                folder = folder.parent();
            }
        }
        let mut wanted = |path: &[u8], kind: EntryKind| match kind {
            EntryKind::Folder => folders.contains(path),
            EntryKind::File => is_markdown_name(path),
        };
        if let Some(old) = old {
            return Ok(self.repository.changes(old, new, &mut wanted)?);
        }
        let files = self.repository.files(new, &mut wanted)?.into_iter();
        let came = |it: TreeFile| Change { path: it.path, old: None, new: Some(it.blob) };
        Ok(files.map(came).collect())
    }

    /// Pages that went in a commit, wherever they stood.
    fn gone(&self, new: TreeId, old: Option<TreeId>) -> Result<Vec<(RepoPath, BlobId)>, OpError> {
        let Some(old) = old else { return Ok(Vec::new()) };
        let mut wanted =
            |path: &[u8], kind: EntryKind| kind == EntryKind::Folder || is_markdown_name(path);
        let changes = self.repository.changes(old, new, &mut wanted)?;
        let gone = changes.into_iter().filter(|change| change.new.is_none());
        Ok(gone.filter_map(|change| Some((change.path, change.old?))).collect())
    }

    fn renamed(
        &self,
        path: &RepoPath,
        blob: BlobId,
        gone: &[(RepoPath, BlobId)],
    ) -> Result<Option<RepoPath>, OpError> {
        if let Some((same, _)) = gone.iter().find(|(_, old)| *old == blob) {
            return Ok(Some(same.clone()));
        }
        if gone.is_empty() {
            return Ok(None);
        }
        match self.text(blob)? {
            Some(text) => self.nearest(path, &text, gone),
            None => Ok(None),
        }
    }

    /// The file of the newest tree that a decision of the work tree was.
    fn most_alike(
        &self,
        it: &Page,
        gone: &[(RepoPath, BlobId)],
    ) -> Result<Option<RepoPath>, OpError> {
        if let Some((same, _)) = gone.iter().find(|(_, old)| *old == it.blob) {
            return Ok(Some(same.clone()));
        }
        if gone.is_empty() {
            return Ok(None);
        }
        match (self.bytes)(it) {
            Some(bytes) => self.nearest(&it.path, &bytes, gone),
            None => Ok(None),
        }
    }

    fn nearest(
        &self,
        path: &RepoPath,
        text: &[u8],
        gone: &[(RepoPath, BlobId)],
    ) -> Result<Option<RepoPath>, OpError> {
        let mut best: Option<(f64, &RepoPath)> = None;
        for candidate in gone {
            let Some(old) = self.text(candidate.1)? else { continue };
            let share = similarity((path, text), (&candidate.0, &old));
            if share >= ALIKE && best.is_none_or(|(other, _)| share > other) {
                best = Some((share, &candidate.0));
            }
        }
        Ok(best.map(|(_, found)| found.clone()))
    }

    fn is_decided(&mut self, path: &RepoPath, blob: BlobId) -> Result<bool, OpError> {
        let key = (path.clone(), blob);
        if let Some(known) = self.decided.get(&key) {
            return Ok(*known);
        }
        let decided = self.text(blob)?.is_some_and(|text| is_decided(path, &text));
        self.decided.insert(key, decided);
        Ok(decided)
    }

    /// A file's content; `None` where it is too large to be a decision.
    fn text(&self, blob: BlobId) -> Result<Option<Vec<u8>>, OpError> {
        if self.repository.blob_size(blob)? > MAX_BYTES {
            return Ok(None);
        }
        Ok(Some(self.repository.blob(blob)?))
    }
}
