//! `PagerDuty`.
//!
//! Sources: webhooks version 3 (`event.data`), the REST API's incident, and
//! the Events API v2 (`payload`). A routing key is a secret and is not read.

use serde_json::Value;

use super::draft::Draft;
use super::{field, generic};

pub(super) fn read(value: &Value) -> Option<Draft> {
    read_event(value).or_else(|| incident(value).map(read_incident))
}

/// A monitoring tool's event, as it is sent to the Events API.
fn read_event(value: &Value) -> Option<Draft> {
    let payload = value.get("payload")?;
    let summary = field::text(payload, "/summary")?;
    let own = ["source", "severity", "custom_details"];
    if !own.iter().any(|key| payload.get(key).is_some()) {
        return None;
    }
    let mut draft = Draft::default();
    draft.title(summary);
    for (key, label) in [("source", "host"), ("severity", "severity"), ("component", "component")] {
        tell_label(&mut draft, payload, key, label);
    }
    tell_label(&mut draft, payload, "group", "group");
    tell_label(&mut draft, payload, "class", "class");
    tell_details(&mut draft, payload.get("custom_details"));
    for link in field::items(value, "/links") {
        draft.link(field::text(link, "/href"));
    }
    draft.link(field::text(value, "/client_url"));
    Some(draft)
}

/// The incident of a webhook, of an API answer, or the value itself.
fn incident(value: &Value) -> Option<&Value> {
    let webhook = value
        .pointer("/event/data")
        .filter(|_| field::text(value, "/event/event_type").is_some_and(|kind| kind.contains('.')));
    let bare = || {
        let kind = field::text(value, "/type").is_some_and(|kind| kind.starts_with("incident"));
        (kind || value.get("incident_number").is_some()).then_some(value)
    };
    webhook
        .or_else(|| value.get("incident"))
        .or_else(|| value.pointer("/messages/0/incident"))
        .or_else(bare)
        .filter(|incident| field::first_text(incident, &["/title", "/summary"]).is_some())
}

fn read_incident(incident: &Value) -> Draft {
    let mut draft = Draft::default();
    draft.title(field::first_text(incident, &["/title", "/summary"]));
    draft.paragraph(field::text(incident, "/description"));
    tell_details(&mut draft, incident.pointer("/body/details"));
    tell_details(&mut draft, incident.pointer("/first_trigger_log_entry/channel/details"));
    for (pointer, label) in
        [("/service", "service"), ("/priority", "priority"), ("/escalation_policy", "escalation")]
    {
        let name = ["/summary", "/name"];
        if let Some(name) = incident.pointer(pointer).and_then(|it| field::first_text(it, &name)) {
            draft.label(label, name);
        }
    }
    tell_label(&mut draft, incident, "urgency", "urgency");
    draft.link(field::text(incident, "/html_url"));
    draft
}

fn tell_label(draft: &mut Draft, value: &Value, key: &str, label: &str) {
    if let Some(text) = value.get(key).and_then(Value::as_str) {
        draft.label(label, text);
    }
}

/// Details are free: an object, a list or a text.
fn tell_details(draft: &mut Draft, details: Option<&Value>) {
    match details {
        Some(Value::String(text)) => draft.paragraph(text.as_str()),
        Some(details) => generic::tell(draft, details),
        None => {}
    }
}
