//! Reads fields of a JSON value by their JSON pointer (RFC 6901).

use std::borrow::Cow;

use serde_json::Value;

/// The string at a pointer; `None` where it is missing, blank or no string.
pub(super) fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer)?.as_str().filter(|text| !text.trim().is_empty())
}

/// The first of several pointers that holds a string with words.
pub(super) fn first_text<'v>(value: &'v Value, pointers: &[&str]) -> Option<&'v str> {
    pointers.iter().find_map(|pointer| text(value, pointer))
}

/// The elements of the list at a pointer; none where there is no list.
pub(super) fn items<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The members of the object at a pointer that are words, numbers or truths.
pub(super) fn members<'v>(
    value: &'v Value,
    pointer: &str,
) -> impl Iterator<Item = (&'v str, Cow<'v, str>)> {
    value
        .pointer(pointer)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.as_str(), scalar(value)?)))
}

/// A scalar as text; `None` for null, objects and lists.
pub(super) fn scalar(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
