//! `.prode/reviews.yaml`: reviews of files whose front matter may not carry one.
//!
//! One mapping from a file's path to what `reviewed:` holds in a page:
//! `by` (may be missing), `at`, `body`, `sources`, `elsewhere` (may be missing). A bare
//! day is read too. The order is the file's own; a new entry goes to its end.

use super::REVIEWS;
use std::collections::HashMap;

use super::error::ReviewError;
use super::mapping::{changed, in_braces};
use super::record::{Fields, Record, plain, scalar};
use crate::document::Reviewed;
use crate::repo_path::RepoPath;
use crate::yaml::{Layout, Node, Shape};

/// The keys of a stamp, in the order in which they are written.
pub(super) const KEYS: [&str; 5] = ["by", "at", "body", "sources", "elsewhere"];

/// The file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamps {
    record: Record,
    entries: Vec<Entry>,
    /// Places in `entries`.
    by_path: HashMap<String, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// As [`RepoPath::text`] shows it.
    path: String,
    stamp: Reviewed,
    value: Node,
    /// Of its path, 1-based.
    line: u32,
}

impl Default for Stamps {
    /// No stamps.
    fn default() -> Self {
        let record = Record { file: REVIEWS, text: String::new() };
        Self { record, entries: Vec::new(), by_path: HashMap::new() }
    }
}

impl Stamps {
    /// Reads the file; no bytes are no stamps.
    pub fn read(bytes: &[u8]) -> Result<Self, ReviewError> {
        Self::of_record(Record::new(REVIEWS, bytes)?)
    }

    /// The stamp of the file at `path`.
    pub fn of(&self, path: &RepoPath) -> Option<&Reviewed> {
        self.entry(&path.text()).map(|entry| &entry.stamp)
    }

    /// Every path, as [`RepoPath::text`] shows it, and its stamp, in the file's order.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Reviewed)> {
        self.entries.iter().map(|entry| (entry.path.as_str(), &entry.stamp))
    }

    /// The 1-based line of a path's entry; 0 where it has none.
    pub fn line_of(&self, path: &str) -> u32 {
        self.entry(path).map_or(0, |entry| entry.line)
    }

    /// Writes the stamp of one file, in its entry or at the end.
    pub fn set(&mut self, path: &RepoPath, stamp: &Reviewed) -> Result<(), ReviewError> {
        let path = path.text();
        let pairs = pairs(stamp);
        let known = self.entry(&path);
        let record = match known {
            Some(entry) => changed(self.record.body(), &entry.value, &pairs)
                .map(|body| self.record.with_body(&body)),
            None => {
                Some(self.record.with_lines(&[format!("{}: {}", scalar(&path), in_braces(&pairs))]))
            }
        };
        let line = known.map_or(1, |entry| entry.value.line);
        let unwritable =
            || ReviewError::Unwritable { file: REVIEWS.to_owned(), line, entry: path.to_string() };
        let record = record.ok_or_else(unwritable)?;
        let new = Self::of_record(record).map_err(|_| unwritable())?;
        let is_there = new.entry(&path).is_some_and(|it| it.stamp == *stamp);
        let grew = usize::from(known.is_none());
        if !is_there || new.entries.len() != self.entries.len() + grew {
            return Err(unwritable());
        }
        *self = new;
        Ok(())
    }

    fn of_record(record: Record) -> Result<Self, ReviewError> {
        let mut stamps = Self { record, ..Self::default() };
        let Some(root) = stamps.record.root()? else { return Ok(stamps) };
        let record = &stamps.record;
        plain(record, &root)?;
        let form = "the file is a mapping from paths to reviews, one entry in lines of its own";
        let Shape::Mapping(pairs, Layout::Block) = &root.shape else {
            return Err(record.wrong(&root, form));
        };
        for (key, value) in pairs {
            plain(record, key)?;
            let is_path = |path: &&str| RepoPath::new(path).is_ok_and(|it| it.text() == **path);
            let path = key.text().filter(is_path);
            let path =
                path.ok_or_else(|| record.wrong(key, "no path from the top of the repository"))?;
            let number = stamps.entries.len();
            if stamps.by_path.insert(path.to_owned(), number).is_some() {
                return Err(record.wrong(key, format!("'{path}' is there a second time")));
            }
            let (stamp, value) = (stamp(record, value)?, value.clone());
            stamps.entries.push(Entry { path: path.to_owned(), stamp, value, line: key.line });
        }
        Ok(stamps)
    }

    fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.get(*self.by_path.get(path)?)
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        self.record.text.as_bytes()
    }
}

