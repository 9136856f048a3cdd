//! Schemas of what tools give, written by hand: an agent pays for every byte.
//!
//! They hold what an agent reads and are open for the rest, which the
//! command's own schema describes (`prode schema NAME`) and which may grow
//! within a version. Lists of types are refused by some clients, so what may
//! be null is bounded without a type.

use serde_json::{Value, json};

/// A whole answer of a commit: these properties are always there; where it is cut,
/// it says where it goes on.
pub(super) fn answer(properties: Value) -> Value {
    let Value::Object(mut all) = properties else { return properties };
    let required: Vec<String> = all.keys().cloned().collect();
    all.insert("commit".to_owned(), maybe_text());
    all.insert("next_cursor".to_owned(), text());
    json!({"type": "object", "properties": all, "required": required})
}

/// An answer of one form or another, or of no commit: only `required` is always there.
pub(super) fn answer_with(properties: &Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

/// An object that only the command's own schema describes.
pub(super) fn open() -> Value {
    json!({"type": "object"})
}

/// An object that holds at least these.
pub(super) fn holding(names: &[&str]) -> Value {
    json!({"type": "object", "required": names})
}

/// A list of whatever the command's own schema describes.
pub(super) fn list() -> Value {
    json!({"type": "array"})
}

/// A list of objects that hold at least these.
pub(super) fn list_of(names: &[&str]) -> Value {
    json!({"type": "array", "items": {"required": names}})
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
