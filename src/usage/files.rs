//! The two files: a log that many append to, and counts that one folds it into.
//!
//! Appending takes a shared lock, folding and forgetting an exclusive one, and
//! neither waits. Counts say which log they hold and how much of it, so that a
//! folding that was killed between its two steps counts nothing twice: the log
//! gets a new name with the first line after it was emptied.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::counts::Counts;
use super::line::Line;

/// Bytes of a log from which on it is folded.
const LONG: u64 = 256 * 1024;
/// How often a lock is asked for, a millisecond apart, before the count is let go.
const TRIES: usize = 20;

const SCHEMA: &str = "prode.usage-counts/v1";

/// Where counts are kept.
#[derive(Debug, Clone)]
pub struct Usage {
    log: PathBuf,
    counts: PathBuf,
}

/// What is known of the past.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Everything that can be read.
    pub counts: Counts,
    /// What cannot, in one line each.
    pub damage: Vec<String>,
}

/// The counts as they are written.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Folded {
    schema: String,
    /// The log that they hold, and how many bytes of it.
    log: String,
    bytes: u64,
    counts: Counts,
}

impl Usage {
    /// Counts in `folder`, which belongs to one repository.
    pub fn below(folder: &Path) -> Self {
        Self { log: folder.join("usage-v1.log"), counts: folder.join("usage-v1.json") }
    }

    /// True if anything was ever counted.
    pub fn exists(&self) -> bool {
        self.log.exists() || self.counts.exists()
    }

    /// Adds `line`; folds the log where it has grown.
    ///
    /// # Errors
    /// What the system says. Nothing was added then, and nothing is damaged.
    pub fn add(&self, line: &Line, now: Timestamp) -> io::Result<()> {
        let mut log = open(&self.log, true)?;
        patiently(|| log.try_lock_shared())?;
        let before = log.metadata()?.len();
        let mut bytes = Vec::new();
        if before == 0 {
            bytes.extend(Line::Begun { day: line.day(), log: new_name() }.bytes());
        }
        bytes.extend(line.bytes());
        // One call, so that lines of two writers never mix.
        log.write_all(&bytes)?;
        drop(log);
        if before >= LONG { self.fold(now.to_zoned(TimeZone::UTC).date()) } else { Ok(()) }
    }

    /// Takes the log into the counts, and empties it.
    fn fold(&self, today: Date) -> io::Result<()> {
        let mut log = open(&self.log, true)?;
        // Somebody else folds, or writes: the next one will.
        if log.try_lock().is_err() {
            return Ok(());
        }
        let (mut known, name, bytes) = self.known(&mut log)?;
        known.counts.bound(today);
        let folded = Folded { schema: SCHEMA.to_owned(), log: name, bytes, counts: known.counts };
        self.put(&folded)?;
        log.set_len(0)
    }

    /// In one step, and on the disk before the log is emptied.
    fn put(&self, folded: &Folded) -> io::Result<()> {
        let folder = self.counts.parent().unwrap_or(&self.counts);
        let mut new = tempfile::Builder::new().prefix("usage-").tempfile_in(folder)?;
        new.write_all(&serde_json::to_vec(folded)?)?;
        new.as_file().sync_all()?;
        new.persist(&self.counts)?;
        Ok(())
    }

    /// Everything that was counted.
    ///
    /// # Errors
    /// The files are there and cannot be read, or somebody holds them for too long.
    pub fn read(&self) -> io::Result<Known> {
        let mut log = match open(&self.log, false) {
            Ok(log) => log,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (folded, damage) = self.folded()?;
                return Ok(Known { counts: folded.counts, damage });
            }
            Err(error) => return Err(error),
        };
        patiently(|| log.try_lock_shared())?;
        Ok(self.known(&mut log)?.0)
    }

    /// What both files hold, the log's name, and how long it is. The log is locked.
    fn known(&self, log: &mut File) -> io::Result<(Known, String, u64)> {
        let mut bytes = Vec::new();
        log.rewind()?;
        log.read_to_end(&mut bytes)?;
        let (folded, mut damage) = self.folded()?;
        let (lines, torn) = Line::read_all(&bytes);
        let name = lines.iter().find_map(|line| match line {
            Line::Begun { log, .. } => Some(log.clone()),
            _ => None,
        });
        let name = name.unwrap_or_default();
        let held = usize::try_from(folded.bytes).unwrap_or(usize::MAX);
        let is_held = folded.log == name && !name.is_empty();
        let (new, torn) = match bytes.get(held..).filter(|_| is_held) {
            Some(rest) => Line::read_all(rest),
            None => (lines, torn),
        };
        if torn > 0 {
            damage.push(format!(
                "{torn} lines of {} cannot be read and do not count",
                told(&self.log)
            ));
        }
        let mut counts = folded.counts;
        for line in new {
            counts.add(line);
        }
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok((Known { counts, damage }, name, length))
    }

    /// What was folded; nothing where it cannot be understood, and a word on that.
    fn folded(&self) -> io::Result<(Folded, Vec<String>)> {
        let bytes = match fs::read(&self.counts) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Default::default()),
            Err(error) => return Err(error),
        };
        let read = serde_json::from_slice(&bytes).ok();
        if let Some(folded) = read.filter(|it: &Folded| it.schema == SCHEMA) {
            return Ok((folded, Vec::new()));
        }
        let why = format!("{} is damaged: counts begin anew", told(&self.counts));
        Ok((Folded::default(), vec![why]))
    }

    /// Deletes everything that was counted.
    ///
    /// # Errors
    /// What the system says; a part may be left then.
    pub fn forget(&self) -> io::Result<()> {
        let log = open(&self.log, true)?;
        patiently(|| log.try_lock())?;
        match fs::remove_file(&self.counts) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => log.set_len(0),
        }
    }
}

