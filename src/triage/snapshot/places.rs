//! Where trackers and alerts keep what a snapshot wants, as JSON pointers.
//!
//! Sources: Linear's GraphQL `Issue`, GitHub's, GitLab's and Gitea's REST
//! issues, Sentry's issue, Alertmanager's webhook, CloudWatch's alarm, and the
//! plain keys of prode's own tickets.

use jiff::Timestamp;
use serde_json::Value;

/// Names of tickets.
pub(super) const ID: &[&str] = &[
    "/identifier",
    "/data/identifier",
    "/data/issue/identifier",
    "/issue/identifier",
    "/shortId",
    "/key",
    "/issue/number",
    "/issue/id",
    "/number",
    "/iid",
    "/id",
    "/AlarmArn",
    "/alarm_arn",
    "/groupKey",
];
/// When it was made.
pub(super) const CREATED: &[&str] = &[
    "/created",
    "/createdAt",
    "/created_at",
    "/data/createdAt",
    "/data/issue/createdAt",
    "/issue/created_at",
    "/issue/createdAt",
    "/firstSeen",
    "/StateChangeTime",
];
/// When it was changed last.
pub(super) const UPDATED: &[&str] = &[
    "/updated",
    "/updatedAt",
    "/updated_at",
    "/data/updatedAt",
    "/data/issue/updatedAt",
    "/issue/updated_at",
    "/issue/updatedAt",
    "/lastSeen",
];
/// Where the incident is said to begin.
pub(super) const WINDOW_FROM: &[&str] =
    &["/window/from", "/incident/from", "/incident_window/from"];
/// Where it is said to end.
pub(super) const WINDOW_UNTIL: &[&str] =
    &["/window/until", "/window/to", "/incident/until", "/incident_window/until"];
/// When an alert began to fire.
pub(super) const STARTED: &[&str] =
    &["/startsAt", "/alerts/0/startsAt", "/incident_started_at", "/StateChangeTime"];
/// When it ended.
pub(super) const ENDED: &[&str] = &["/endsAt", "/alerts/0/endsAt", "/incident_ended_at"];
/// Lists of comments.
pub(super) const COMMENTS: &[&str] = &[
    "/comments",
    "/comments/nodes",
    "/data/comments/nodes",
    "/issue/comments/nodes",
    "/data/issue/comments/nodes",
];
/// Lists of attachments.
pub(super) const ATTACHMENTS: &[&str] = &[
    "/attachments",
    "/attachments/nodes",
    "/data/attachments/nodes",
    "/data/issue/attachments/nodes",
];

/// The first scalar that stands at one of these places, in one line.
pub(super) fn first(value: &Value, places: &[&str]) -> Option<String> {
    let scalar = |value: &Value| match value {
        Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let found = places.iter().filter_map(|place| scalar(value.pointer(place)?));
    found.map(|text| text.chars().take(200).collect::<String>()).find(|text| !text.is_empty())
}

/// The first time that stands at one of these places.
pub(super) fn time(value: &Value, places: &[&str]) -> Option<Timestamp> {
    let mut texts = places.iter().filter_map(|place| value.pointer(place)?.as_str());
    texts.find_map(read_time)
}

/// RFC 3339; also CloudWatch's offset without a colon.
fn read_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let utc = text.strip_suffix("+0000").map(|rest| format!("{rest}Z"));
    utc.as_deref().unwrap_or(text).parse().ok()
}

/// What the lists at these places say: texts, or objects with a body or name.
pub(super) fn texts(value: &Value, places: &[&str]) -> Vec<String> {
    let items = places.iter().filter_map(|place| value.pointer(place)?.as_array()).flatten();
    let text = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        item => ["/body", "/text", "/title", "/name", "/filename", "/url"]
            .iter()
            .find_map(|place| Some(item.pointer(place)?.as_str()?.to_owned())),
    };
    items.filter_map(text).filter(|text| !text.trim().is_empty()).collect()
}
