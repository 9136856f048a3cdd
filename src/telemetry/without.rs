//! In place of what makes OTLP, where that was left out of the program.

use serde_json::Value;

use super::metric::Family;
use super::resource::Resource;
use super::span::Span;

pub(super) fn spans(_: &Resource, _: &[Span]) -> Value {
    Value::Null
}

pub(super) fn metrics(_: &Resource, _: &[Family], _: u64) -> Value {
    Value::Null
}
