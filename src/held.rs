//! A file that is locked, and let go for certain.
//!
//! A lock of the whole file (`flock`) belongs to what was opened, not to who opened it: a
//! program that another thread starts has it open too, for the moment before it becomes
//! another program, and only then is it closed there. Whoever lets go by closing alone is
//! still taken for the holder meanwhile, and the next one is turned away. So it is said.

use std::fs::{File, TryLockError};

/// The lock of one file; given back when dropped, by the system too when the process dies.
#[derive(Debug)]
pub struct Held(File);

impl Held {
    /// Takes the lock of `file` without waiting.
    ///
    /// # Errors
    /// Somebody else holds it, or the system has no locks there. The file comes back, to
    /// be tried again.
    pub fn take(file: File) -> Result<Self, (File, TryLockError)> {
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(error) => Err((file, error)),
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // What cannot be unlocked is closed all the same.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &std::path::Path) -> File {
        File::options().create(true).truncate(false).write(true).open(path).unwrap()
    }

    #[test]
    fn only_one_holds_it() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("lock");
        let held = Held::take(open(&path)).unwrap();
        let (file, refused) = Held::take(open(&path)).unwrap_err();
        assert!(matches!(refused, TryLockError::WouldBlock));
        drop(held);
        Held::take(file).unwrap();
    }

    #[test]
    fn it_is_let_go_though_the_file_is_open_elsewhere() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("lock");
        let file = open(&path);
        // As a program has it that was started and is not another one yet.
        let also = file.try_clone().unwrap();
        drop(Held::take(file).unwrap());
        Held::take(open(&path)).unwrap();
        drop(also);
    }
}
