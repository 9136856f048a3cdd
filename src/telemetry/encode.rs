//! OTLP 1, in the JSON form of its protocol buffers.

use jiff::Timestamp;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Any;
use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, InstrumentationScope, KeyValue,
};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::number_data_point::Value as Number;
use opentelemetry_proto::tonic::metrics::v1::{
    AggregationTemporality, Gauge, Histogram, HistogramDataPoint, Metric, NumberDataPoint,
    ResourceMetrics, ScopeMetrics, Sum,
};
use opentelemetry_proto::tonic::resource::v1::Resource as OtlpResource;
use opentelemetry_proto::tonic::trace::v1::span::{Link, SpanKind};
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span as OtlpSpan, Status};
use serde_json::Value as Json;

use super::metric::{BOUNDS, Family, Kind, Point, Times, Value};
use super::resource::Resource;
use super::span::{Fact, Span};

/// A request to `/v1/traces`.
pub(super) fn spans(resource: &Resource, spans: &[Span]) -> Json {
    let spans = spans.iter().map(span).collect();
    let scope_spans = vec![ScopeSpans { scope: Some(scope()), spans, ..ScopeSpans::default() }];
    let told =
        ResourceSpans { resource: Some(of(resource)), scope_spans, ..ResourceSpans::default() };
    json(&ExportTraceServiceRequest { resource_spans: vec![told] })
}

/// A request to `/v1/metrics`, of what is counted since `since` (nanoseconds).
pub(super) fn metrics(resource: &Resource, families: &[Family], now: u64) -> Json {
    let full = families.iter().filter(|it| !it.points.is_empty());
    let metrics = full.map(|it| metric(it, resource.since, now)).collect();
    let scope_metrics =
        vec![ScopeMetrics { scope: Some(scope()), metrics, ..ScopeMetrics::default() }];
    let told = ResourceMetrics {
        resource: Some(of(resource)),
        scope_metrics,
        ..ResourceMetrics::default()
    };
    json(&ExportMetricsServiceRequest { resource_metrics: vec![told] })
}

fn json(request: &impl serde::Serialize) -> Json {
    serde_json::to_value(request).unwrap_or_default()
}

fn of(resource: &Resource) -> OtlpResource {
    let facts = [
        ("service.name", &resource.service),
        ("service.version", &resource.version),
        ("service.instance.id", &resource.instance),
    ];
    let attributes = facts.map(|(key, value)| pair(key, &Fact::Text(value.clone()))).into();
    OtlpResource { attributes, ..OtlpResource::default() }
}

fn scope() -> InstrumentationScope {
    InstrumentationScope { name: "prode".to_owned(), ..InstrumentationScope::default() }
}

fn span(span: &Span) -> OtlpSpan {
    let links = span.link.map(|(trace, id)| Link {
        trace_id: trace.0.to_vec(),
        span_id: id.0.to_vec(),
        ..Link::default()
    });
    let kind = if span.speaks { SpanKind::Client } else { SpanKind::Internal };
    let code = if span.failed { StatusCode::Error } else { StatusCode::Unset };
    OtlpSpan {
        trace_id: span.trace.0.to_vec(),
        span_id: span.id.0.to_vec(),
        parent_span_id: span.parent.map(|it| it.0.to_vec()).unwrap_or_default(),
        name: span.name.to_owned(),
        kind: kind.into(),
        start_time_unix_nano: nanoseconds(span.began),
        end_time_unix_nano: nanoseconds(span.ended.max(span.began)),
        attributes: span.facts.iter().map(|(key, fact)| pair(key, fact)).collect(),
        links: links.into_iter().collect(),
        status: Some(Status { code: code.into(), message: String::new() }),
        ..OtlpSpan::default()
    }
}

fn pair(key: &str, fact: &Fact) -> KeyValue {
    let text = |it: &String| Any::StringValue(it.clone());
    let value = match fact {
        Fact::Text(it) => text(it),
        Fact::Whole(it) => Any::IntValue(*it),
        Fact::Is(it) => Any::BoolValue(*it),
        Fact::Texts(all) => {
            let values = all.iter().map(|it| AnyValue { value: Some(text(it)) }).collect();
            Any::ArrayValue(ArrayValue { values })
        }
    };
    let value = Some(AnyValue { value: Some(value) });
    KeyValue { key: key.to_owned(), value, ..KeyValue::default() }
}

/// Prometheus names what a counter counts with `_total`, and times with `_seconds`;
/// OTLP says both beside the name, and whoever makes Prometheus of it puts them back.
fn metric(family: &Family, since: u64, now: u64) -> Metric {
    let name = family.name.strip_suffix("_total").unwrap_or(family.name);
    let (name, unit) = match name.strip_suffix("_seconds") {
        Some(name) => (name, "s"),
        None => (name, ""),
    };
    let temporality = AggregationTemporality::Cumulative.into();
    let numbers = || family.points.iter().filter_map(|it| number(it, since, now)).collect();
    let data = match family.kind {
        Kind::Counter => Data::Sum(Sum {
            data_points: numbers(),
            aggregation_temporality: temporality,
            is_monotonic: true,
        }),
        Kind::Gauge => Data::Gauge(Gauge { data_points: numbers() }),
        Kind::Histogram => Data::Histogram(Histogram {
            data_points: family.points.iter().filter_map(|it| times(it, since, now)).collect(),
            aggregation_temporality: temporality,
        }),
    };
    Metric {
        name: name.to_owned(),
        description: family.help.to_owned(),
        unit: unit.to_owned(),
        data: Some(data),
        ..Metric::default()
    }
}

fn labels(point: &Point) -> Vec<KeyValue> {
    point.labels.iter().map(|(key, value)| pair(key, &Fact::Text(value.clone()))).collect()
}

fn number(point: &Point, since: u64, now: u64) -> Option<NumberDataPoint> {
    let Value::Whole(value) = point.value else { return None };
    Some(NumberDataPoint {
        attributes: labels(point),
        start_time_unix_nano: since,
        time_unix_nano: now,
        value: Some(Number::AsInt(i64::try_from(value).unwrap_or(i64::MAX))),
        ..NumberDataPoint::default()
    })
}

/// Prometheus counts all below a bound, OTLP those between two.
fn times(point: &Point, since: u64, now: u64) -> Option<HistogramDataPoint> {
    let Value::Times(Times { within, count, sum }) = &point.value else { return None };
    let below = std::iter::once(0).chain(within.iter().copied());
    let buckets = within.iter().copied().chain([*count]).zip(below);
    Some(HistogramDataPoint {
        attributes: labels(point),
        start_time_unix_nano: since,
        time_unix_nano: now,
        count: *count,
        sum: Some(sum.as_secs_f64()),
        bucket_counts: buckets.map(|(to, from)| to.saturating_sub(from)).collect(),
        explicit_bounds: BOUNDS
            .map(|it| std::time::Duration::from_millis(it).as_secs_f64())
            .to_vec(),
        ..HistogramDataPoint::default()
    })
}

pub(super) fn nanoseconds(time: Timestamp) -> u64 {
    u64::try_from(time.as_nanosecond()).unwrap_or(0)
}
