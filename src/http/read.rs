//! Values in a service's answer, each missed by its name.

use jiff::Timestamp;
use serde_json::Value;

/// Text that must be there.
pub fn text(value: &Value, pointer: &str) -> Result<String, String> {
    maybe(value, pointer).ok_or_else(|| format!("it has no text at {pointer}"))
}

/// Text, where it is there.
pub fn maybe(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer)?.as_str().map(str::to_owned)
}

/// A number that must be there.
pub fn number(value: &Value, pointer: &str) -> Result<u64, String> {
    let number = value.pointer(pointer).and_then(Value::as_u64);
    number.ok_or_else(|| format!("it has no number at {pointer}"))
}

/// Yes or no; no where nothing is said.
pub fn is(value: &Value, pointer: &str) -> bool {
    value.pointer(pointer).and_then(Value::as_bool).unwrap_or(false)
}

/// A time that must be there.
pub fn time(value: &Value, pointer: &str) -> Result<Timestamp, String> {
    maybe_time(value, pointer).ok_or_else(|| format!("it has no time at {pointer}"))
}

/// A time, where it is there.
pub fn maybe_time(value: &Value, pointer: &str) -> Option<Timestamp> {
    value.pointer(pointer)?.as_str()?.parse().ok()
}

/// Items of a list; none where there is no list.
pub fn items<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}
