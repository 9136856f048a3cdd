//! Files to be written, judged first and then written whole.
//!
//! A new file never takes the place of one that is there; a changed one is
//! replaced by a rename. If anything fails, what was new is taken back.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::ops::OpError;

/// One file as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planned {
    /// Below the top folder, `/`-separated.
    pub(super) path: String,
    /// What it holds now; `None` where it is not there.
    pub(super) before: Option<String>,
    /// What it shall hold.
    pub(super) after: String,
}

/// What stands at a path.
pub(super) enum Standing {
    /// Nothing.
    Free,
    /// A text.
    Text(String),
    /// Something that is not to be touched, and why.
    Barred(String),
}

/// Looks at `path` below `top` without following a link.
pub(super) fn standing(top: &Path, path: &str) -> Standing {
    let mut at = top.to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    for (number, part) in parts.iter().enumerate() {
        at.push(part);
        let is_last = number + 1 == parts.len();
        match fs::symlink_metadata(&at) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Standing::Free,
            Err(error) => return Standing::Barred(error.to_string()),
            Ok(found) if found.is_symlink() => {
                return Standing::Barred(format!("'{part}' is a symbolic link"));
            }
            Ok(found) if is_last != found.is_file() => {
                let what = if found.is_dir() { "a folder" } else { "a file" };
                return Standing::Barred(format!("'{part}' is {what}"));
            }
            Ok(_) => {}
        }
    }
    match fs::read(&at).map(String::from_utf8) {
        Ok(Ok(text)) => Standing::Text(text),
        Ok(Err(_)) => Standing::Barred("it is not UTF-8".to_owned()),
        Err(error) => Standing::Barred(error.to_string()),
    }
}

/// Writes all of `files` below `top`.
pub(super) fn write(top: &Path, files: &[Planned]) -> Result<(), OpError> {
    let mut new = Vec::new();
    for file in files {
        let path = top.join(&file.path);
        if let Err(error) = put(top, file, &mut new) {
            take_back(&new);
            return Err(OpError::File {
                path: path.display().to_string(),
                reason: error.to_string(),
            });
        }
    }
    Ok(())
}

/// Writes one file; notes what was not there before.
fn put(top: &Path, file: &Planned, new: &mut Vec<PathBuf>) -> io::Result<()> {
    let path = top.join(&file.path);
    let folder = path.parent().unwrap_or(top);
    let missing = folder.ancestors().take_while(|folder| !folder.exists());
    let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    fs::create_dir_all(folder)?;
    new.extend(missing.into_iter().rev());
    let mut beside = beside(folder)?;
    beside.write_all(file.after.as_bytes())?;
    if file.before.is_none() {
        beside.persist_noclobber(&path).map_err(|error| error.error)?;
        new.push(path);
    } else {
        if fs::read(&path)? != file.before.as_deref().unwrap_or_default().as_bytes() {
            return Err(io::Error::other("it changed in the meantime"));
        }
        fs::set_permissions(beside.path(), fs::metadata(&path)?.permissions())?;
        beside.persist(&path).map_err(|error| error.error)?;
    }
    Ok(())
}

/// A file that others may read, as far as the user's umask lets them.
pub(in crate::ops) fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.prefix(".prode-").tempfile_in(folder)
}

/// Removes files and folders that were made; a folder only if it is empty.
fn take_back(new: &[PathBuf]) {
    for path in new.iter().rev() {
        let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(path: &str, before: Option<&str>, after: &str) -> Planned {
        let before = before.map(str::to_owned);
        Planned { path: path.to_owned(), before, after: after.to_owned() }
    }

    #[test]
    fn a_failure_takes_back_what_was_new() {
        let top = tempfile::tempdir().unwrap();
        fs::write(top.path().join("there.md"), "mine").unwrap();
        let files = [planned("a/b/new.md", None, "x"), planned("there.md", None, "theirs")];
        assert!(write(top.path(), &files).is_err());
        assert!(!top.path().join("a").exists());
        assert_eq!(fs::read_to_string(top.path().join("there.md")).unwrap(), "mine");
        assert_eq!(fs::read_dir(top.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_that_changed_since_it_was_read_stays() {
        let top = tempfile::tempdir().unwrap();
        fs::write(top.path().join("a.md"), "newer").unwrap();
        assert!(write(top.path(), &[planned("a.md", Some("old"), "mine")]).is_err());
        assert_eq!(fs::read_to_string(top.path().join("a.md")).unwrap(), "newer");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_folders_bar_a_path() {
        let top = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), top.path().join("wiki")).unwrap();
        fs::create_dir(top.path().join("folder")).unwrap();
        assert!(matches!(standing(top.path(), "wiki/a.md"), Standing::Barred(_)));
        assert!(matches!(standing(top.path(), "folder"), Standing::Barred(_)));
        assert!(matches!(standing(top.path(), "free/a.md"), Standing::Free));
    }
}
