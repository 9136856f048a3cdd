//! Takes a payload out of the transport that carried it.
//!
//! Amazon SNS, SQS and Lambda wrap the payload as a JSON string inside JSON.
//! What cannot be opened is returned as it came.

use serde_json::Value;

use super::field;

/// A queue's record inside a topic's notification inside a function's event.
const MAX_WRAPPINGS: usize = 3;

/// Where transports put a payload, as a JSON string.
const WRAPPED: &[&str] = &[
    "/Message",               // SNS notification
    "/Records/0/Sns/Message", // Lambda event from SNS
    "/Records/0/body",        // Lambda event from SQS
    "/0/Message",
];

/// The innermost JSON object or list that the value carries.
pub(super) fn open(mut value: Value) -> Value {
    for _ in 0..MAX_WRAPPINGS {
        let Some(inner) = unwrap_once(&value) else { break };
        value = inner;
    }
    value
}

fn unwrap_once(value: &Value) -> Option<Value> {
    let carried = WRAPPED.iter().find_map(|path| field::text(value, path))?;
    let inner: Value = serde_json::from_str(carried).ok()?;
    (inner.is_object() || inner.is_array()).then_some(inner)
}
