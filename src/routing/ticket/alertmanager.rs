//! Prometheus Alertmanager and what speaks its shape, such as Grafana.
//!
//! Sources: the webhook configuration of Alertmanager (version 4), its API
//! `GET /api/v2/alerts`, Grafana's webhook notifier. Several alerts become one
//! ticket; resolved ones count only where none is firing.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::draft::{Draft, joined};
use super::field;

/// Alerts of one group that are read; a storm repeats itself.
const MAX_ALERTS: usize = 100;
/// Names in a title.
const MAX_NAMES: usize = 5;

pub(super) fn read(value: &Value) -> Option<Draft> {
    let alerts = alerts(value)?;
    let mut draft = Draft::default();
    let summary = ["/commonAnnotations/summary", "/commonAnnotations/message"];
    let summary = field::first_text(value, &summary).or_else(|| {
        alerts.iter().find_map(|alert| {
            field::first_text(alert, &["/annotations/summary", "/annotations/message"])
        })
    });
    let names = names(&alerts);
    draft.title(joined(Some(names.as_str()).filter(|names| !names.is_empty()), summary).as_deref());
    draft.already_told(summary);
    for part in ["/groupLabels", "/commonLabels"] {
        field::members(value, part).for_each(|(key, text)| draft.label(key, &text));
    }
    annotate(&mut draft, value, "/commonAnnotations");
    for alert in alerts.iter().take(MAX_ALERTS) {
        tell_alert(&mut draft, alert);
    }
    if alerts.len() > MAX_ALERTS {
        draft.truncate();
    }
    Some(draft)
}

/// The alerts of a webhook, of a list, or the one that the value is.
fn alerts(value: &Value) -> Option<Vec<&Value>> {
    let all: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        _ if value.get("alerts").is_some() => field::items(value, "/alerts").iter().collect(),
        _ => vec![value],
    };
    let known = |alert: &&Value| {
        alert.get("labels").is_some_and(Value::is_object)
            && (alert.get("annotations").is_some_and(Value::is_object)
                || alert.get("startsAt").is_some()
                || field::text(alert, "/labels/alertname").is_some())
    };
    if all.is_empty() || !all.iter().all(known) {
        return None;
    }
    let firing: Vec<&Value> = all.iter().copied().filter(|alert| !is_resolved(alert)).collect();
    Some(if firing.is_empty() { all } else { firing })
}

fn is_resolved(alert: &Value) -> bool {
    field::text(alert, "/status") == Some("resolved")
}

fn names(alerts: &[&Value]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in alerts.iter().filter_map(|alert| field::text(alert, "/labels/alertname")) {
        if names.len() < MAX_NAMES && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn tell_alert(draft: &mut Draft, alert: &Value) {
    annotate(draft, alert, "/annotations");
    field::members(alert, "/labels").for_each(|(key, text)| draft.label(key, &text));
    draft.paragraph(field::text(alert, "/generatorURL").and_then(expression).as_deref());
    for link in ["/generatorURL", "/dashboardURL", "/panelURL"] {
        draft.link(field::text(alert, link));
    }
}

fn annotate(draft: &mut Draft, value: &Value, pointer: &str) {
    for (_, text) in field::members(value, pointer) {
        if text.starts_with("http://") || text.starts_with("https://") {
            draft.link(&*text);
        } else {
            draft.paragraph(&*text);
        }
    }
}

/// The expression that fired, which Prometheus carries only in the address of
/// its graph: it names the metrics.
fn expression(generator: &str) -> Option<String> {
    let (_, query) = generator.split_once('?')?;
    let expression = query.split('&').find_map(|pair| pair.strip_prefix("g0.expr="))?;
    let spaced = expression.replace('+', " ");
    Some(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}
