//! `.prode/dismissed.yaml`: findings of audits that a person dismissed, and why.
//!
//! One list. What an entry is about is its `path`, `signal` and `of`, the digest
//! of what was dismissed: once that changes the finding is a new one. `finding`
//! is the name by which it was called then; a page that moves takes its entries
//! along, which does not change the name.

use jiff::civil::Date;

use super::DISMISSED;
use super::error::ReviewError;
use super::finding_id::AuditFindingId;
use super::record::{Fields, Record, plain, scalar};
use crate::repo_path::RepoPath;
use crate::yaml::{Layout, Shape};

/// The keys of an entry, in the order in which they are written.
const KEYS: [&str; 7] = ["finding", "path", "signal", "why", "by", "at", "of"];

/// One finding that a person dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissal {
    /// Its name when it was dismissed.
    pub finding: AuditFindingId,
    /// The page, from the top of the repository.
    pub path: RepoPath,
    /// Which signal it was, such as `drifted`.
    pub signal: String,
    /// Why it is none.
    pub why: String,
    /// Who says so.
    pub by: String,
    /// The day.
    pub at: Date,
    /// The digest of what the finding was about.
    pub of: String,
}

/// The file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed {
    record: Record,
    entries: Vec<Dismissal>,
}

impl Dismissed {
    /// Reads the file; no bytes are no entries.
    pub fn read(bytes: &[u8]) -> Result<Self, ReviewError> {
        let record = Record::new(DISMISSED, bytes)?;
        let entries = entries(&record)?;
        Ok(Self { record, entries })
    }

    /// Every entry, in the file's order.
    pub fn all(&self) -> &[Dismissal] {
        &self.entries
    }

    /// The 1-based line of each entry, in the same order.
    pub fn lines(&self) -> Vec<u32> {
        let root = self.record.root().ok().flatten();
        let items = root.as_ref().and_then(|root| match &root.shape {
            Shape::List(items, _) => Some(items),
            _ => None,
        });
        items.into_iter().flatten().map(|it| it.line).collect()
    }

    /// The entry about exactly this finding.
    pub fn find(&self, path: &RepoPath, signal: &str, of: &str) -> Option<&Dismissal> {
        self.entries.iter().find(|it| it.path == *path && it.signal == signal && it.of == of)
    }

    /// Adds an entry at the end; false, and nothing is added, where one about
    /// the same finding is there.
    pub fn add(&mut self, dismissal: &Dismissal) -> Result<bool, ReviewError> {
        if self.find(&dismissal.path, &dismissal.signal, &dismissal.of).is_some() {
            return Ok(false);
        }
        let record = self.record.with_lines(&lines(dismissal));
        let unwritable = || ReviewError::Unwritable {
            file: DISMISSED.to_owned(),
            line: 1,
            entry: dismissal.finding.to_string(),
        };
        let entries = entries(&record).map_err(|_| unwritable())?;
        let expected = self.entries.iter().chain([dismissal]);
        if !entries.iter().eq(expected) {
            return Err(unwritable());
        }
        *self = Self { record, entries };
        Ok(true)
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        self.record.text.as_bytes()
    }
}

fn lines(it: &Dismissal) -> Vec<String> {
    let (path, day) = (it.path.text(), it.at.to_string());
    let values = [it.finding.as_str(), &path, &it.signal, &it.why, &it.by, &day, &it.of];
    let pairs = KEYS.iter().zip(values).enumerate();
    let line = |(at, (key, value)): (usize, (&&str, &str))| {
        format!("{} {key}: {}", if at == 0 { "-" } else { " " }, scalar(value))
    };
    pairs.map(line).collect()
}

