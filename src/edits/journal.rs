//! What a change intends, on the disk before the first name changes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::FileChange;
use super::error::EditError;
use super::place::{Place, digest};
use crate::held::Held;
use crate::repo_path::RepoPath;

/// A moment before which a process may die.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The journal is written, nothing else.
    Announce,
    /// The new content of this file is written beside it.
    Write(usize),
    /// The journal says that the change holds.
    Decide,
    /// This file takes its new content, or goes.
    Rename(usize),
    /// The journal is removed.
    Forget,
}

/// The right to change files; given back by the system when a process dies.
pub(super) struct Lock {
    folder: PathBuf,
    _held: Held,
}

impl Lock {
    /// Taken without waiting.
    pub(super) fn take(folder: &Path) -> Result<Self, EditError> {
        fs::create_dir_all(folder).map_err(EditError::io(folder))?;
        let path = folder.join("lock");
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(EditError::io(&path))?;
        match Held::take(file) {
            Ok(held) => Ok(Self { folder: folder.to_owned(), _held: held }),
            Err((_, TryLockError::WouldBlock)) => Err(EditError::Busy),
            Err((_, TryLockError::Error(error))) => Err(EditError::io(&path)(error)),
        }
    }
}

/// The change as the disk remembers it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Journal {
    version: u32,
    decided: bool,
    files: Vec<Entry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    /// Percent-encoded, since a path may hold any byte.
    path: String,
    /// The file beside it that holds its new content; `None` if the file goes.
    beside: Option<String>,
    /// SHA-256 of the bytes before.
    before: Option<String>,
    /// SHA-256 of the bytes from now on.
    after: Option<String>,
}

impl Journal {
    pub(super) fn is_there(folder: &Path) -> bool {
        folder.join("journal.json").exists()
    }

    pub(super) fn of(changes: &[FileChange]) -> Self {
        let entry = |(at, change): (usize, &FileChange)| Entry {
            path: change.path.cite_text(),
            beside: change
                .after
                .as_ref()
                .map(|_| format!(".prode-{}-{at}.new", std::process::id())),
            before: change.before.as_deref().map(digest),
            after: change.after.as_deref().map(digest),
        };
        Self { version: 1, decided: false, files: changes.iter().enumerate().map(entry).collect() }
    }

    pub(super) fn read(lock: &Lock) -> Result<Option<Self>, EditError> {
        let path = lock.folder.join("journal.json");
        let unreadable = |why: String| EditError::Journal { path: path.clone(), why };
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(error.to_string())),
        };
        let journal: Self =
            serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))?;
        let paths = journal.files.iter().try_for_each(|entry| {
            RepoPath::from_cite(&entry.path)
                .map(|_| ())
                .map_err(|error| unreadable(error.to_string()))
        });
        paths.map(|()| Some(journal))
    }

    pub(super) fn is_decided(&self) -> bool {
        self.decided
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = RepoPath> + '_ {
        self.files.iter().filter_map(|entry| RepoPath::from_cite(&entry.path).ok())
    }

    /// Writes new contents beside their places.
    pub(super) fn prepare(
        &self,
        lock: &Lock,
        places: &[Place],
        changes: &[FileChange],
        goes_on: &mut dyn FnMut(Step) -> bool,
    ) -> Result<(), EditError> {
        ask(goes_on, Step::Announce)?;
        self.write(lock)?;
        for (at, ((entry, place), change)) in self.files.iter().zip(places).zip(changes).enumerate()
        {
            if let (Some(beside), Some(after)) = (&entry.beside, &change.after) {
                ask(goes_on, Step::Write(at))?;
                place.write_beside(beside, after)?;
            }
        }
        Ok(())
    }

    /// From now on the change holds.
    pub(super) fn decide(
        &self,
        lock: &Lock,
        goes_on: &mut dyn FnMut(Step) -> bool,
    ) -> Result<(), EditError> {
        ask(goes_on, Step::Decide)?;
        Self { decided: true, ..self.clone() }.write(lock)
    }

    /// Renames and removes what is not yet renamed and removed.
    pub(super) fn finish(
        &self,
        lock: &Lock,
        places: &[Place],
        goes_on: &mut dyn FnMut(Step) -> bool,
    ) -> Result<(), EditError> {
        for (at, (entry, place)) in self.files.iter().zip(places).enumerate() {
            ask(goes_on, Step::Rename(at))?;
            entry.finish(place)?;
        }
        ask(goes_on, Step::Forget)?;
        forget(lock)
    }

    /// Removes what was written beside; the files themselves were not touched.
    pub(super) fn take_back(&self, lock: &Lock, places: &[Place]) -> Result<(), EditError> {
        for (entry, place) in self.files.iter().zip(places) {
            if let Some(beside) = &entry.beside {
                place.remove_beside(beside)?;
            }
        }
        forget(lock)
    }

    fn write(&self, lock: &Lock) -> Result<(), EditError> {
        let (path, beside) = (lock.folder.join("journal.json"), lock.folder.join("journal.new"));
        let bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        let written = || {
            let mut file = File::create(&beside)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)?;
            // Not every system can sync a folder.
            let _ = File::open(&lock.folder).and_then(|folder| folder.sync_all());
            Ok(())
        };
        written().map_err(EditError::io(&path))
    }
}

impl Entry {
    fn finish(&self, place: &Place) -> Result<(), EditError> {
        let now = place.read()?.as_deref().map(digest);
        if now == self.after {
            return self.beside.as_ref().map_or(Ok(()), |beside| place.remove_beside(beside));
        }
        if now != self.before {
            let path = RepoPath::from_cite(&self.path).unwrap_or_else(|_| RepoPath::root());
            let waiting = self.beside.as_ref().map(|beside| place.beside(beside));
            return Err(EditError::Overtaken { path, waiting });
        }
        match &self.beside {
            Some(beside) => place.take_over(beside),
            None => place.remove(),
        }
    }
}

fn forget(lock: &Lock) -> Result<(), EditError> {
    let path = lock.folder.join("journal.json");
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(EditError::io(&path)(error)),
        _ => Ok(()),
    }
}

fn ask(goes_on: &mut dyn FnMut(Step) -> bool, step: Step) -> Result<(), EditError> {
    if goes_on(step) { Ok(()) } else { Err(EditError::Stopped) }
}
