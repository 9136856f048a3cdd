//! A value of front matter as a text or as a list, however it is written.

use serde_json::Value;

/// A text, a number or a boolean as text; an empty one is absent.
pub(super) fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A list, or a text with commas; an entry may be a mapping that names itself.
pub(super) fn list_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(name_of).collect(),
        Value::Object(_) => Vec::new(),
        one => text_of(one)
            .iter()
            .flat_map(|text| text.split(','))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
    }
}

fn name_of(item: &Value) -> Option<String> {
    let keys = ["name", "id", "github", "email"];
    text_of(item).or_else(|| keys.iter().find_map(|key| item.get(key).and_then(text_of)))
}
