//! One file's place on the disk: looked at without following a link.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::EditError;
use crate::ids::hex;
use crate::repo_path::RepoPath;

/// SHA-256 of a file's bytes, as lower-case hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Where a file is or shall be.
pub(super) struct Place {
    path: RepoPath,
    full: PathBuf,
    top: PathBuf,
    /// The file whose permissions a new one takes.
    origin: Option<PathBuf>,
}

impl Place {
    /// Refused for a path that leads out of `top` or into its Git folder.
    pub(super) fn of(top: &Path, path: &RepoPath) -> Result<Self, EditError> {
        let mut full = top.to_owned();
        for part in path.as_bytes().split(|&byte| byte == b'/') {
            if matches!(part, b"" | b"." | b"..") || part.eq_ignore_ascii_case(b".git") {
                return Err(EditError::NotAFile(path.clone()));
            }
            full.push(os_name(part));
        }
        Ok(Self { path: path.clone(), full, top: top.to_owned(), origin: None })
    }

    /// The same; a new file here takes the permissions of `other`.
    pub(super) fn like(self, other: Self) -> Self {
        Self { origin: Some(other.full), ..self }
    }

    /// Gives the file or folder the name of `new`.
    pub(super) fn rename_to(&self, new: &Self) -> Result<(), EditError> {
        fs::rename(&self.full, &new.full).map_err(EditError::io(&new.full))?;
        new.sync_folder();
        Ok(())
    }

    /// Its bytes now; `None` where nothing is there.
    pub(super) fn read(&self) -> Result<Option<Vec<u8>>, EditError> {
        let refused = || EditError::NotAFile(self.path.clone());
        for above in self.folders() {
            match fs::symlink_metadata(above) {
                Ok(found) if found.is_dir() => {}
                Ok(_) => return Err(refused()),
                Err(error) if is_missing(&error) => return Ok(None),
                Err(error) => return Err(EditError::io(above)(error)),
            }
        }
        match fs::symlink_metadata(&self.full) {
            Ok(found) if found.is_file() => {
                fs::read(&self.full).map(Some).map_err(EditError::io(&self.full))
            }
            Ok(_) => Err(refused()),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(EditError::io(&self.full)(error)),
        }
    }

    /// Refused where the file is not as it was read.
    pub(super) fn expect(&self, before: Option<&[u8]>) -> Result<(), EditError> {
        match (self.read()?, before) {
            (None, None) => Ok(()),
            (Some(now), Some(before)) if now == before => Ok(()),
            (Some(_), None) => Err(EditError::Taken(self.path.clone())),
            _ => Err(EditError::Changed(self.path.clone())),
        }
    }

    /// The file `name` in the same folder.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.full.with_file_name(name)
    }

    /// Writes `bytes` beside it under `name`, synced, with the permissions that
    /// the file has.
    pub(super) fn write_beside(&self, name: &str, bytes: &[u8]) -> Result<(), EditError> {
        let beside = self.beside(name);
        let written = || {
            fs::create_dir_all(self.full.parent().unwrap_or(&self.top))?;
            let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
            let origin = self.origin.as_deref().unwrap_or(&self.full);
            if let Ok(found) =
                fs::symlink_metadata(&self.full).or_else(|_| fs::symlink_metadata(origin))
            {
                file.set_permissions(found.permissions())?;
            }
            file.write_all(bytes)?;
            file.sync_all()
        };
        written().map_err(EditError::io(&beside))
    }

    /// Takes the name over for the file beside it.
    pub(super) fn take_over(&self, name: &str) -> Result<(), EditError> {
        fs::rename(self.beside(name), &self.full).map_err(EditError::io(&self.full))?;
        self.sync_folder();
        Ok(())
    }

    /// Removes the file, and folders above it that hold nothing any more.
    pub(super) fn remove(&self) -> Result<(), EditError> {
        match fs::remove_file(&self.full) {
            Err(error) if !is_missing(&error) => Err(EditError::io(&self.full)(error)),
            _ => {
                self.sync_folder();
                self.remove_empty_folders();
                Ok(())
            }
        }
    }

    /// Removes what was written beside it, and folders made for that.
    pub(super) fn remove_beside(&self, name: &str) -> Result<(), EditError> {
        let beside = self.beside(name);
        match fs::remove_file(&beside) {
            Err(error) if !is_missing(&error) => Err(EditError::io(&beside)(error)),
            _ => {
                self.remove_empty_folders();
                Ok(())
            }
        }
    }

    fn remove_empty_folders(&self) {
        // A folder that holds something refuses, which ends the way up.
        self.folders().rev().try_for_each(|folder| fs::remove_dir(folder).ok());
    }

    /// The folders below the top on the way to the file, outermost first.
    fn folders(&self) -> impl DoubleEndedIterator<Item = &Path> {
        let mut folders: Vec<&Path> =
            self.full.ancestors().skip(1).take_while(|folder| *folder != self.top).collect();
        folders.reverse();
        folders.into_iter()
    }

    /// Best effort: not every system can sync a folder.
    fn sync_folder(&self) {
        if let Some(folder) = self.full.parent() {
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(unix)]
fn os_name(bytes: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt;
    Path::new(std::ffi::OsStr::from_bytes(bytes))
}

/// No file has a name that is not UTF-8.
#[cfg(not(unix))]
fn os_name(bytes: &[u8]) -> &Path {
    Path::new(std::str::from_utf8(bytes).unwrap_or("\u{0}"))
}
