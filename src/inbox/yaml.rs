//! Small YAML: what heads, decisions and events are written in.
//!
//! Block style for the outer keys, flow style within, JSON's quotation marks
//! wherever a plain word might be read as something else.

use serde_json::{Map, Value};

use crate::document;
use crate::repo_path::RepoPath;

/// A file: a head of what is known, in this order, and a body as it stands.
pub(super) fn file(rows: impl IntoIterator<Item = (&'static str, Value)>, body: &str) -> String {
    let known = rows.into_iter().filter(|(_, value)| !value.is_null());
    let head = known.map(|(key, value)| (key.to_owned(), value)).collect();
    let body = if body.is_empty() { String::new() } else { format!("\n{body}\n") };
    format!("---\n{}---\n{body}", lines(&head))
}

/// `key: value` lines.
pub(super) fn lines(map: &Map<String, Value>) -> String {
    let lines = map.iter().map(|(key, value)| format!("{key}: {}", flow(value)));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => {
            let pairs = map.iter().map(|(key, value)| format!("{key}: {}", flow(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Letters that nothing in YAML reads as a number, a date or a mark.
fn is_plain(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-./@".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_word)
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"]
            .contains(&text.to_ascii_lowercase().as_str())
}

/// A file of one mapping, as the head of a page is read.
pub(super) fn mapping(text: &str) -> Option<Map<String, Value>> {
    let head = format!("---\n{}\n---\n", text.trim_end());
    let (document, said) = document::parse(&RepoPath::root(), head.as_bytes());
    said.is_empty().then(|| document.front.raw())
}

/// A scalar as text: YAML may have read a date or a number.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
