//! A CloudWatch alarm.
//!
//! Sources: the alarm notification that CloudWatch publishes to SNS (the
//! envelope is already opened), the `EventBridge` event "CloudWatch Alarm State
//! Change", and the API's `DescribeAlarms`.

use serde_json::Value;

use super::draft::Draft;
use super::field;

pub(super) fn read(value: &Value) -> Option<Draft> {
    let alarm = alarm(value)?;
    let mut draft = Draft::default();
    let name = field::first_text(alarm, &["/AlarmName", "/alarmName"])?;
    draft.title(name);
    draft.label("alertname", name);
    for pointer in [
        "/AlarmDescription",
        "/configuration/description",
        "/NewStateReason",
        "/state/reason",
        "/StateReason",
        "/AlarmRule",
        "/configuration/alarmRule",
    ] {
        draft.paragraph(field::text(alarm, pointer));
    }
    if let Some(region) = field::first_text(value, &["/Region", "/region"]) {
        draft.label("region", region);
    }
    for metric in metrics(alarm) {
        tell_metric(&mut draft, metric);
    }
    Some(draft)
}

/// The part that names the alarm; the first one of a list.
fn alarm(value: &Value) -> Option<&Value> {
    let candidates =
        ["", "/detail", "/MetricAlarms/0", "/CompositeAlarms/0"].map(|at| value.pointer(at));
    candidates.into_iter().flatten().find(|part| {
        field::text(part, "/AlarmName").is_some()
            || (field::text(part, "/alarmName").is_some() && part.get("state").is_some())
    })
}

/// Where an alarm names its metric: at once, or in each query of metric math.
fn metrics(alarm: &Value) -> Vec<&Value> {
    let direct = alarm.get("Trigger").unwrap_or(alarm);
    let queries = ["/Trigger/Metrics", "/Metrics", "/configuration/metrics"]
        .into_iter()
        .flat_map(|list| field::items(alarm, list))
        .filter_map(|query| {
            query.pointer("/MetricStat/Metric").or_else(|| query.pointer("/metricStat/metric"))
        });
    std::iter::once(direct).chain(queries).collect()
}

fn tell_metric(draft: &mut Draft, metric: &Value) {
    if let Some(name) = field::first_text(metric, &["/MetricName", "/name"]) {
        draft.label("metric", name);
    }
    if let Some(namespace) = field::first_text(metric, &["/Namespace", "/namespace"]) {
        draft.label("namespace", namespace);
    }
    for dimension in field::items(metric, "/Dimensions") {
        let name = field::first_text(dimension, &["/name", "/Name"]);
        let value = field::first_text(dimension, &["/value", "/Value"]);
        if let (Some(name), Some(value)) = (name, value) {
            draft.label(name, value);
        }
    }
    field::members(metric, "/dimensions").for_each(|(name, value)| draft.label(name, &value));
}
