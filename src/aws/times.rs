//! Moments as AWS writes them.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// How long after it happened something may still be on its way into metrics and
/// logs: what is asked about ends so long before now.
pub const UNTIL_IT_IS_THERE: SignedDuration = SignedDuration::from_mins(2);

/// Seconds since 1970, with a fraction, or RFC 3339.
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    if let Some(text) = value.as_str() {
        return text.parse().ok();
    }
    let since = SignedDuration::try_from_secs_f64(value.as_f64()?).ok()?;
    Timestamp::from_duration(since).ok()
}

/// Milliseconds since 1970.
pub(super) fn millis(value: &Value) -> Option<Timestamp> {
    Timestamp::from_millisecond(value.as_i64()?).ok()
}
