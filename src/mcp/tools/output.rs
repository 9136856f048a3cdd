//! Schemas of what tools give, written by hand: an agent pays for every byte.
//!
//! They hold what an agent reads and are open for the rest, which the
//! command's own schema describes (`prode schema NAME`) and which may grow
//! within a version. Lists of types are refused by some clients, so what may
//! be null is bounded without a type.

use serde_json::{Value, json};

/// A whole answer: these properties are always there; where it is cut, it says
/// where it goes on.
pub(super) fn answer(properties: Value) -> Value {
    let Value::Object(mut all) = properties else { return properties };
    let required: Vec<String> = all.keys().cloned().collect();
    all.insert("commit".to_owned(), maybe_text());
    all.insert("next_cursor".to_owned(), text());
    all.insert("omitted".to_owned(), open());
    json!({"type": "object", "properties": all, "required": required})
}

/// An object that only the command's own schema describes.
pub(super) fn open() -> Value {
    json!({"type": "object"})
}

/// A list.
pub(super) fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

/// Text.
pub(super) fn text() -> Value {
    json!({"type": "string"})
}

/// True or false.
pub(super) fn flag() -> Value {
    json!({"type": "boolean"})
}

/// Text, or null: a bound on length says nothing of what is no text.
pub(super) fn maybe_text() -> Value {
    json!({"minLength": 0})
}

/// A page that was found.
pub(super) fn hit() -> Value {
    json!({
        "type": "object",
        "properties": {
            "cite": text(),
            "title": text(),
            "snippet": text(),
            "stale": flag(),
        },
        "required": ["cite"],
    })
}
