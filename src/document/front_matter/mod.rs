//! Metadata at the top of a file, in every dialect that teams use.
//!
//! [`read`] cuts the block, reads it as YAML or TOML and maps every
//! vocabulary onto one set of names. A block that cannot be read costs its
//! own content and nothing else; what is wrong with it is a diagnostic.

mod block;
mod date;
mod freshness;
mod signal;
mod toml_block;
mod values;
mod vocabulary;
mod yaml;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use date::{read_date, read_interval};
pub use freshness::freshness_day;
pub use vocabulary::FOREIGN_REVIEW_DATES;

use super::text::{Text, offset};
use crate::diagnostic::Diagnostic;
use block::Block;

pub(super) use block::bytes_of as block_of;

pub(super) use freshness::{is_freshness, read as read_freshness};

/// How the block at the top of the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// What an alert or an error looks like; matches outrank words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signal {
    /// The name of an alert rule.
    Alert(String),
    /// A literal piece of an error message, or an error code.
    Error(String),
    /// A regular expression, matched against the whole text of a ticket.
    Regex(String),
}

/// What a page describes: its drift is drift of these.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Another repository's URL; `None` for this one.
    pub repo: Option<String>,
    /// A glob below the repository's top folder, or a URL.
    pub path: String,
}

/// Who looked at it, when, and what they saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// `human:<id>`, a name, or nothing where only a date is written.
    pub by: Option<String>,
    /// The day of the review.
    pub at: Date,
    /// `sha256:<hex>` of the body that was reviewed.
    pub body: Option<String>,
    /// `sha256:<hex>` over the sources that were reviewed.
    pub sources: Option<String>,
    /// What was seen of other repositories: `NAME@COMMIT sha256:<hex>`, several behind commas.
    pub elsewhere: Option<String>,
}

/// Metadata, normalised: every dialect and foreign vocabulary is mapped onto
/// these names. What a file does not say is empty; nothing is guessed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// How it is written; `None` where the file has no block.
    pub dialect: Option<Dialect>,
    /// Byte offset at which the body begins.
    pub body_start: u32,
    /// `title`.
    pub title: Option<String>,
    /// `kind`, or Open Knowledge Format's `type`.
    pub kind: Option<String>,
    /// `owner` (one or a list), `maintainers`, g3doc's `owner`.
    pub owner: Vec<String>,
    /// `status` as written.
    pub status: Option<String>,
    /// Why the page is archived.
    pub archived: Option<String>,
    /// Names of systems.
    pub services: Vec<String>,
    /// Topics.
    pub tags: Vec<String>,
    /// Other names of the page.
    pub aliases: Vec<String>,
    /// What routes to the page exactly.
    pub signals: Vec<Signal>,
    /// Specialists worth asking when this page routes.
    pub evidence: Vec<String>,
    /// What the page describes.
    pub sources: Vec<Source>,
    /// The last review.
    pub reviewed: Option<Reviewed>,
    /// Days between reviews.
    pub review_every: Option<u32>,
    /// The day from which the page says of itself that it is stale.
    pub stale_after: Option<Date>,
    /// Pages that this one replaces, as written.
    pub supersedes: Vec<String>,
    /// Every key as written, as a JSON object; `null` where there is none.
    /// Text, so that any store can hold it.
    pub raw: String,
}

impl FrontMatter {
    /// Every key as written.
    pub fn raw(&self) -> serde_json::Map<String, serde_json::Value> {
        serde_json::from_str(&self.raw).unwrap_or_default()
    }

    /// The text of a key that has no field here; empty is absent.
    pub fn text(&self, key: &str) -> Option<String> {
        self.raw().get(key).and_then(values::text_of)
    }

    /// The list of the first of `keys` that holds one; a text with commas is a list.
    pub fn list(&self, keys: &[&str]) -> Vec<String> {
        let raw = self.raw();
        let mut lists = keys.iter().filter_map(|key| raw.get(*key)).map(values::list_of);
        lists.find(|list| !list.is_empty()).unwrap_or_default()
    }
}

/// Why a block cannot be read; line and column count from its first line.
#[derive(Debug)]
struct Malformed {
    line: u32,
    column: u32,
    message: String,
}

/// Reads the block at the top of the file, if there is one.
pub(super) fn read(text: &Text<'_>) -> (FrontMatter, Vec<Diagnostic>) {
    let none = FrontMatter {
        body_start: offset(text.start()),
        raw: Value::Null.to_string(),
        ..FrontMatter::default()
    };
    let Some(block) = block::find(text.as_str(), text.start()) else {
        return (none, Vec::new());
    };
    let content = &text.as_str()[block.content.clone()];
    let framed = FrontMatter {
        dialect: Some(block.dialect),
        body_start: offset(block.body),
        raw: none.raw.clone(),
        ..FrontMatter::default()
    };
    let value = match block.dialect {
        Dialect::Yaml => yaml::read(content),
        Dialect::Toml => toml_block::read(content),
    };
    match value {
        Ok(Value::Object(keys)) => vocabulary::map(&framed, &keys, &Places::new(text, &block)),
        Ok(Value::Null) => (framed, Vec::new()),
        Err(error) if has_key(content) => {
            let above = text.line(offset(block.content.start)) - 1;
            (framed, vec![malformed(&error, above)])
        }
        // Two thematic breaks with a paragraph between them.
        Ok(_) | Err(_) => (none, Vec::new()),
    }
}

fn malformed(error: &Malformed, lines_above: u32) -> Diagnostic {
    let message = format!("front matter cannot be read: {}", error.message);
    let line = error.line.saturating_add(lines_above);
    Diagnostic::error("front-matter-malformed", line, error.column, message)
}

/// True if some line begins like `key:` or `key =`: somebody meant metadata.
fn has_key(content: &str) -> bool {
    content.lines().any(|line| {
        let rest = line.trim_start_matches(|c: char| c.is_alphanumeric() || "_.-\"'".contains(c));
        rest.len() < line.len() && rest.trim_start().starts_with([':', '='])
    })
}

/// Where a top-level key stands in the file, for diagnostics.
struct Places<'a> {
    text: &'a Text<'a>,
    block: &'a Block,
}

impl<'a> Places<'a> {
    fn new(text: &'a Text<'a>, block: &'a Block) -> Self {
        Self { text, block }
    }

    /// Line and column of `needle` behind `key`, of the key where it is not found.
    fn of(&self, key: &str, needle: &str) -> (u32, u32) {
        let content = &self.text.as_str()[self.block.content.clone()];
        let at = line_with(content, key).map_or(0, |at| {
            let found = if needle.is_empty() { None } else { content[at..].find(needle) };
            at + found.unwrap_or(0)
        });
        self.text.position(offset(self.block.content.start + at))
    }
}

/// Offset of the line that begins with `key`, plain or in quotes.
fn line_with(content: &str, key: &str) -> Option<usize> {
    let mut at = 0;
    for line in content.split_inclusive('\n') {
        let bare = line.trim_start_matches(['"', '\'']);
        if bare.strip_prefix(key).is_some_and(|rest| {
            rest.trim_start_matches(['"', '\'']).trim_start().starts_with([':', '='])
        }) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests;
