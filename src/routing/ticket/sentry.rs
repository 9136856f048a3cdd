//! Sentry.
//!
//! Sources: the integration platform's webhooks (`data.event`, `data.issue`,
//! `data.error`, `data.metric_alert`), the older webhook plugin (`event`), and
//! the event payload itself. Frames come outermost first there; the last ones
//! are where it failed.

use serde_json::Value;

use super::draft::{Draft, joined};
use super::field;

/// Frames of one exception that are told, counted from where it failed.
const MAX_FRAMES: usize = 12;
/// Causes in a chain of exceptions.
const MAX_EXCEPTIONS: usize = 8;

pub(super) fn read(value: &Value) -> Option<Draft> {
    let event = event(value)?;
    let mut draft = Draft::default();
    let exceptions = exceptions(event);
    let named = exceptions.last().copied().or_else(|| event.get("metadata"));
    let named = named.and_then(|it| {
        joined(field::text(it, "/type"), field::text(it, "/value")).filter(|it| !it.is_empty())
    });
    draft.title(field::text(event, "/title"));
    draft.title(named.as_deref());
    for pointer in
        ["/message", "/logentry/formatted", "/logentry/message", "/message/formatted", "/culprit"]
    {
        draft.paragraph(field::text(event, pointer));
    }
    draft.paragraph(field::text(value, "/data/description_text"));
    draft.paragraph(named.as_deref());
    exceptions.iter().rev().take(MAX_EXCEPTIONS).for_each(|it| tell_exception(&mut draft, it));
    tell_labels(&mut draft, value, event);
    for pointer in ["/web_url", "/permalink", "/url"] {
        draft.link(field::text(event, pointer).filter(|url| url.starts_with("http")));
    }
    Some(draft)
}

fn event(value: &Value) -> Option<&Value> {
    let inner = ["/data/event", "/data/error", "/data/issue", "/data/metric_alert", "/event", ""];
    inner.into_iter().filter_map(|at| value.pointer(at)).find(|event| is_event(event))
}

fn is_event(event: &Value) -> bool {
    let has = |key: &str| event.get(key).is_some();
    let exception = !exceptions(event).is_empty();
    let issue = has("shortId") && (has("culprit") || has("metadata"));
    let told = has("event_id") && (has("platform") || has("culprit") || has("logentry"));
    exception || issue || told || has("alert_rule")
}

/// The chain of exceptions: in the event, or as an entry of the API's event.
fn exceptions(event: &Value) -> Vec<&Value> {
    let direct = field::items(event, "/exception/values").iter();
    let entries = field::items(event, "/entries")
        .iter()
        .filter(|entry| field::text(entry, "/type") == Some("exception"))
        .flat_map(|entry| field::items(entry, "/data/values"));
    direct.chain(entries).filter(|exception| exception.is_object()).collect()
}

fn tell_exception(draft: &mut Draft, exception: &Value) {
    let kind = field::text(exception, "/type");
    draft.paragraph(joined(kind, field::text(exception, "/value")).as_deref());
    if let Some(kind) = kind {
        let module = field::text(exception, "/module").filter(|_| !kind.contains(['.', ':']));
        let full = module.map_or_else(|| kind.to_owned(), |module| format!("{module}.{kind}"));
        draft.label("exception", &full);
    }
    for frame in field::items(exception, "/stacktrace/frames").iter().rev().take(MAX_FRAMES) {
        draft.paragraph(frame_line(frame).as_deref());
    }
}

/// A frame the way most languages print it: `at module.function (file:line)`.
fn frame_line(frame: &Value) -> Option<String> {
    let file = field::first_text(frame, &["/filename", "/abs_path", "/module"])?;
    let function = field::text(frame, "/function").unwrap_or("?");
    Some(match frame.get("lineno").and_then(Value::as_u64) {
        Some(line) => format!("at {function} ({file}:{line})"),
        None => format!("at {function} ({file})"),
    })
}

fn tell_labels(draft: &mut Draft, value: &Value, event: &Value) {
    draft.severity(field::text(event, "/level"));
    let project = ["/project/slug", "/project_slug", "/project_name", "/project"]
        .map(|at| [event, value].map(|it| field::text(it, at)));
    if let Some(project) = project.into_iter().flatten().flatten().next() {
        draft.label("project", project);
    }
    for key in ["environment", "server_name", "transaction"] {
        if let Some(text) = event.get(key).and_then(Value::as_str) {
            draft.label(key, text);
        }
    }
    if let Some(rule) = field::text(value, "/data/triggered_rule") {
        draft.label("triggered_rule", rule);
    }
    field::members(event, "/tags").for_each(|(key, text)| draft.label(key, &text));
    for tag in field::items(event, "/tags") {
        let pair = |list: &str, object: &str| field::first_text(tag, &[list, object]);
        if let (Some(key), Some(text)) = (pair("/0", "/key"), pair("/1", "/value")) {
            draft.label(key, text);
        }
    }
}
