//! The metadata block: keys that every format states, and those to keep.

use super::intro::Stated;
use super::links::Relation;
use crate::adr::edit::{AdrEditError, AdrText};
use crate::document::Dialect;

const DECIDERS: [&str; 4] = ["decision-makers", "deciders", "decision_makers", "decisionMakers"];
const SUPERSEDED_BY: [&str; 3] = ["superseded-by", "superseded_by", "supersededBy"];
/// Keys that are read into other fields.
const STATED: [&str; 6] = ["status", "date", "consulted", "informed", "tags", "supersedes"];

/// A metadata block, taken apart.
#[derive(Default)]
pub(super) struct Front {
    pub(super) stated: Stated,
    pub(super) relations: Vec<Relation>,
    /// Lines of YAML, each with its end.
    pub(super) rest: String,
    /// A title that no heading states.
    pub(super) title: Option<String>,
}

pub(super) fn read(adr: &AdrText) -> Result<Front, AdrEditError> {
    let front = &adr.document().front;
    let Some(dialect) = front.dialect else { return Ok(Front::default()) };
    let raw = front.raw();
    if !adr.has_readable_front() {
        return Err(AdrEditError::FrontMatterForm(adr.path().clone()));
    }
    let title = front.title.clone().filter(|_| adr.document().h1.is_none());
    let mut dropped: Vec<&str> =
        STATED.iter().chain(&DECIDERS).chain(&SUPERSEDED_BY).copied().collect();
    if title.is_some() {
        dropped.push("title");
    }
    if adr.record().number.is_some() {
        dropped.push("number");
    }
    let backlog = front.text("id").is_some_and(|id| id.starts_with("decision-"));
    if backlog {
        dropped.push("id");
    }
    let rest = if dialect == Dialect::Toml {
        let kept = raw.iter().filter(|(key, _)| !dropped.contains(&key.as_str()));
        let lines = kept.map(|(key, value)| format!("{key}: {value}{}", adr.newline()));
        lines.collect::<Vec<_>>().concat()
    } else {
        kept_lines(block(adr), &dropped)
    };
    let list = |keys: &[&str]| front.list(keys);
    let relation = |words: &str, item: &String| Relation::listed(words, item);
    let mut relations: Vec<Relation> =
        list(&SUPERSEDED_BY).iter().map(|item| relation("superseded by", item)).collect();
    relations.extend(front.supersedes.iter().map(|item| relation("supersedes", item)));
    let stated = Stated {
        status: front.status.clone().filter(|text| !text.trim().is_empty()),
        date: front.text("date"),
        deciders: list(&DECIDERS),
        consulted: list(&["consulted"]),
        informed: list(&["informed"]),
        tags: front.tags.clone(),
    };
    Ok(Front { stated, relations, rest, title })
}

impl AdrText {
    /// False where a block of metadata is malformed, or holds no keys.
    pub fn has_readable_front(&self) -> bool {
        let front = &self.document().front;
        let is_blank = || block(self).lines().all(|line| line.trim().is_empty());
        front.dialect.is_none() || !front.raw().is_empty() || is_blank()
    }
}

/// The lines between the fences.
fn block(adr: &AdrText) -> &str {
    let text = adr.text();
    let head = &text[..adr.document().front.body_start as usize];
    let start = head.find('\n').map_or(head.len(), |at| at + 1);
    let inner = head[start..].trim_end();
    let end = inner.rfind('\n').map_or(0, |at| at + 1);
    &inner[..end]
}

/// Lines of keys that are not `dropped`, with what belongs to them.
fn kept_lines(block: &str, dropped: &[&str]) -> String {
    let mut keeps = true;
    let mut kept = String::new();
    for line in block.split_inclusive('\n') {
        let is_key = !line.starts_with(|c: char| c.is_whitespace() || "-#".contains(c));
        if let Some((key, _)) = line.split_once(':').filter(|_| is_key) {
            keeps = !dropped.contains(&key.trim().trim_matches(['"', '\'']));
        }
        if keeps && !line.trim().is_empty() {
            kept.push_str(line);
        }
    }
    kept
}

/// A value as YAML reads it back as this text.
pub(super) fn scalar(value: &str) -> String {
    let words = ["true", "false", "null", "yes", "no", "on", "off"];
    let plain = value.starts_with(char::is_alphabetic)
        && value.chars().all(|c| c.is_alphanumeric() || " ._-/()".contains(c))
        && !value.ends_with(' ')
        && !words.contains(&value.to_lowercase().as_str());
    if plain { value.to_owned() } else { serde_json::to_string(value).unwrap_or_default() }
}

/// A list on one line.
pub(super) fn list(values: &[String]) -> String {
    let items: Vec<String> = values.iter().map(|value| scalar(value)).collect();
    format!("[{}]", items.join(", "))
}
