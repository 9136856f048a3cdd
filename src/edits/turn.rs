//! One process at a time, in every work tree of a repository.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::error::EditError;

/// How often a turn is asked for, and how long is waited between.
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(25);

/// The right to do what only one process may do at a time; given back by the
/// system when a process dies.
#[derive(Debug)]
pub struct Turn {
    _file: File,
}

impl Turn {
    /// Waits some seconds for the turn that the file `path` stands for.
    pub fn wait(path: &Path) -> Result<Self, EditError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(EditError::io(folder))?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = file.map_err(EditError::io(path))?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(EditError::io(path)(error)),
            }
        }
        Err(EditError::Busy)
    }
}
