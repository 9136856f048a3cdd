//! One process at a time, in every work tree of a repository.

use std::fs::{self, OpenOptions, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::error::EditError;
use crate::held::Held;

/// How often a turn is asked for, and how long is waited between.
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(25);

/// The right to do what only one process may do at a time; given back by the
/// system when a process dies.
#[derive(Debug)]
pub struct Turn {
    _held: Held,
}

impl Turn {
    /// Waits some seconds for the turn that the file `path` stands for.
    pub fn wait(path: &Path) -> Result<Self, EditError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(EditError::io(folder))?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let mut file = file.map_err(EditError::io(path))?;
        for _ in 0..TRIES {
            match Held::take(file) {
                Ok(held) => return Ok(Self { _held: held }),
                Err((again, TryLockError::WouldBlock)) => file = again,
                Err((_, TryLockError::Error(error))) => return Err(EditError::io(path)(error)),
            }
            thread::sleep(PAUSE);
        }
        Err(EditError::Busy)
    }
}
