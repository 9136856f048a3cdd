//! One key of a front matter, changed in its own line.

use std::ops::Range;

use super::lines::{line_at, lines, next_line};
use super::{AdrEditError, AdrText};
use crate::document::Dialect;

/// Where a key's value stands.
struct Value {
    /// Between the quotes where it has some; without a comment behind it.
    range: Range<usize>,
    quote: Option<char>,
}

impl AdrText {
    /// True if there is a block of metadata.
    pub(super) fn has_front(&self) -> bool {
        self.document.front.dialect.is_some()
    }

    /// Writes `key`, in its line where it has one, else as the first line.
    pub(super) fn set_front(&mut self, key: &str, value: &str) -> Result<(), AdrEditError> {
        let Some(line) = self.front_line(key) else { return self.add_front(key, value) };
        let place = self.front_value(key, line)?;
        let space = if self.text[..place.range.start].ends_with([':', '=']) { " " } else { "" };
        let value = match place.quote {
            Some('\'') => value.replace('\'', "''"),
            Some(_) => value.replace('\\', "\\\\").replace('"', "\\\""),
            None => self.plain(value),
        };
        self.replace(place.range, &format!("{space}{value}"))
    }

    /// The line of a top-level key.
    pub(super) fn front_line(&self, key: &str) -> Option<Range<usize>> {
        self.front_lines().find(|line| {
            let line = &self.text[line.clone()];
            let bare = line.trim_start_matches(['"', '\'']);
            bare.strip_prefix(key).is_some_and(|rest| {
                rest.trim_start_matches(['"', '\'']).trim_start().starts_with([':', '='])
            })
        })
    }

    /// Adds an item to a list, which is made where there is none; false where
    /// the item is there already.
    pub(super) fn add_front_item(&mut self, key: &str, item: &str) -> Result<bool, AdrEditError> {
        if self.document.front.list(&[key]).iter().any(|known| known == item) {
            return Ok(false);
        }
        let Some(line) = self.front_line(key) else {
            let quoted = self.plain(item);
            let is_toml = self.document.front.dialect == Some(Dialect::Toml);
            let sign = if is_toml { " =" } else { ":" };
            let added = format!("{key}{sign} [{quoted}]{}", self.newline());
            let at = self.front_end();
            return self.replace(at..at, &added).map(|()| true);
        };
        let item = self.plain(item);
        let content = self.text[line.clone()].trim_end();
        let inside = content.len();
        if content.ends_with(']') {
            let at = line.start + inside - 1;
            let comma = if content[..inside - 1].trim_end().ends_with('[') { "" } else { ", " };
            return self.replace(at..at, &format!("{comma}{item}")).map(|()| true);
        }
        let below = line_at(&self.text, next_line(&self.text, line.end));
        let first = &self.text[below.clone()];
        let Some((indent, _)) =
            first.split_once("- ").filter(|(indent, _)| indent.trim().is_empty())
        else {
            return Err(self.not_one_line(key));
        };
        let added = format!("{indent}- {item}{}", self.newline());
        self.replace(below.start..below.start, &added).map(|()| true)
    }

    fn add_front(&mut self, key: &str, value: &str) -> Result<(), AdrEditError> {
        let is_toml = self.document.front.dialect == Some(Dialect::Toml);
        let sign = if is_toml { " =" } else { ":" };
        let added = format!("{key}{sign} {}{}", self.plain(value), self.newline());
        let at = self.front_lines().next().map_or_else(|| self.front_end(), |line| line.start);
        self.replace(at..at, &added)
    }

    /// Lines between the fences.
    fn front_lines(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let start = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let end = if self.has_front() { self.front_end() } else { start };
        lines(&self.text, next_line(&self.text, start).min(end)..end)
    }

    /// Where the closing fence begins.
    fn front_end(&self) -> usize {
        let body = self.document.front.body_start as usize;
        let head = self.text[..body].trim_end_matches(['\r', '\n']);
        head.rfind('\n').map_or(0, |at| at + 1)
    }

    fn front_value(&self, key: &str, line: Range<usize>) -> Result<Value, AdrEditError> {
        let content = &self.text[line.clone()];
        let sign = content.find([':', '=']).unwrap_or(content.len() - 1) + 1;
        let rest = &content[sign..];
        let start = line.start + sign + (rest.len() - rest.trim_start().len());
        let value = rest.trim();
        let goes_on = self.front_lines().find(|next| next.start > line.start);
        let goes_on = goes_on.is_some_and(|next| self.text[next].starts_with([' ', '\t', '-']));
        if goes_on || value.starts_with(['|', '>', '&', '!']) {
            return Err(self.not_one_line(key));
        }
        if let Some(quote) = value.chars().next().filter(|first| ['"', '\''].contains(first)) {
            let end = value[1..].find(quote).ok_or_else(|| self.not_one_line(key))?;
            return Ok(Value { range: start + 1..start + 1 + end, quote: Some(quote) });
        }
        let words = value.split(" #").next().unwrap_or_default().trim_end();
        let words = if words.starts_with('#') { "" } else { words };
        let start = if words.is_empty() { line.start + sign } else { start };
        Ok(Value { range: start..start + words.len(), quote: None })
    }

    /// A value as it may stand without quotes, else in some.
    fn plain(&self, value: &str) -> String {
        let bends = value.contains(": ")
            || value.contains(" #")
            || value.starts_with(|c: char| !c.is_alphanumeric())
            || value.contains([',', '[', ']', '{', '}', '"', '\\']);
        if bends || self.document.front.dialect == Some(Dialect::Toml) {
            serde_json::to_string(value).unwrap_or_default()
        } else {
            value.to_owned()
        }
    }

    fn not_one_line(&self, key: &str) -> AdrEditError {
        AdrEditError::FrontMatter { path: self.path.clone(), key: key.to_owned() }
    }
}