fn entries(record: &Record) -> Result<Vec<Dismissal>, ReviewError> {
    let Some(root) = record.root()? else { return Ok(Vec::new()) };
    plain(record, &root)?;
    let Shape::List(items, Layout::Block) = &root.shape else {
        return Err(record.wrong(&root, "the file is a list of entries, each in lines of its own"));
    };
    let mut entries: Vec<Dismissal> = Vec::new();
    for item in items {
        plain(record, item)?;
        let fields = Fields::of(record, item, &KEYS)?;
        let finding = fields.needed("finding")?;
        let finding =
            finding.parse().map_err(|error: ReviewError| record.wrong(item, error.to_string()))?;
        let path = fields.needed("path")?;
        let path = RepoPath::new(&path).map_err(|error| record.wrong(item, error.to_string()))?;
        let entry = Dismissal {
            finding,
            path,
            signal: fields.needed("signal")?,
            why: fields.needed("why")?,
            by: fields.needed("by")?,
            at: fields.date("at")?,
            of: fields.needed("of")?,
        };
        let is_same = |it: &Dismissal| {
            (&it.path, &it.signal, &it.of) == (&entry.path, &entry.signal, &entry.of)
        };
        if entries.iter().any(is_same) {
            return Err(
                record.wrong(item, format!("'{}' is dismissed a second time", entry.finding))
            );
        }
        entries.push(entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::finding_id::audit_finding_id;
    use super::*;

    fn dismissal(path: &str, why: &str) -> Dismissal {
        let path = RepoPath::new(path).unwrap();
        let of = "sha256:00".to_owned();
        Dismissal {
            finding: audit_finding_id(&path, "drifted", &of),
            path,
            signal: "drifted".to_owned(),
            why: why.to_owned(),
            by: "human:ada".to_owned(),
            at: date(2026, 11, 26),
            of,
        }
    }

    fn refused(text: &str) -> String {
        Dismissed::read(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn entries_are_added_at_the_end_once() {
        let mut dismissed = Dismissed::read(b"").unwrap();
        let first = dismissal("wiki/a.md", "only comments changed");
        assert_eq!(dismissed.add(&first), Ok(true));
        assert_eq!(dismissed.add(&dismissal("wiki/a.md", "again")), Ok(false));
        let text = std::str::from_utf8(dismissed.bytes()).unwrap();
        assert_eq!(
            text,
            format!(
                "- finding: {}\n  path: wiki/a.md\n  signal: drifted\n  why: only comments changed\n  by: human:ada\n  at: 2026-11-26\n  of: sha256:00\n",
                first.finding
            )
        );
        assert_eq!(dismissed.find(&first.path, "drifted", "sha256:00"), Some(&first));
        assert_eq!(dismissed.find(&first.path, "drifted", "sha256:01"), None);
    }

    #[test]
    fn what_stands_in_the_file_stays() {
        let mut one = Dismissed::read(b"").unwrap();
        one.add(&dismissal("wiki/a.md", "x")).unwrap();
        let text = std::str::from_utf8(one.bytes()).unwrap().replace('\n', "\r\n");
        let before = format!("\u{feff}# what is no finding\r\n{}", text.trim_end());
        let mut dismissed = Dismissed::read(before.as_bytes()).unwrap();
        let why = "it is: \"fine\"\nreally # so\u{1b}[0m";
        dismissed.add(&dismissal("wiki/b: c.md", why)).unwrap();
        let after = String::from_utf8(dismissed.bytes().to_vec()).unwrap();
        assert!(after.starts_with(&format!("{before}\r\n- finding: A-")), "{after}");
        assert!(!after.contains('\u{1b}'));
        let again = Dismissed::read(after.as_bytes()).unwrap();
        assert_eq!(again.all()[1].why, why);
        assert_eq!(again, dismissed);
    }

    #[test]
    fn what_is_not_of_the_form_is_named_with_its_place() {
        let mut one = Dismissed::read(b"").unwrap();
        one.add(&dismissal("wiki/a.md", "x")).unwrap();
        let text = std::str::from_utf8(one.bytes()).unwrap();
        assert_eq!(
            refused(&format!("{text}{text}")),
            format!(
                ".prode/dismissed.yaml:8:3: '{}' is dismissed a second time",
                one.all()[0].finding
            )
        );
        assert_eq!(
            refused(&text.replace("  why: x\n", "")),
            ".prode/dismissed.yaml:1:3: 'why' is missing"
        );
        assert_eq!(
            refused(&text.replace("why: x", "why: ''")),
            ".prode/dismissed.yaml:4:8: 'why' has no text"
        );
        assert!(
            refused(&text.replace("why:", "note:")).contains(":4:3: an entry holds finding, path")
        );
        assert!(refused(&text.replace("A-", "B-")).contains(":1:3: 'B-"));
        assert!(refused(&text.replace("2026-11-26", "today")).contains(":6:7: 'at' is no day"));
        assert!(refused(&text.replace("wiki/a.md", "../a.md")).contains("leaves the repository"));
        assert!(refused("a: b\n").contains("a list of entries"));
        assert!(refused("[]\n").contains("a list of entries"));
    }
}
