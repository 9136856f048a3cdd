//! Who changed public pages: one walk of the history for all of them.
//!
//! Cheaper than what `log` does for one page: no text is read. A rename is followed where
//! the commit left the content as it was; lines that came and went are not counted.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::corpus::{Catalogue, Page};
use crate::git::{GitError, History, PathId, Repository};
use crate::ids::{BlobId, CommitId};
use crate::ops::OpError;
use crate::ops::log::{Change, Commit, Entry};
use crate::repo_path::RepoPath;
use crate::workspace::{Memory, Workspace};

/// Entries of one page.
const LONGEST: usize = 200;
/// Changes that are told of all pages.
const LATEST: usize = 50;

/// A change of a public page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    /// The page.
    pub path: String,
    /// The commit that changed it.
    pub commit: Commit,
}

/// The history of one page.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// The newest first.
    pub(super) entries: Vec<Entry>,
    /// True if there are older ones.
    pub(super) more: bool,
    /// A commit that holds the page as it is now: the last one that changed it.
    pub(super) held_by: Option<CommitId>,
}

/// The history of the answer's commit.
pub(super) struct Walk<'a> {
    repository: &'a Repository,
    history: Arc<History>,
    /// By a step's place: what it took away, by content.
    gone: RefCell<HashMap<usize, HashMap<BlobId, PathId>>>,
    commits: RefCell<HashMap<usize, Commit>>,
}

impl<'a> Walk<'a> {
    pub(super) fn of(
        workspace: &'a Workspace,
        memory: &Memory,
        told: &dyn Fn(usize, usize),
    ) -> Result<Self, OpError> {
        let Some(repository) = workspace.repository() else {
            let folder = workspace.folder().unwrap_or(std::path::Path::new("."));
            return Err(GitError::NoRepository(folder.to_owned()).into());
        };
        let history = match memory.revision.commit {
            Some(commit) => workspace.history(commit, told)?,
            None => Arc::default(),
        };
        let (gone, commits) = (RefCell::default(), RefCell::default());
        Ok(Self { repository, history, gone, commits })
    }

    /// The history of a page.
    pub(super) fn past(&self, page: &Page) -> Result<Past, OpError> {
        let mut past = Past::default();
        let mut at = self.history.path_id(&page.path).map(|id| (id, 0));
        while let Some((path, from)) = at.take() {
            for &step in self.history.touching(path).iter().filter(|step| **step >= from) {
                let Some(change) = self.history.change(step, path) else { continue };
                let Some(blob) = change.new else { continue };
                if past.held_by.is_none() && blob == page.blob {
                    past.held_by = Some(self.history.steps[step].id);
                }
                let before = change.old.is_none().then(|| self.went_from(step, blob));
                past.entries.push(self.entry(step, path, before.flatten())?);
                if past.entries.len() == LONGEST {
                    past.more = true;
                    return Ok(past);
                }
                if let Some(before) = before {
                    at = before.map(|before| (before, step + 1));
                    break;
                }
            }
        }
        Ok(past)
    }

    /// What a step took away whose content is that of a file it brought.
    fn went_from(&self, step: usize, blob: BlobId) -> Option<PathId> {
        let mut gone = self.gone.borrow_mut();
        let gone = gone.entry(step).or_insert_with(|| {
            let all = self.history.changes(step).iter().filter(|it| it.new.is_none());
            let all = all.filter(|it| self.history.path(it.path).is_markdown());
            // Of several the first by path.
            all.rev().filter_map(|it| Some((it.old?, it.path))).collect()
        });
        gone.get(&blob).copied()
    }

    fn entry(&self, step: usize, path: PathId, before: Option<PathId>) -> Result<Entry, OpError> {
        let is_new = self.history.change(step, path).is_some_and(|it| it.old.is_none());
        let change = match (before, is_new) {
            (Some(_), _) => Change::Moved,
            (None, true) => Change::Added,
            _ if self.history.steps[step].parents.len() > 1 => Change::Merged,
            _ => Change::Changed,
        };
        let text = |path: PathId| self.history.path(path).text().into_owned();
        Ok(Entry {
            commit: Some(self.commit(step)?),
            change,
            path: text(path),
            anchor: String::new(),
            previous_path: before.map(text),
            previous_anchor: None,
            added: None,
            removed: None,
        })
    }

    fn commit(&self, step: usize) -> Result<Commit, OpError> {
        if let Some(known) = self.commits.borrow().get(&step) {
            return Ok(known.clone());
        }
        let commit = Commit::of(self.repository, self.history.steps[step].id)?;
        self.commits.borrow_mut().insert(step, commit.clone());
        Ok(commit)
    }

    /// The last change of each public page, the newest first, as many as are told.
    pub(super) fn latest(
        &self,
        catalogue: &Catalogue,
        public: &BTreeSet<&RepoPath>,
    ) -> Result<Vec<Latest>, OpError> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        for step in 0..self.history.steps.len() {
            for change in self.history.changes(step).iter().filter(|it| it.new.is_some()) {
                if found.len() == LATEST {
                    return Ok(found);
                }
                let path = self.history.path(change.path);
                let is_told = public.contains(path) && seen.insert(change.path);
                if is_told && catalogue.page(path).is_some() {
                    let commit = self.commit(step)?;
                    found.push(Latest { path: path.text().into_owned(), commit });
                }
            }
        }
        Ok(found)
    }

    /// What the reader should know, of the memory and of a history that is not all here.
    pub(super) fn notes(&self, memory: &Memory) -> Vec<String> {
        let mut notes = memory.notes();
        if self.history.is_cut {
            notes.push(
                "the history here is cut off, so that pages say less of who changed them; \
                 fetch it: git fetch --unshallow"
                    .to_owned(),
            );
        }
        if self.history.gaps > 0 {
            notes.push(format!(
                "what {} changed is not in this partial clone; fetch it: git fetch --refetch \
                 --no-filter",
                crate::ops::counted(self.history.gaps, "commit")
            ));
        }
        notes
    }
}
