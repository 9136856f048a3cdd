//! What leaves, what is dropped, and what is waited for.

#![allow(clippy::unwrap_used, reason = "helpers of tests, outside a test function")]

use std::sync::mpsc::channel;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::metric::{Family, Kind, Times, Value};
use super::resource::Resource;
use super::span::{Fact, Span};
use super::{Collector, Counted, Exporter, encode};
use crate::http::scripted::{answer, listening};
use crate::http::{Endpoint, Token};
use crate::triage::trace::{SpanId, TraceId};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn span(number: u64) -> Span {
    Span {
        trace: TraceId::of("R-1"),
        id: SpanId::of("R-1", 1, "effect", number),
        parent: Some(SpanId::of("R-1", 1, "triage.phase", 0)),
        link: None,
        name: "effect",
        speaks: true,
        began: at("2026-11-03T14:00:00.25Z"),
        ended: at("2026-11-03T14:00:01Z"),
        facts: vec![
            ("prode.effect", Fact::text("comment")),
            ("prode.count", Fact::whole(3)),
            ("prode.made", Fact::Is(true)),
            ("prode.reasons", Fact::Texts(vec!["a".to_owned()])),
        ],
        failed: true,
    }
}

fn resource() -> Resource {
    Resource {
        service: "prode".to_owned(),
        version: "1".to_owned(),
        instance: "i".to_owned(),
        since: 7,
    }
}

fn exporter(address: &str) -> Exporter {
    let collector = Collector {
        endpoint: Endpoint::parse(address).unwrap(),
        token: None::<Token>,
        service: "prode".to_owned(),
    };
    Exporter::start(collector, "i".to_owned(), at("2026-11-03T14:00:00Z")).unwrap()
}

fn accepted() -> String {
    answer("200 OK", "content-type: application/json\r\n", "{}")
}

#[test]
fn a_span_is_in_the_form_of_the_protocol() {
    let told = encode::spans(&resource(), &[span(4)]);
    let resource = &told["resourceSpans"][0];
    let attributes = &resource["resource"]["attributes"];
    assert_eq!(attributes[0], json!({"key": "service.name", "value": {"stringValue": "prode"}}));
    let span = &resource["scopeSpans"][0]["spans"][0];
    assert_eq!(span["traceId"], TraceId::of("R-1").to_string());
    assert_eq!(span["parentSpanId"], SpanId::of("R-1", 1, "triage.phase", 0).to_string());
    assert_eq!(span["startTimeUnixNano"], "1793714400250000000");
    assert_eq!((&span["kind"], &span["status"]["code"]), (&json!(3), &json!(2)));
    let facts: Vec<&Json> =
        span["attributes"].as_array().unwrap().iter().map(|it| &it["value"]).collect();
    assert_eq!(
        json!(facts),
        json!([
            {"stringValue": "comment"},
            {"intValue": "3"},
            {"boolValue": true},
            {"arrayValue": {"values": [{"stringValue": "a"}]}},
        ])
    );
}

#[test]
fn numbers_keep_their_meaning() {
    let mut times = Times::default();
    for milliseconds in [3, 20, 20, 60_000] {
        times.add(Duration::from_millis(milliseconds));
    }
    let label = || vec![("phase", "decide".to_owned())];
    let families = [
        Family::new("prode_triage_runs_total", Kind::Counter, "Runs.")
            .with(label(), Value::Whole(3)),
        Family::new("prode_watch_queue", Kind::Gauge, "Tickets.").at(8),
        Family::new("prode_triage_step_duration_seconds", Kind::Histogram, "Time.")
            .with(label(), Value::Times(times)),
        Family::new("prode_none_total", Kind::Counter, "None yet."),
    ];
    let told = encode::metrics(&resource(), &families, 9);
    let metrics = told["resourceMetrics"][0]["scopeMetrics"][0]["metrics"].as_array().unwrap();
    let names: Vec<&Json> = metrics.iter().map(|it| &it["name"]).collect();
    assert_eq!(
        json!(names),
        json!(["prode_triage_runs", "prode_watch_queue", "prode_triage_step_duration"])
    );
    let sum = &metrics[0]["sum"];
    assert_eq!((&sum["isMonotonic"], &sum["aggregationTemporality"]), (&json!(true), &json!(2)));
    let point = &sum["dataPoints"][0];
    assert_eq!((&point["asInt"], &point["startTimeUnixNano"]), (&json!("3"), &json!("7")));
    assert_eq!(metrics[1]["gauge"]["dataPoints"][0]["asInt"], "8");
    assert_eq!(metrics[2]["unit"], "s");
    let point = &metrics[2]["histogram"]["dataPoints"][0];
    let counts = ["0", "1", "0", "2", "0", "0", "0", "0", "0", "0", "0", "1"];
    assert_eq!(point["bucketCounts"], json!(counts));
    assert_eq!(point["explicitBounds"].as_array().unwrap().len() + 1, counts.len());
    assert_eq!((&point["count"], &point["sum"]), (&json!("4"), &json!(60.043)));
}

#[test]
fn what_is_taken_is_counted_and_what_is_refused_one_by_one_too() {
    let (address, came) = listening(|number, _| {
        let partly = r#"{"partialSuccess": {"rejectedSpans": "1", "errorMessage": "why"}}"#;
        Some(if number == 0 { accepted() } else { answer("200 OK", "", partly) })
    });
    let exporter = exporter(&address);
    exporter.spans(vec![span(1)]);
    assert!(came.recv().unwrap().starts_with("POST /v1/traces "));
    exporter.spans(vec![span(2), span(3)]);
    let refused = exporter.finish(Duration::from_secs(20)).unwrap_err();
    assert_eq!(refused, "the collector refused 1 of 2 spans");
    assert_eq!(exporter.counted(), Counted { sent: 2, dropped: 1 });
}

#[test]
fn a_refusal_is_told_once_it_was_all_that_came() {
    let (address, _came) = listening(|_, _| Some(answer("401 Unauthorized", "", "{}")));
    let exporter = exporter(&address);
    exporter.spans(vec![span(1)]);
    assert!(exporter.finish(Duration::from_secs(20)).is_err());
    assert_eq!(exporter.counted(), Counted { sent: 0, dropped: 1 });
}

#[test]
fn a_collector_that_is_busy_is_asked_again() {
    let (address, _came) = listening(|number, _| {
        let busy = answer("503 Service Unavailable", "retry-after: 1\r\n", "{}");
        Some(if number == 0 { busy } else { accepted() })
    });
    let exporter = exporter(&address);
    exporter.spans(vec![span(1)]);
    exporter.finish(Duration::from_secs(20)).unwrap();
    assert_eq!(exporter.counted(), Counted { sent: 1, dropped: 0 });
}

#[test]
fn what_comes_on_top_of_what_waits_is_dropped_and_holds_nobody_up() {
    let (held, hold) = channel::<()>();
    let hold = std::sync::Mutex::new(hold);
    let (address, _came) = listening(move |_, _| {
        let _ = hold.lock().unwrap().recv();
        Some(accepted())
    });
    let exporter = exporter(&address);
    for number in 0..1_000 {
        exporter.spans(vec![span(number)]);
    }
    // At most so many are on their way and in the queue.
    let dropped = exporter.counted().dropped;
    assert!((1_000 - 512 - 257..=744).contains(&dropped), "{dropped}");
    assert!(exporter.finish(Duration::from_millis(50)).is_err());
    drop(held);
}
