//! What was said between a run and those it asked, kept for an hour so that somebody can
//! find out what went wrong.
//!
//! A file for each run, beside the index, for its owner alone. Its first line says until
//! when it is kept: after that it is not read any more, and goes with the next sweep.
//! What is put in has passed redaction; this room only keeps it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::run_id::RunId;

/// How long one is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// Bytes of one file; what comes after that is left out.
const MOST: u64 = 16 << 20;

/// Captures of one repository.
#[derive(Debug, Clone)]
pub struct Captures(PathBuf);

/// One that is kept still.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// Until when.
    pub until: Timestamp,
    /// What was put in, in order. A last line that a killed process left half is none.
    pub lines: Vec<Value>,
}

impl Captures {
    /// In `folder`, which belongs to one repository.
    pub fn below(folder: &Path) -> Self {
        Self(folder.join("captures"))
    }

    fn file(&self, run: &RunId) -> PathBuf {
        self.0.join(format!("{run}.jsonl"))
    }

    /// Adds a line to a run's, which begins with it where there is none.
    ///
    /// # Errors
    /// What the system says; nothing, or half a line, was added then.
    pub fn add(&self, run: &RunId, line: &Value, now: Timestamp) -> io::Result<()> {
        let path = self.file(run);
        if until(&path).is_none_or(|it| it <= now) {
            self.begin(&path, now)?;
        }
        let mut file = OpenOptions::new().append(true).open(&path)?;
        // Begun anew, whatever a killed process left of the line before.
        let text = format!("\n{line}");
        if file.metadata()?.len() + text.len() as u64 > MOST {
            return Ok(());
        }
        // One call, so that lines of two writers never mix.
        file.write_all(text.as_bytes())
    }

    /// An empty one in the place of whatever is there.
    fn begin(&self, path: &Path, now: Timestamp) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let until = now.checked_add(KEPT).unwrap_or(Timestamp::MAX);
        // Made for its owner alone, and whole before it is there.
        let mut new = tempfile::Builder::new().prefix("new-").tempfile_in(&self.0)?;
        write!(new, "{}", json!({"until": until.to_string()}))?;
        new.persist(path)?;
        Ok(())
    }

    /// A run's, where there is one that is kept still.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(&self, run: &RunId, now: Timestamp) -> io::Result<Option<Capture>> {
        let path = self.file(run);
        let Some(until) = until(&path).filter(|it| *it > now) else { return Ok(None) };
        let text = fs::read(path)?;
        let text = String::from_utf8_lossy(&text);
        let lines = text.lines().skip(1).filter_map(|line| serde_json::from_str(line).ok());
        Ok(Some(Capture { until, lines: lines.collect() }))
    }

    /// Deletes what is not kept any longer; as many as that was.
    pub fn sweep(&self, now: Timestamp) -> usize {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let over = entries.filter(|it| match until(&it.path()) {
            Some(until) => until <= now,
            // Of one that is no capture, or is being made, its age tells.
            None => is_old(it, now),
        });
        over.filter(|it| fs::remove_file(it.path()).is_ok()).count()
    }
}

/// Until when a file is kept, where it says so.
fn until(path: &Path) -> Option<Timestamp> {
    use std::io::{BufRead as _, BufReader, Read as _};
    let mut line = String::new();
    BufReader::new(File::open(path).ok()?.take(200)).read_line(&mut line).ok()?;
    let line: Value = serde_json::from_str(&line).ok()?;
    Timestamp::from_str(line["until"].as_str()?).ok()
}

fn is_old(entry: &fs::DirEntry, now: Timestamp) -> bool {
    let changed = entry.metadata().and_then(|it| it.modified()).ok();
    let changed = changed.and_then(|it| Timestamp::try_from(it).ok());
    changed.and_then(|it| it.checked_add(KEPT).ok()).is_some_and(|it| it <= now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn run() -> RunId {
        "R-20261126-3f9a1c".parse().unwrap()
    }

    #[test]
    fn one_is_kept_for_an_hour_from_its_first_line_on() {
        let folder = tempfile::tempdir().unwrap();
        let captures = Captures::below(folder.path());
        assert_eq!(captures.read(&run(), at("2026-11-26T08:00:00Z")).unwrap(), None);
        captures.add(&run(), &json!(1), at("2026-11-26T08:00:00Z")).unwrap();
        captures.add(&run(), &json!(2), at("2026-11-26T08:59:59Z")).unwrap();
        let read = captures.read(&run(), at("2026-11-26T08:59:59Z")).unwrap().unwrap();
        assert_eq!(read.lines, [json!(1), json!(2)]);
        assert_eq!(read.until, at("2026-11-26T09:00:00Z"));
        assert_eq!(captures.sweep(at("2026-11-26T08:59:59Z")), 0);
        assert_eq!(captures.read(&run(), at("2026-11-26T09:00:00Z")).unwrap(), None);
        // What comes later begins anew, with nothing of before.
        captures.add(&run(), &json!(3), at("2026-11-26T09:00:00Z")).unwrap();
        let read = captures.read(&run(), at("2026-11-26T09:30:00Z")).unwrap().unwrap();
        assert_eq!(read.lines, [json!(3)]);
        assert_eq!(captures.sweep(at("2026-11-26T10:00:00Z")), 1);
        assert_eq!(fs::read_dir(&captures.0).unwrap().count(), 0);
    }

    #[test]
    fn what_a_kill_left_is_no_line_and_goes_too() {
        let folder = tempfile::tempdir().unwrap();
        let captures = Captures::below(folder.path());
        let now = crate::clock::Clock::system().now();
        captures.add(&run(), &json!(1), now).unwrap();
        let mut file = OpenOptions::new().append(true).open(captures.file(&run())).unwrap();
        file.write_all(b"\n{\"half").unwrap();
        assert_eq!(captures.read(&run(), now).unwrap().unwrap().lines, [json!(1)]);
        captures.add(&run(), &json!(2), now).unwrap();
        assert_eq!(captures.read(&run(), now).unwrap().unwrap().lines, [json!(1), json!(2)]);
        fs::write(captures.0.join("new-x"), "{").unwrap();
        assert_eq!(captures.sweep(now), 0);
        assert_eq!(captures.sweep(now + KEPT + KEPT), 2);
    }

    #[test]
    #[cfg(unix)]
    fn its_owner_alone_reads_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let captures = Captures::below(folder.path());
        captures.add(&run(), &json!(1), at("2026-11-26T08:00:00Z")).unwrap();
        let mode = fs::metadata(captures.file(&run())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
