//! What a learning rests on.

use serde_json::{Map, Value, json};

use super::error::InboxError;
use super::yaml;

/// One receipt, by its name: who said it, where it is, when, and its digest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The specialist or tool.
    pub source: String,
    /// A link or a name there.
    pub reference: String,
    /// When it was seen, RFC 3339.
    pub at: Option<String>,
    /// `sha256:…` of the redacted excerpt.
    pub digest: Option<String>,
}

impl Evidence {
    /// From an item of `evidence`; a plain text is a reference.
    pub(super) fn read(value: &Value) -> Result<Self, InboxError> {
        const WANTED: InboxError =
            InboxError::Field { key: "evidence", wanted: "a list of {source, ref, at, digest}" };
        if let Some(reference) = value.as_str() {
            return Ok(Self { reference: reference.to_owned(), ..Self::default() });
        }
        let map = value.as_object().ok_or(WANTED)?;
        let text = |key: &str| map.get(key).and_then(yaml::text);
        Ok(Self {
            source: text("source").unwrap_or_default(),
            reference: text("ref").ok_or(WANTED)?,
            at: text("at"),
            digest: text("digest"),
        })
    }

    /// As an item of `evidence`.
    pub(super) fn value(&self) -> Value {
        let mut map = Map::new();
        if !self.source.is_empty() {
            map.insert("source".to_owned(), json!(self.source));
        }
        map.insert("ref".to_owned(), json!(self.reference));
        for (key, value) in [("at", &self.at), ("digest", &self.digest)] {
            map.extend(value.as_ref().map(|value| (key.to_owned(), json!(value))));
        }
        Value::Object(map)
    }
}
