//! What is wrong with the two records below `.prode`: reviews and dismissals.

use jiff::ToSpan;
use jiff::civil::Date;

use super::side::Side;
use crate::audit::{SIGNALS, signal};
use crate::corpus::Catalogue;
use crate::hint::nearest;
use crate::lint::RecordFault;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;
use crate::review::{DISMISSED, Dismissed, REVIEWS, ReviewError, Stamps};

/// A day may be written in a time zone that is a day ahead.
const AHEAD: i64 = 1;

/// Looks at both; a record that is not there has no faults.
pub(super) fn faults(side: &Side<'_>, catalogue: &Catalogue) -> Result<Vec<RecordFault>, OpError> {
    let look = Look { side, catalogue, today: side.memory.today() };
    let mut faults = look.reviews()?;
    faults.extend(look.dismissed()?);
    Ok(faults)
}

struct Look<'a> {
    side: &'a Side<'a>,
    catalogue: &'a Catalogue,
    today: Date,
}

impl Look<'_> {
    fn reviews(&self) -> Result<Vec<RecordFault>, OpError> {
        let Some(bytes) = self.bytes(REVIEWS)? else { return Ok(Vec::new()) };
        let stamps = match Stamps::read(&bytes) {
            Ok(stamps) => stamps,
            Err(error) => return Ok(vec![malformed(REVIEWS, &error)]),
        };
        let mut faults = Vec::new();
        for (path, stamp) in stamps.all() {
            let line = stamps.line_of(path);
            let fault = |message| fault(REVIEWS, line, message);
            faults.extend(self.lost(&RepoPath::from_git(path)).map(fault));
            faults.extend(self.to_come(stamp.at).map(fault));
        }
        Ok(faults)
    }

    fn dismissed(&self) -> Result<Vec<RecordFault>, OpError> {
        let Some(bytes) = self.bytes(DISMISSED)? else { return Ok(Vec::new()) };
        let dismissed = match Dismissed::read(&bytes) {
            Ok(dismissed) => dismissed,
            Err(error) => return Ok(vec![malformed(DISMISSED, &error)]),
        };
        let mut faults = Vec::new();
        for (entry, line) in dismissed.all().iter().zip(dismissed.lines()) {
            let fault = |message| fault(DISMISSED, line, message);
            faults.extend(self.lost(&entry.path).map(fault));
            faults.extend(unknown(&entry.signal).map(fault));
            faults.extend(self.to_come(entry.at).map(fault));
        }
        Ok(faults)
    }

    fn bytes(&self, file: &str) -> Result<Option<Vec<u8>>, OpError> {
        let read = self.side.workspace.page_at(self.side.memory, &RepoPath::from_git(file))?;
        Ok(read.and_then(|it| it.bytes))
    }

    /// A file that is no page of the roots may have a stamp all the same.
    fn lost(&self, path: &RepoPath) -> Option<String> {
        let Side { workspace, memory, .. } = *self.side;
        let is_there = self.catalogue.page(path).is_some() || workspace.may_exist(memory, path);
        (!is_there).then(|| format!("'{}' does not exist", path.text()))
    }

    fn to_come(&self, day: Date) -> Option<String> {
        let latest = self.today.saturating_add(AHEAD.days());
        (day > latest).then(|| format!("{day} is yet to come"))
    }
}

fn unknown(name: &str) -> Option<String> {
    if signal(name).is_some() {
        return None;
    }
    let near = nearest(name, SIGNALS.iter().map(|it| it.name));
    let near = near.map(|it| format!("; did you mean '{it}'?")).unwrap_or_default();
    Some(format!("no audit has a signal '{name}'{near}"))
}

fn fault(file: &str, line: u32, message: String) -> RecordFault {
    let path = RepoPath::from_git(file);
    RecordFault { path, line, column: 0, message, is_malformed: false }
}

fn malformed(file: &str, error: &ReviewError) -> RecordFault {
    let (line, column, message) = match error {
        ReviewError::Malformed { line, column, reason, .. } => (*line, *column, reason.clone()),
        other => (0, 0, other.to_string()),
    };
    RecordFault { path: RepoPath::from_git(file), line, column, message, is_malformed: true }
}
