//! Schemas of what tools give, written by hand: an agent pays for every byte,
//! and clients refuse lists of types, so what may be null has no type here.

use serde_json::{Map, Value, json};

/// An object with these properties and no others; those named `required` are
/// always there.
pub(super) fn object(required: &[&str], properties: Value) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// A whole answer: its own properties, all of them always there, and where it
/// goes on.
pub(super) fn answer(properties: Value) -> Value {
    let Value::Object(mut all) = properties else { return properties };
    let required: Vec<String> = all.keys().cloned().collect();
    all.insert("next_cursor".to_owned(), text());
    all.insert("omitted".to_owned(), json!({"type": "object"}));
    let required: Vec<&str> = required.iter().map(String::as_str).collect();
    object(&required, Value::Object(all))
}

/// A list.
pub(super) fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

/// Text.
pub(super) fn text() -> Value {
    json!({"type": "string"})
}

/// A number.
pub(super) fn number() -> Value {
    json!({"type": "number"})
}

/// True or false.
pub(super) fn flag() -> Value {
    json!({"type": "boolean"})
}

/// Text, or null.
pub(super) fn maybe_text() -> Value {
    json!({})
}

/// A page that was found, with `more` properties.
pub(super) fn hit(more: Map<String, Value>) -> Value {
    let texts = ["path", "anchor", "title", "kind", "status", "blob", "cite", "snippet"];
    let mut all: Map<_, _> = texts.iter().map(|name| ((*name).to_owned(), text())).collect();
    for (name, schema) in [
        ("rank", number()),
        ("score", number()),
        ("headings", list(text())),
        ("owner", list(text())),
        ("reviewed", maybe_text()),
        ("stale", flag()),
        ("superseded_by", maybe_text()),
        ("lines", list(number())),
        ("why", list(json!({"type": "object"}))),
    ] {
        all.insert(name.to_owned(), schema);
    }
    all.extend(more);
    object(&["path", "cite"], Value::Object(all))
}
