//! A page whose front matter is about to change: in its own lines and dialect.
//!
//! Whatever is written is read again: the keys that were meant say what was
//! meant, every other key and the body are as they were, or nothing changed.

use std::ops::Range;

use jiff::civil::Date;

use super::error::ReviewError;
use super::mapping;
use super::redate::redated;
use super::{stamps, toml_lines};
use crate::document::{self, Dialect, FOREIGN_REVIEW_DATES, FrontMatter, Reviewed, freshness_day};
use crate::repo_path::RepoPath;
use crate::yaml::{self, Node};

/// The byte order mark, in UTF-8.
const BOM: &str = "\u{feff}";

/// A page, read to be changed.
#[derive(Debug, Clone, PartialEq)]
pub struct PageText {
    path: RepoPath,
    text: String,
    front: FrontMatter,
}

/// What a key shall hold.
enum Value<'a> {
    Text(&'a str),
    Stamp(&'a Reviewed),
    /// One more item of a list.
    Item(Item<'a>),
    /// The same day in the form that the key has.
    Day(Date),
}

#[derive(Clone, Copy)]
enum Item<'a> {
    Text(&'a str),
    Seen { by: &'a str, at: Date },
}

impl PageText {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// Where it is not UTF-8, or has a front matter that cannot be read: what
    /// cannot be read is not written.
    pub fn read(path: &RepoPath, bytes: &[u8]) -> Result<Self, ReviewError> {
        let text = std::str::from_utf8(bytes).map_err(|error| ReviewError::NotText {
            path: path.clone(),
            at: error.valid_up_to(),
        })?;
        let (front, diagnostics) = document::front_matter(bytes);
        let broken = diagnostics.into_iter().find(|it| it.rule == "front-matter-malformed");
        match broken {
            Some(it) => Err(ReviewError::Malformed {
                file: path.text().into_owned(),
                line: it.line,
                column: it.column,
                reason: it.message,
            }),
            None => Ok(Self { path: path.clone(), text: text.to_owned(), front }),
        }
    }

    /// What the block says now; `dialect` is `None` where there is none.
    pub fn front(&self) -> &FrontMatter {
        &self.front
    }

    /// The file's bytes now.
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Writes the day in every other vocabulary that the page uses for a
    /// review, each in its own form: days of other systems, an entry more in
    /// Open Knowledge Format's `verified`, a g3doc comment. The names of what
    /// was written. The comment stands in the body: digest that afterwards.
    pub fn redate(&mut self, by: &str, at: Date) -> Result<Vec<&'static str>, ReviewError> {
        let keys = self.front.raw();
        let mut written = Vec::new();
        for key in FOREIGN_REVIEW_DATES {
            if keys.get(key).is_some_and(serde_json::Value::is_string) {
                self.write(key, &Value::Day(at))?;
                written.push(key);
            }
        }
        if keys.get("verified").is_some_and(|it| it.is_array() || it.is_object()) {
            self.write("verified", &Value::Item(Item::Seen { by, at }))?;
            written.push("verified");
        }
        if let Some(day) = freshness_day(&document::parse(&self.path, self.bytes()).0, &self.text) {
            let new = redated(&self.text[day.clone()], at);
            self.text.replace_range(day, &new);
            written.push("freshness");
        }
        Ok(written)
    }

    /// Writes `reviewed`.
    pub fn stamp(&mut self, stamp: &Reviewed) -> Result<(), ReviewError> {
        self.write("reviewed", &Value::Stamp(stamp))
    }

    /// Writes a key that holds a text. A page without a block gets one.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), ReviewError> {
        self.write(key, &Value::Text(value))
    }

    /// Adds an item to a key that holds a list, unless it is there.
    pub fn add(&mut self, key: &str, item: &str) -> Result<(), ReviewError> {
        if self.front.list(&[key]).iter().any(|known| known == item) {
            return Ok(());
        }
        self.write(key, &Value::Item(Item::Text(item)))
    }

    fn write(&mut self, key: &str, value: &Value<'_>) -> Result<(), ReviewError> {
        let mut new = self.clone();
        if new.front.dialect.is_none() {
            new.begin_block()?;
        }
        let block = new.block();
        let content = &new.text[block.clone()];
        let is_toml = new.front.dialect == Some(Dialect::Toml);
        let newline = mapping::newline(&new.text);
        let changed = if is_toml {
            in_toml(content, key, value, newline)
        } else {
            in_yaml(content, key, value, newline)
        };
        let unwritable = || self.unwritable(key);
        new.text.replace_range(block, &changed.ok_or_else(unwritable)?);
        let new = Self::read(&self.path, new.text.as_bytes()).map_err(|_| unwritable())?;
        if !new.says(self, key, value) {
            return Err(unwritable());
        }
        *self = new;
        Ok(())
    }

    /// True if it says what was meant, and else what `old` says.
    fn says(&self, old: &Self, key: &str, value: &Value<'_>) -> bool {
        let (mut now, mut before) = (self.front.raw(), old.front.raw());
        let (said, was) = (now.remove(key), before.remove(key));
        let is_meant = match value {
            Value::Text(text) => self.front.text(key).as_deref() == Some(text.trim()),
            Value::Stamp(stamp) => self.front.reviewed.as_ref() == Some(stamp),
            Value::Item(Item::Text(item)) => self.front.list(&[key]).iter().any(|it| it == item),
            Value::Item(Item::Seen { .. }) | Value::Day(_) => said.is_some(),
        };
        let kept = unknown_of(was.as_ref()) == unknown_of(said.as_ref());
        is_meant && kept && now == before && self.body() == old.body()
    }

    fn body(&self) -> &str {
        self.text.get(self.front.body_start as usize..).unwrap_or_default()
    }

    /// An empty block above everything, in the file's own line ends.
    fn begin_block(&mut self) -> Result<(), ReviewError> {
        let start = if self.text.starts_with(BOM) { BOM.len() } else { 0 };
        let newline = mapping::newline(&self.text);
        self.text.insert_str(start, &format!("---{newline}---{newline}"));
        *self = Self::read(&self.path, self.text.as_bytes())?;
        Ok(())
    }

    /// Between the fences.
    fn block(&self) -> Range<usize> {
        let start = self.text.find('\n').map_or(self.text.len(), |at| at + 1);
        let head = &self.text[..self.front.body_start as usize];
        let end = head.trim_end_matches(['\r', '\n']).rfind('\n').map_or(0, |at| at + 1);
        start.min(end)..end
    }

    fn unwritable(&self, key: &str) -> ReviewError {
        let block = &self.text[self.block()];
        let at =
            block.lines().position(|line| line.trim_start_matches(['"', '\'']).starts_with(key));
        ReviewError::Unwritable {
            file: self.path.text().into_owned(),
            line: u32::try_from(at.map_or(1, |at| at + 2)).unwrap_or(u32::MAX),
            entry: key.to_owned(),
        }
    }
}

/// The parts of a review that this program does not know.
fn unknown_of(value: Option<&serde_json::Value>) -> Vec<(&String, &serde_json::Value)> {
    let parts = value.and_then(serde_json::Value::as_object).into_iter().flatten();
    parts.filter(|(key, _)| !stamps::KEYS.contains(&key.as_str())).collect()
}

fn in_yaml(content: &str, key: &str, value: &Value<'_>, newline: &str) -> Option<String> {
    let root = yaml::read(content).ok()?;
    let pairs = root.as_ref().map_or(Some(&[][..]), Node::pairs)?;
    let mut found = pairs.iter().filter(|(known, _)| known.text() == Some(key));
    let old = found.next();
    if found.next().is_some() {
        return None;
    }
    let addition = |written: &str| {
        mapping::with_line(content, root.as_ref(), &format!("{key}: {written}"), newline)
    };
    match (value, old) {
        (Value::Text(text), None) => addition(&super::record::scalar(text)),
        (Value::Text(text), Some(old)) => mapping::rewritten(content, old, text),
        (Value::Stamp(stamp), None) => addition(&mapping::in_braces(&stamps::pairs(stamp))),
        (Value::Stamp(stamp), Some(old)) if old.1.text().is_some() => {
            mapping::replaced(content, old, &mapping::in_braces(&stamps::pairs(stamp)))
        }
        (Value::Stamp(stamp), Some((_, old))) => {
            mapping::changed(content, old, &stamps::pairs(stamp))
        }
        (Value::Item(item), None) => addition(&format!("[{}]", item.in_yaml())),
        (Value::Item(Item::Seen { by, at }), Some((_, old))) if old.pairs().is_some() => {
            let pairs = [("by", Some((*by).to_owned())), ("at", Some(at.to_string()))];
            mapping::changed(content, old, &pairs)
        }
        (Value::Item(item), Some((_, old))) => mapping::with_item(content, old, &item.in_yaml()),
        (Value::Day(_), None) => None,
        (Value::Day(day), Some(old)) => {
            let was = old.1.text()?;
            mapping::rewritten(content, old, &redated(was, *day))
        }
    }
}

fn in_toml(content: &str, key: &str, value: &Value<'_>, newline: &str) -> Option<String> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match value {
        Value::Text(text) => toml_lines::with(content, key, &quoted(text), newline),
        Value::Stamp(stamp) => toml_lines::with(content, key, &toml_lines::stamp(stamp), newline),
        Value::Item(Item::Text(text)) => {
            toml_lines::with_item(content, key, &quoted(text), newline)
        }
        Value::Item(Item::Seen { by, at }) => {
            let item = format!("{{by = {}, at = {at}}}", quoted(by));
            toml_lines::with_item(content, key, &item, newline)
        }
        Value::Day(day) => toml_lines::changed(content, key, &|was| {
            let bare = was.trim_matches(['"', '\'']);
            was.replacen(bare, &redated(bare, *day), 1)
        }),
    }
}

impl Item<'_> {
    fn in_yaml(self) -> String {
        match self {
            Self::Text(text) => super::record::scalar(text),
            Self::Seen { by, at } => format!("{{by: {}, at: {at}}}", super::record::scalar(by)),
        }
    }
}

#[cfg(test)]
mod tests;
