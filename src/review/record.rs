//! What the two records share: a YAML text that is read strictly, and scalars.

use jiff::civil::Date;

use super::digest::is_digest;
use super::elsewhere::Elsewhere;
use super::error::ReviewError;
use crate::yaml::{self, Node};

/// The byte order mark, in UTF-8.
const BOM: &str = "\u{feff}";

/// The text of a record, read or about to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// From the top of the repository, for errors.
    pub(super) file: &'static str,
    /// With a byte order mark where the file has one.
    pub(super) text: String,
}

impl Record {
    pub(super) fn new(file: &'static str, bytes: &[u8]) -> Result<Self, ReviewError> {
        let malformed = |error: std::str::Utf8Error| ReviewError::Malformed {
            file: file.to_owned(),
            line: line_of(&bytes[..error.valid_up_to()]),
            column: 0,
            reason: format!("byte {} is not UTF-8", error.valid_up_to()),
        };
        let text = std::str::from_utf8(bytes).map_err(malformed)?;
        Ok(Self { file, text: text.to_owned() })
    }

    /// Its one document, whose offsets are those of [`Record::body`].
    pub(super) fn root(&self) -> Result<Option<Node>, ReviewError> {
        yaml::read(self.body()).map_err(|error| ReviewError::Malformed {
            file: self.file.to_owned(),
            line: error.line,
            column: error.column,
            reason: error.message,
        })
    }

    /// The text without a byte order mark.
    pub(super) fn body(&self) -> &str {
        self.text.strip_prefix(BOM).unwrap_or(&self.text)
    }

    /// The same record with another text behind its byte order mark.
    #[must_use]
    pub(super) fn with_body(&self, body: &str) -> Self {
        let mark = if self.text.starts_with(BOM) { BOM } else { "" };
        Self { file: self.file, text: format!("{mark}{body}") }
    }

    /// The same with `lines` at its end, each closed as the file's own are.
    #[must_use]
    pub(super) fn with_lines(&self, lines: &[String]) -> Self {
        let body = self.body();
        let is_crlf = body.find('\n').is_some_and(|at| body[..at].ends_with('\r'));
        let newline = if is_crlf { "\r\n" } else { "\n" };
        let joint = if body.is_empty() || body.ends_with('\n') { "" } else { newline };
        let lines: Vec<String> = lines.iter().map(|line| format!("{line}{newline}")).collect();
        self.with_body(&format!("{body}{joint}{}", lines.concat()))
    }

    /// What is wrong at a node.
    pub(super) fn wrong(&self, at: &Node, reason: impl Into<String>) -> ReviewError {
        ReviewError::Malformed {
            file: self.file.to_owned(),
            line: at.line,
            column: at.column,
            reason: reason.into(),
        }
    }
}

/// The pairs of one entry: known keys, each there once, each a text.
pub(super) struct Fields<'n> {
    record: &'n Record,
    entry: &'n Node,
    pairs: Vec<(&'n str, &'n Node, &'n str)>,
}

impl<'n> Fields<'n> {
    pub(super) fn of(
        record: &'n Record,
        entry: &'n Node,
        known: &[&str],
    ) -> Result<Self, ReviewError> {
        let form = || format!("an entry holds {}", known.join(", "));
        let pairs = entry.pairs().ok_or_else(|| record.wrong(entry, form()))?;
        let mut fields = Self { record, entry, pairs: Vec::new() };
        for (key, value) in pairs {
            let name = key.text().filter(|name| known.contains(name));
            let name = name.ok_or_else(|| record.wrong(key, form()))?;
            if fields.pairs.iter().any(|(other, ..)| *other == name) {
                return Err(record.wrong(key, format!("'{name}' is there a second time")));
            }
            plain(record, key)?;
            plain(record, value)?;
            let text = value.text().map(str::trim).filter(|text| !text.is_empty());
            let text = text.ok_or_else(|| record.wrong(value, format!("'{name}' has no text")))?;
            fields.pairs.push((name, value, text));
        }
        Ok(fields)
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.find(name).map(|(_, text)| text.to_owned())
    }

    pub(super) fn needed(&self, name: &str) -> Result<String, ReviewError> {
        let missing = || self.record.wrong(self.entry, format!("'{name}' is missing"));
        self.text(name).ok_or_else(missing)
    }

    pub(super) fn date(&self, name: &str) -> Result<Date, ReviewError> {
        let text = self.needed(name)?;
        let at = self.find(name).map_or(self.entry, |(at, _)| at);
        let no_day = || format!("'{name}' is no day such as 2026-10-02: '{text}'");
        text.parse().map_err(|_| self.record.wrong(at, no_day()))
    }

    pub(super) fn digest(&self, name: &str) -> Result<Option<String>, ReviewError> {
        match self.find(name) {
            Some((at, text)) if !is_digest(text) => {
                let reason = format!("'{name}' is not sha256: and 64 hex digits: '{text}'");
                Err(self.record.wrong(at, reason))
            }
            found => Ok(found.map(|(_, text)| text.to_owned())),
        }
    }

    /// What was seen of other repositories.
    pub(super) fn elsewhere(&self) -> Result<Option<String>, ReviewError> {
        match self.find("elsewhere") {
            Some((at, text)) if Elsewhere::read(text).is_none() => {
                let reason = format!("'elsewhere' is not NAME@COMMIT sha256:…: '{text}'");
                Err(self.record.wrong(at, reason))
            }
            found => Ok(found.map(|(_, text)| text.to_owned())),
        }
    }

    fn find(&self, name: &str) -> Option<(&'n Node, &'n str)> {
        let found = self.pairs.iter().find(|(known, ..)| *known == name);
        found.map(|(_, at, text)| (*at, *text))
    }
}

/// Anchors, aliases and tags have no place in a record.
pub(super) fn plain(record: &Record, node: &Node) -> Result<(), ReviewError> {
    if node.anchored || node.tag.is_some() {
        return Err(record.wrong(node, "anchors, aliases and tags have no place here"));
    }
    Ok(())
}

/// A text as a YAML scalar: as it is where that reads as itself, else in
/// double quotes.
pub(super) fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/@+: ".contains(c);
    let reads_as_itself = text.starts_with(|c: char| c.is_alphanumeric() || "./_".contains(c))
        && text.chars().all(plain)
        && !text.contains(": ")
        && !text.ends_with([':', ' '])
        && !matches!(
            text.to_ascii_lowercase().as_str(),
            "true" | "false" | "null" | "..." | ".inf" | ".nan"
        );
    if reads_as_itself { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

fn line_of(before: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', before).count() + 1).unwrap_or(u32::MAX)
}