/// A stamp as keys and texts; what it does not say goes.
pub(super) fn pairs(stamp: &Reviewed) -> [(&'static str, Option<String>); 5] {
    let [by, at, body, sources, elsewhere] = KEYS;
    [
        (by, stamp.by.clone()),
        (at, Some(stamp.at.to_string())),
        (body, stamp.body.clone()),
        (sources, stamp.sources.clone()),
        (elsewhere, stamp.elsewhere.clone()),
    ]
}

fn stamp(record: &Record, value: &Node) -> Result<Reviewed, ReviewError> {
    plain(record, value)?;
    if let Some(day) = value.text() {
        let no_day =
            || record.wrong(value, format!("no review and no day such as 2026-10-02: '{day}'"));
        let at = day.parse().map_err(|_| no_day())?;
        return Ok(Reviewed { by: None, at, body: None, sources: None, elsewhere: None });
    }
    let fields = Fields::of(record, value, &KEYS)?;
    Ok(Reviewed {
        by: fields.text("by"),
        at: fields.date("at")?,
        body: fields.digest("body")?,
        sources: fields.digest("sources")?,
        elsewhere: fields.elsewhere()?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::digest::digest;
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    fn seen(by: &str, sources: bool) -> Reviewed {
        Reviewed {
            by: Some(by.to_owned()),
            at: date(2026, 10, 2),
            body: Some(digest(b"b")),
            sources: sources.then(|| digest(b"s")),
            elsewhere: None,
        }
    }

    fn written(before: &str, at: &str, stamp: &Reviewed) -> String {
        let mut stamps = Stamps::read(before.as_bytes()).unwrap();
        stamps.set(&path(at), stamp).unwrap();
        let text = String::from_utf8(stamps.bytes().to_vec()).unwrap();
        assert_eq!(Stamps::read(text.as_bytes()).as_ref(), Ok(&stamps));
        text.replace(&digest(b"b"), "B").replace(&digest(b"s"), "S")
    }

    fn refused(text: &str) -> String {
        Stamps::read(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_new_entry_goes_to_the_end() {
        let stamp = seen("human:ada", true);
        let entry = "adr/0001-x.md: {by: human:ada, at: 2026-10-02, body: B, sources: S}";
        assert_eq!(written("", "adr/0001-x.md", &stamp), format!("{entry}\n"));
        let other = "# who saw what\nb.md: 2026-01-02";
        assert_eq!(written(other, "adr/0001-x.md", &stamp), format!("{other}\n{entry}\n"));
        let windows = "\u{feff}b.md: 2026-01-02\r\n";
        assert_eq!(written(windows, "adr/0001-x.md", &stamp), format!("{windows}{entry}\r\n"));
        assert_eq!(
            written("", "a: b #c.md", &seen("Ada \"L\" Byron", false)),
            "\"a: b #c.md\": {by: \"Ada \\\"L\\\" Byron\", at: 2026-10-02, body: B}\n"
        );
    }

    #[test]
    fn an_entry_keeps_its_form_and_what_stands_around_it() {
        let stamp = seen("human:ada", true);
        for (before, after) in [
            (
                "a.md: 2026-01-02 # old\nb.md: 2026-01-02\n",
                "a.md: {by: human:ada, at: 2026-10-02, body: B, sources: S} # old\nb.md: 2026-01-02\n",
            ),
            (
                "a.md: {at: 2026-01-02, by: 'human:b'} # x\n",
                "a.md: {at: 2026-10-02, by: 'human:ada', body: B, sources: S} # x\n",
            ),
            (
                "a.md:\n  by: human:b # who\n  # when\n  at: \"2026-01-02\"\n# end\nb.md: 2026-01-02\n",
                "a.md:\n  by: human:ada # who\n  # when\n  at: \"2026-10-02\"\n  body: B\n  sources: S\n# end\nb.md: 2026-01-02\n",
            ),
            (
                "a.md:\r\n    at: 2026-01-02",
                "a.md:\r\n    at: 2026-10-02\r\n    by: human:ada\r\n    body: B\r\n    sources: S",
            ),
            (
                "a.md: {\n  at: 2026-01-02, # }\n}\n",
                "a.md: {\n  at: 2026-10-02, by: human:ada, body: B, sources: S, # }\n}\n",
            ),
        ] {
            assert_eq!(written(before, "a.md", &stamp), after, "{before}");
        }
    }

    #[test]
    fn what_is_no_longer_said_goes() {
        let s = digest(b"s");
        let stamp = seen("human:ada", false);
        for (before, after) in [
            (
                format!("a.md: {{by: x, at: 2026-01-02, sources: {s}}}\n"),
                "a.md: {by: human:ada, at: 2026-10-02, body: B}\n",
            ),
            (
                format!("a.md: {{sources: {s}, by: x, at: 2026-01-02}}\n"),
                "a.md: {by: human:ada, at: 2026-10-02, body: B}\n",
            ),
            (
                format!("a.md:\n  by: x\n  sources: {s}\n  at: 2026-01-02\n"),
                "a.md:\n  by: human:ada\n  at: 2026-10-02\n  body: B\n",
            ),
        ] {
            assert_eq!(written(&before, "a.md", &stamp), after, "{before}");
        }
    }

    #[test]
    fn what_is_not_of_the_form_is_named_with_its_place() {
        assert_eq!(
            refused("a.md: soon\n"),
            ".prode/reviews.yaml:1:7: no review and no day such as 2026-10-02: 'soon'"
        );
        assert_eq!(refused("a.md: {by: x}\n"), ".prode/reviews.yaml:1:7: 'at' is missing");
        assert_eq!(
            refused("a.md: {at: 2026-13-02}\n"),
            ".prode/reviews.yaml:1:12: 'at' is no day such as 2026-10-02: '2026-13-02'"
        );
        assert_eq!(
            refused("a.md: {at: 2026-01-02, at: 2026-01-02}\n"),
            ".prode/reviews.yaml:1:24: 'at' is there a second time"
        );
        assert_eq!(
            refused("a.md: {at: 2026-01-02, body: abc}\n"),
            ".prode/reviews.yaml:1:30: 'body' is not sha256: and 64 hex digits: 'abc'"
        );
        assert_eq!(
            refused("a.md: {at: 2026-01-02, on: x}\n"),
            ".prode/reviews.yaml:1:24: an entry holds by, at, body, sources, elsewhere"
        );
        assert_eq!(
            refused("a.md: 2026-01-02\na.md: 2026-01-02\n"),
            ".prode/reviews.yaml:2:1: 'a.md' is there a second time"
        );
        assert_eq!(
            refused("../a.md: 2026-01-02\n"),
            ".prode/reviews.yaml:1:1: no path from the top of the repository"
        );
        assert!(refused("a.md: &x {at: 2026-01-02}\nb.md: *x\n").contains(":1:10: anchors"));
        assert!(refused("{a.md: 2026-01-02}\n").contains("one entry in lines of its own"));
        assert!(refused("- a.md\n").contains("a mapping from paths"));
        assert!(refused("a.md: [x\n").starts_with(".prode/reviews.yaml:"));
        let error = Stamps::read(b"a.md: 2026-01-02\n# \xff\n").unwrap_err().to_string();
        assert_eq!(error, ".prode/reviews.yaml:2:0: byte 19 is not UTF-8");
    }

    #[test]
    fn what_cannot_be_changed_in_place_is_left_alone() {
        let text = "a.md: 2026-01-02\n...\n";
        let mut stamps = Stamps::read(text.as_bytes()).unwrap();
        let error = stamps.set(&path("b.md"), &seen("human:ada", false)).unwrap_err();
        assert!(matches!(error, ReviewError::Unwritable { .. }), "{error}");
        assert_eq!(stamps.bytes(), text.as_bytes());
    }
}
