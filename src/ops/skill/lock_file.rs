//! `skills-lock.json` on disk, at the top of the work tree.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::ops::OpError;
use crate::ops::init::beside;
use crate::skill::Lock;

/// The file as it is; an empty one where it is not there.
pub(super) fn read(top: &Path) -> Result<Lock, OpError> {
    let path = top.join(Lock::FILE);
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return Err(failed(&io::Error::other("it is not a regular file")));
    }
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Lock::read(&text)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Lock::default()),
        Err(error) => Err(failed(&error)),
    }
}

/// Replaces the file whole.
pub(super) fn write(top: &Path, lock: &Lock) -> Result<(), OpError> {
    let put = || -> io::Result<()> {
        let mut file = beside(top)?;
        file.write_all(lock.text().as_bytes())?;
        file.persist(top.join(Lock::FILE)).map_err(|error| error.error)?;
        Ok(())
    };
    put().map_err(|error| failed(&error))
}

fn failed(error: &io::Error) -> OpError {
    OpError::File { path: Lock::FILE.to_owned(), reason: error.to_string() }
}
