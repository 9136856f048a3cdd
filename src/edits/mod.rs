//! Changes of several files of a work tree: all of them, or none.
//!
//! New contents are written beside their places and synced, a journal says
//! what shall be renamed, and only then names change. Whoever is killed leaves
//! the old files or a journal; [`Edits::recover`] ends what a journal began.
//! A file that somebody else changed since it was read is never overwritten.
//! What to write, and why, is decided elsewhere.

mod error;
mod journal;
mod place;
mod turn;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::repo_path::RepoPath;

pub use error::EditError;
use journal::{Journal, Lock, Step};
use place::Place;
pub use turn::Turn;

/// One file as it was read and as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// From the top of the work tree.
    pub path: RepoPath,
    /// Its bytes when the change was worked out; `None` if it was not there.
    pub before: Option<Vec<u8>>,
    /// Its bytes from now on; `None` if it goes.
    pub after: Option<Vec<u8>>,
}

/// What an interrupted change came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// It had not been decided: every file is as it was.
    TakenBack,
    /// It had been decided: these files, in the order of the change, are new.
    Finished(Vec<RepoPath>),
}

/// The files of one work tree, ready to be changed.
#[derive(Debug, Clone)]
pub struct Edits {
    top: PathBuf,
    folder: PathBuf,
}

impl Edits {
    /// Files below `top`; the journal lies in `folder`, which is made where it
    /// is missing and must be on a disk that keeps what is synced.
    pub fn new(top: PathBuf, folder: PathBuf) -> Self {
        Self { top, folder }
    }

    /// True if a change was interrupted and waits for [`Edits::recover`].
    pub fn is_interrupted(&self) -> bool {
        Journal::is_there(&self.folder)
    }

    /// Makes every change, or none. Ends an interrupted change first. Refused
    /// where a file is no longer as it was read, or is not a regular file.
    pub fn apply(&self, changes: &[FileChange]) -> Result<(), EditError> {
        self.apply_until(changes, &mut |_| true)
    }

    /// The same, where some new files are old ones under another path: they
    /// keep the permissions of these. `moved` holds old and new paths.
    pub fn apply_moving<'a>(
        &self,
        changes: &[FileChange],
        moved: impl Iterator<Item = (&'a RepoPath, &'a RepoPath)>,
    ) -> Result<(), EditError> {
        let origins = moved.map(|(old, new)| (new, old)).collect();
        self.apply_from(changes, &origins, &mut |_| true)
    }

    /// Gives a file or folder a name that is the same for a disk that ignores
    /// case. One call of the system: it happened or it did not.
    pub fn respell(&self, old: &RepoPath, new: &RepoPath) -> Result<(), EditError> {
        let _lock = Lock::take(&self.folder)?;
        Place::of(&self.top, old)?.rename_to(&Place::of(&self.top, new)?)
    }

    /// Ends a change that was interrupted; `None` if there is none.
    pub fn recover(&self) -> Result<Option<Recovery>, EditError> {
        let lock = Lock::take(&self.folder)?;
        self.end_interrupted(&lock)
    }

    /// `goes_on` is asked before each step that leaves a trace on the disk;
    /// where it says no, everything stays as a killed process would leave it.
    fn apply_until(
        &self,
        changes: &[FileChange],
        goes_on: &mut dyn FnMut(Step) -> bool,
    ) -> Result<(), EditError> {
        self.apply_from(changes, &BTreeMap::new(), goes_on)
    }

    fn apply_from(
        &self,
        changes: &[FileChange],
        origins: &BTreeMap<&RepoPath, &RepoPath>,
        goes_on: &mut dyn FnMut(Step) -> bool,
    ) -> Result<(), EditError> {
        let lock = Lock::take(&self.folder)?;
        self.end_interrupted(&lock)?;
        let place = |path: &RepoPath| match origins.get(path) {
            Some(origin) => Ok(Place::of(&self.top, path)?.like(Place::of(&self.top, origin)?)),
            None => Place::of(&self.top, path),
        };
        let places: Vec<Place> =
            changes.iter().map(|change| place(&change.path)).collect::<Result<_, _>>()?;
        let unchanged = || {
            changes
                .iter()
                .zip(&places)
                .try_for_each(|(it, place)| place.expect(it.before.as_deref()))
        };
        unchanged()?;
        let journal = Journal::of(changes);
        let written = journal.prepare(&lock, &places, changes, goes_on).and_then(|()| unchanged());
        if let Err(error) = written {
            if !matches!(error, EditError::Stopped) {
                journal.take_back(&lock, &places)?;
            }
            return Err(error);
        }
        journal.decide(&lock, goes_on)?;
        journal.finish(&lock, &places, goes_on)
    }

    fn end_interrupted(&self, lock: &Lock) -> Result<Option<Recovery>, EditError> {
        let Some(journal) = Journal::read(lock)? else { return Ok(None) };
        let places: Vec<Place> =
            journal.paths().map(|path| Place::of(&self.top, &path)).collect::<Result<_, _>>()?;
        if journal.is_decided() {
            journal.finish(lock, &places, &mut |_| true)?;
            return Ok(Some(Recovery::Finished(journal.paths().collect())));
        }
        journal.take_back(lock, &places)?;
        Ok(Some(Recovery::TakenBack))
    }
}

#[cfg(test)]
mod tests;