/// A name that no other log has, whatever the clock says: a log that is taken
/// for the one that was folded last would lose its first lines.
fn new_name() -> String {
    let drawn = RandomState::new().build_hasher().finish();
    format!("{drawn:016x}-{:x}", std::process::id())
}

/// The file's name, without the folder of this machine.
fn told(path: &Path) -> String {
    format!("prode/{}", path.file_name().unwrap_or_default().to_string_lossy())
}

/// The log, for reading, or for appending too; made for its owner alone.
fn open(path: &Path, appends: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(appends).create(appends);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Asks for a lock a few times.
fn patiently(lock: impl Fn() -> Result<(), fs::TryLockError>) -> io::Result<()> {
    for _ in 1..TRIES {
        match lock() {
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
            other => return other.map_err(io::Error::from),
        }
    }
    lock().map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAY: Date = date(2026, 11, 27);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).unwrap()
    }

    fn opened(page: &str) -> Line {
        Line::Opened { day: DAY, page: page.to_owned() }
    }

    fn opens(usage: &Usage) -> u64 {
        usage.read().unwrap().counts.window(DAY, DAY).of(["a.md"]).opened
    }

    #[test]
    fn nothing_is_counted_twice_where_folding_was_killed() {
        let folder = tempfile::tempdir().unwrap();
        let usage = Usage::below(folder.path());
        for at_second in 0..3 {
            usage.add(&opened("a.md"), at(at_second)).unwrap();
        }
        let log = fs::read(&usage.log).unwrap();
        usage.fold(DAY).unwrap();
        assert_eq!((opens(&usage), fs::metadata(&usage.log).unwrap().len()), (3, 0));
        // Killed before the log was emptied; somebody goes on.
        fs::write(&usage.log, &log).unwrap();
        assert_eq!(opens(&usage), 3);
        usage.add(&opened("a.md"), at(3)).unwrap();
        assert_eq!(opens(&usage), 4);
        usage.fold(DAY).unwrap();
        // A new log of the same length is another one.
        for at_second in 4..7 {
            usage.add(&opened("a.md"), at(at_second)).unwrap();
        }
        assert_eq!(opens(&usage), 7);
    }

    #[test]
    fn logs_that_begin_at_one_time_are_two() {
        let folder = tempfile::tempdir().unwrap();
        let usage = Usage::below(folder.path());
        for expected in 1..=3 {
            usage.add(&opened("a.md"), at(0)).unwrap();
            usage.fold(DAY).unwrap();
            assert_eq!(opens(&usage), expected);
        }
    }

    #[test]
    fn a_long_log_is_folded() {
        let folder = tempfile::tempdir().unwrap();
        let usage = Usage::below(folder.path());
        usage.add(&opened("a.md"), at(0)).unwrap();
        let line = opened(&"x".repeat(1_000));
        while fs::metadata(&usage.log).unwrap().len() < LONG {
            usage.add(&line, at(1)).unwrap();
        }
        usage.add(&opened("a.md"), at(2)).unwrap();
        assert_eq!((opens(&usage), fs::metadata(&usage.log).unwrap().len()), (2, 0));
    }

    #[test]
    fn damaged_counts_begin_anew_and_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let usage = Usage::below(folder.path());
        usage.add(&opened("a.md"), at(0)).unwrap();
        usage.fold(DAY).unwrap();
        fs::write(&usage.counts, b"{\"schema\":").unwrap();
        usage.add(&opened("a.md"), at(1)).unwrap();
        let known = usage.read().unwrap();
        assert_eq!(known.damage, ["prode/usage-v1.json is damaged: counts begin anew"]);
        assert_eq!(opens(&usage), 1);
        usage.fold(DAY).unwrap();
        assert_eq!(usage.read().unwrap().damage, Vec::<String>::new());
    }

    #[test]
    fn writers_beside_a_folder_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let usage = Usage::below(folder.path());
        let added: u64 = std::thread::scope(|scope| {
            let write = |_| {
                scope.spawn(|| {
                    (0..200)
                        .filter(|&second| usage.add(&opened("a.md"), at(second)).is_ok())
                        .count()
                })
            };
            let writers: Vec<_> = (0..4).map(write).collect();
            for _ in 0..50 {
                usage.fold(DAY).unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
            writers.into_iter().map(|it| it.join().unwrap() as u64).sum()
        });
        assert_eq!(opens(&usage), added);
    }

    #[test]
    fn what_is_forgotten_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let usage = Usage::below(folder.path());
        usage.add(&opened("a.md"), at(0)).unwrap();
        usage.fold(DAY).unwrap();
        usage.add(&opened("a.md"), at(1)).unwrap();
        usage.forget().unwrap();
        assert_eq!(usage.read().unwrap(), Known::default());
    }
}
