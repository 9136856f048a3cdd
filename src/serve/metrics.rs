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

/// Upper bounds of the histogram, in milliseconds.
const BOUNDS: [u64; 11] = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

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

/// Times by their bounds.
#[derive(Default)]
pub(super) struct Times {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: Duration,
}

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
        let mut text = String::new();
        head(&mut text, "prode_http_requests_total", "counter", "Requests that were answered.");
        for ((path, method, status), count) in lock(&self.requests).iter() {
            let labels = format!("path=\"{path}\",method=\"{method}\",status=\"{status}\"");
            line(&mut text, "prode_http_requests_total", &labels, count);
        }
        self.times(&mut text);
        head(&mut text, "prode_refused_total", "counter", "Requests and connections turned away.");
        for (reason, count) in lock(&self.refused).iter() {
            line(&mut text, "prode_refused_total", &format!("reason=\"{reason}\""), count);
        }
        let followed = "prode_follow_looks_total";
        head(&mut text, followed, "counter", "Looks at the repository that is followed.");
        for (outcome, count) in lock(&self.followed).iter() {
            line(&mut text, followed, &format!("outcome=\"{outcome}\""), count);
        }
        let read = |gauge: &AtomicU64| gauge.load(Ordering::Relaxed);
        let flight = "prode_http_requests_in_flight";
        head(&mut text, flight, "gauge", "Requests that are being answered.");
        line(&mut text, flight, "", read(&self.in_flight));
        head(&mut text, "prode_http_connections", "gauge", "Connections that are open.");
        line(&mut text, "prode_http_connections", "", read(&self.connections));
        if let Some(index_moves) = index_moves {
            let moves = "prode_index_moves_total";
            head(&mut text, moves, "counter", "Times the index was brought to a tree new to it.");
            line(&mut text, moves, "", index_moves);
        }
        head(&mut text, "prode_build_info", "gauge", "The version that runs.");
        let version = format!("version=\"{}\"", env!("CARGO_PKG_VERSION"));
        line(&mut text, "prode_build_info", &version, 1);
        text
    }

    fn times(&self, text: &mut String) {
        let name = "prode_http_request_duration_seconds";
        head(text, name, "histogram", "Time from a request's head to the answer's.");
        for (path, times) in lock(&self.times).iter() {
            times.lines(text, name, &format!("path=\"{path}\""));
        }
    }
}

impl Times {
    /// One more.
    pub(super) fn add(&mut self, took: Duration) {
        for (bucket, bound) in self.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(took <= Duration::from_millis(bound));
        }
        self.count += 1;
        self.sum += took;
    }

    /// All of them, as series of the histogram `name`.
    pub(super) fn lines(&self, text: &mut String, name: &str, label: &str) {
        let bucket = format!("{name}_bucket");
        for (within, bound) in self.buckets.iter().zip(BOUNDS) {
            let bound = Duration::from_millis(bound).as_secs_f64();
            line(text, &bucket, &format!("{label},le=\"{bound}\""), within);
        }
        line(text, &bucket, &format!("{label},le=\"+Inf\""), self.count);
        line(text, &format!("{name}_sum"), label, self.sum.as_secs_f64());
        line(text, &format!("{name}_count"), label, self.count);
    }
}

/// What a series is.
pub(super) fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

/// One value; `labels` as they stand between the braces.
pub(super) fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
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
