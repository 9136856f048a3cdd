//! Numbers for operators, in the text format of Prometheus (0.0.4).
//!
//! Labels take their values from fixed lists only: nothing that a client sends
//! makes a new series, and nothing of a question is in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::{Method, StatusCode};

use crate::telemetry::{BOUNDS, Family, Kind, Times, Value};

/// Everything that is counted.
#[derive(Default)]
pub(super) struct Metrics {
    requests: Mutex<BTreeMap<Series, u64>>,
    times: Mutex<BTreeMap<&'static str, Times>>,
    refused: Mutex<BTreeMap<&'static str, u64>>,
    followed: Mutex<BTreeMap<&'static str, u64>>,
    in_flight: AtomicU64,
    connections: AtomicU64,
}

/// Path, method, status.
type Series = (&'static str, &'static str, u16);

/// One more of something, for as long as it lives.
pub(super) struct Held<'a>(&'a AtomicU64);

impl<'a> Held<'a> {
    fn of(gauge: &'a AtomicU64) -> Self {
        gauge.fetch_add(1, Ordering::Relaxed);
        Self(gauge)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// A request that is being answered.
    pub(super) fn begun(&self) -> Held<'_> {
        Held::of(&self.in_flight)
    }

    /// A connection that is open.
    pub(super) fn connected(&self) -> Held<'_> {
        Held::of(&self.connections)
    }

    /// A request that was answered, well or not.
    pub(super) fn answered(
        &self,
        path: &'static str,
        method: &Method,
        status: StatusCode,
        took: Duration,
    ) {
        let series = (path, method_name(method), status.as_u16());
        *lock(&self.requests).entry(series).or_default() += 1;
        let mut times = lock(&self.times);
        let times = times.entry(path).or_default();
        times.add(took);
    }

    /// A request or a connection that was turned away.
    pub(super) fn refused(&self, reason: &'static str) {
        *lock(&self.refused).entry(reason).or_default() += 1;
    }

    /// A look at the repository that is followed, well or not.
    pub(super) fn followed(&self, well: bool) {
        *lock(&self.followed).entry(if well { "ok" } else { "failed" }).or_default() += 1;
    }

    /// All of it, as it is scraped.
    /// `index_moves` where an index is served.
    pub(super) fn text(&self, index_moves: Option<u64>) -> String {
        text(&self.families(index_moves))
    }

    fn families(&self, index_moves: Option<u64>) -> Vec<Family> {
        let read = |gauge: &AtomicU64| gauge.load(Ordering::Relaxed);
        let mut requests = counter("prode_http_requests_total", "Requests that were answered.");
        for ((path, method, status), count) in lock(&self.requests).iter() {
            let labels = vec![
                ("path", path.to_string()),
                ("method", method.to_string()),
                ("status", status.to_string()),
            ];
            requests = requests.with(labels, Value::Whole(*count));
        }
        let help = "Time from a request's head to the answer's.";
        let mut times = Family::new("prode_http_request_duration_seconds", Kind::Histogram, help);
        for (path, all) in lock(&self.times).iter() {
            times = times.with(vec![("path", path.to_string())], Value::Times(all.clone()));
        }
        let refused = counter("prode_refused_total", "Requests and connections turned away.");
        let followed =
            counter("prode_follow_looks_total", "Looks at the repository that is followed.");
        let flight = gauge("prode_http_requests_in_flight", "Requests that are being answered.");
        let open = gauge("prode_http_connections", "Connections that are open.");
        let mut families = vec![
            requests,
            times,
            by("reason", refused, &lock(&self.refused)),
            by("outcome", followed, &lock(&self.followed)),
            flight.at(read(&self.in_flight)),
            open.at(read(&self.connections)),
        ];
        if let Some(index_moves) = index_moves {
            let help = "Times the index was brought to a tree new to it.";
            families.push(counter("prode_index_moves_total", help).at(index_moves));
        }
        families.push(build());
        families
    }
}

/// What only grows.
pub(super) fn counter(name: &'static str, help: &'static str) -> Family {
    Family::new(name, Kind::Counter, help)
}

/// What goes up and down.
pub(super) fn gauge(name: &'static str, help: &'static str) -> Family {
    Family::new(name, Kind::Gauge, help)
}

/// A family with a series for each value of one label.
pub(super) fn by<K: ToString>(
    label: &'static str,
    family: Family,
    counts: &BTreeMap<K, u64>,
) -> Family {
    counts.iter().fold(family, |family, (value, count)| {
        family.with(vec![(label, value.to_string())], Value::Whole(*count))
    })
}

/// The version that runs.
fn build() -> Family {
    let version = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];
    gauge("prode_build_info", "The version that runs.").with(version, Value::Whole(1))
}

/// All of it, as it is scraped.
pub(super) fn text(families: &[Family]) -> String {
    let mut text = String::new();
    for Family { name, help, kind, points } in families {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for point in points {
            let labels = point.labels.iter().map(|(label, value)| format!("{label}=\"{value}\""));
            let labels = labels.collect::<Vec<_>>().join(",");
            match &point.value {
                Value::Whole(value) => line(&mut text, name, &labels, value),
                Value::Times(times) => histogram(&mut text, name, &labels, times),
            }
        }
    }
    text
}

fn histogram(text: &mut String, name: &str, labels: &str, times: &Times) {
    let bucket = format!("{name}_bucket");
    for (within, bound) in times.within.iter().zip(BOUNDS) {
        let bound = Duration::from_millis(bound).as_secs_f64();
        line(text, &bucket, &format!("{labels},le=\"{bound}\""), within);
    }
    line(text, &bucket, &format!("{labels},le=\"+Inf\""), times.count);
    line(text, &format!("{name}_sum"), labels, times.sum.as_secs_f64());
    line(text, &format!("{name}_count"), labels, times.count);
}

/// One value; `labels` as they stand between the braces.
fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let _ = match labels {
        "" => writeln!(text, "{name} {value}"),
        labels => writeln!(text, "{name}{{{labels}}} {value}"),
    };
}

/// What a thread that crashed left is counted on.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_in_its_series_and_in_every_bucket_above_it() {
        let metrics = Metrics::default();
        let took = Duration::from_millis(20);
        metrics.answered("/mcp", &Method::POST, StatusCode::OK, took);
        metrics.answered("/mcp", &Method::from_bytes(b"BREW").unwrap(), StatusCode::OK, took);
        metrics.refused("rate");
        let text = metrics.text(Some(3));
        for wanted in [
            "prode_http_requests_total{path=\"/mcp\",method=\"POST\",status=\"200\"} 1\n",
            "prode_http_requests_total{path=\"/mcp\",method=\"other\",status=\"200\"} 1\n",
            "prode_http_request_duration_seconds_bucket{path=\"/mcp\",le=\"0.01\"} 0\n",
            "prode_http_request_duration_seconds_bucket{path=\"/mcp\",le=\"0.025\"} 2\n",
            "prode_http_request_duration_seconds_bucket{path=\"/mcp\",le=\"+Inf\"} 2\n",
            "prode_http_request_duration_seconds_sum{path=\"/mcp\"} 0.04\n",
            "prode_refused_total{reason=\"rate\"} 1\n",
            "prode_index_moves_total 3\n",
        ] {
            assert!(text.contains(wanted), "no {wanted} in {text}");
        }
    }

    #[test]
    fn a_gauge_goes_back() {
        let metrics = Metrics::default();
        let held = metrics.begun();
        assert!(metrics.text(None).contains("prode_http_requests_in_flight 1\n"));
        drop(held);
        assert!(metrics.text(None).contains("prode_http_requests_in_flight 0\n"));
    }
}
