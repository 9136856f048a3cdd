//! Calls that agents made on this machine: who, which tool, what came of it.
//!
//! One line for each, in a file beside the index. What was asked is not in it: a
//! digest says whether two calls asked the same, under a key that never leaves the
//! machine, so that nobody guesses the words from it. The file is bounded; what is
//! older goes. Writing takes a lock that nobody waits for long.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Bytes of a file; when it is full it becomes the older one, and that one goes.
const LONG: u64 = 4 * 1024 * 1024;
/// How often the lock is asked for, a millisecond apart, before the line is let go.
const TRIES: usize = 50;

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// When, RFC 3339.
    pub at: String,
    /// Who asked: `stdio`, or the name of a token.
    pub who: String,
    /// The tool, or the method where it is none.
    pub what: String,
    /// `hmac-sha256:…` over the arguments.
    pub arguments: String,
    /// `ok`, else the kind of the failure.
    pub result: String,
}

/// Where calls are logged.
#[derive(Debug, Clone)]
pub struct CallLog {
    log: PathBuf,
    older: PathBuf,
    key: PathBuf,
}

impl CallLog {
    /// A log in `folder`, which belongs to one repository.
    pub fn below(folder: &Path) -> Self {
        Self {
            log: folder.join("mcp-calls.jsonl"),
            older: folder.join("mcp-calls.1.jsonl"),
            key: folder.join("mcp-calls.key"),
        }
    }

    /// The key of the digests; `fresh` is kept where there is none.
    ///
    /// # Errors
    /// What the system says, or the file holds something else.
    pub fn key(&self, fresh: [u8; 32]) -> io::Result<[u8; 32]> {
        if !self.key.exists() {
            // Whole or not at all, and the first of two writers wins.
            let folder = self.key.parent().unwrap_or(&self.key);
            let mut new = tempfile::Builder::new().prefix("mcp-").tempfile_in(folder)?;
            new.write_all(&fresh)?;
            if let Err(error) = new.persist_noclobber(&self.key)
                && error.error.kind() != io::ErrorKind::AlreadyExists
            {
                return Err(error.error);
            }
        }
        let mut bytes = Vec::new();
        File::open(&self.key)?.take(33).read_to_end(&mut bytes)?;
        bytes.try_into().map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
    }

    /// Adds a call.
    ///
    /// # Errors
    /// What the system says, or somebody held the lock for too long. Nothing was
    /// added then.
    pub fn add(&self, call: &Call) -> io::Result<()> {
        let mut line = serde_json::to_vec(call)?;
        line.push(b'\n');
        let mut log = self.open()?;
        patiently(&log)?;
        if log.metadata()?.len() + line.len() as u64 > LONG {
            fs::rename(&self.log, &self.older)?;
            log = self.open()?;
            patiently(&log)?;
        }
        // One call, so that lines of two writers never mix.
        log.write_all(&line)
    }

    /// For appending; made for its owner alone.
    fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.log)
    }
}

fn patiently(log: &File) -> io::Result<()> {
    for _ in 1..TRIES {
        match log.try_lock() {
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
            other => return other.map_err(io::Error::from),
        }
    }
    log.try_lock().map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(what: &str) -> Call {
        let text = |it: &str| it.to_owned();
        let (at, who, arguments) = (text("2026-01-01T00:00:00Z"), text("stdio"), text("hmac"));
        Call { at, who, what: what.to_owned(), arguments, result: text("ok") }
    }

    fn read(path: &Path) -> Vec<Call> {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn lines_of_several_writers_stay_whole() {
        let folder = tempfile::tempdir().unwrap();
        let log = CallLog::below(folder.path());
        let written: usize = std::thread::scope(|scope| {
            let writer = || (0..50).filter(|_| log.add(&call("query")).is_ok()).count();
            let writers: Vec<_> = (0..4).map(|_| scope.spawn(writer)).collect();
            writers.into_iter().map(|it| it.join().unwrap()).sum()
        });
        assert!(written > 0);
        assert_eq!(read(&log.log), vec![call("query"); written]);
    }

    #[test]
    fn what_is_old_goes_and_both_files_are_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let log = CallLog::below(folder.path());
        let long = "x".repeat(1024 * 1024);
        for round in 0..12 {
            log.add(&call(&format!("{round}{long}"))).unwrap();
        }
        for path in [&log.log, &log.older] {
            let length = fs::metadata(path).unwrap().len();
            assert!(length > 0 && length <= LONG, "{length}");
        }
        let last = read(&log.log).pop().unwrap();
        assert!(last.what.starts_with("11x"));
    }

    #[test]
    fn the_first_key_stays() {
        let folder = tempfile::tempdir().unwrap();
        let log = CallLog::below(folder.path());
        assert_eq!(log.key([1; 32]).unwrap(), [1; 32]);
        assert_eq!(log.key([2; 32]).unwrap(), [1; 32]);
        fs::write(&log.key, "short").unwrap();
        assert!(log.key([3; 32]).is_err());
    }
}
