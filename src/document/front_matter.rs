//! Metadata at the top of a file, in every dialect that teams use.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
}
