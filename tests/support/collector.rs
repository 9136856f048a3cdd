//! A collector of the tests: takes what OTLP over HTTP brings, and reads it as a collector
//! would, by names of the protocol's own and not by the program's code.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// What came, by path.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) path: String,
    /// Of the headers in lower case.
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
}

/// Takes everything.
pub(crate) struct Collector {
    pub(crate) address: String,
    told: Arc<Mutex<Vec<Told>>>,
    /// Once set, it takes the bytes and says nothing.
    pub(crate) is_silent: Arc<AtomicBool>,
}

/// One span as it was told.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub(crate) trace: String,
    pub(crate) id: String,
    pub(crate) parent: String,
    pub(crate) name: String,
    pub(crate) from: u64,
    pub(crate) until: u64,
    pub(crate) facts: BTreeMap<String, Value>,
    pub(crate) failed: bool,
    /// `traceID-spanID` of links.
    pub(crate) links: Vec<String>,
}

impl Collector {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let collector = Self { address, told: Arc::default(), is_silent: Arc::default() };
        let (told, silent) = (Arc::clone(&collector.told), Arc::clone(&collector.is_silent));
        std::thread::spawn(move || {
            let mut held = Vec::new();
            while let Ok((mut stream, _)) = listener.accept() {
                let Some(one) = read(&stream) else { continue };
                told.lock().unwrap().push(one);
                if silent.load(Ordering::SeqCst) {
                    held.push(stream);
                    continue;
                }
                let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
                    content-length: 21\r\nconnection: close\r\n\r\n{\"partialSuccess\":{}}";
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        collector
    }

    pub(crate) fn told(&self) -> Vec<Told> {
        self.told.lock().unwrap().clone()
    }

    /// Every span, in the order in which they came.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let told = self.told();
        let requests = told.iter().filter(|it| it.path == "/v1/traces");
        let resources = requests.flat_map(|it| list(&it.body["resourceSpans"]));
        let scopes = resources.flat_map(|it| list(&it["scopeSpans"]));
        scopes.flat_map(|it| list(&it["spans"])).map(span).collect()
    }

    /// The last value of each series: name, then labels.
    pub(crate) fn numbers(&self) -> BTreeMap<(String, String), Value> {
        let told = self.told();
        let requests = told.iter().filter(|it| it.path == "/v1/metrics");
        let resources = requests.flat_map(|it| list(&it.body["resourceMetrics"]));
        let scopes = resources.flat_map(|it| list(&it["scopeMetrics"]));
        let mut all = BTreeMap::new();
        for metric in scopes.flat_map(|it| list(&it["metrics"])) {
            let name = metric["name"].as_str().unwrap();
            let sorts = ["sum", "gauge", "histogram"];
            let data = sorts.iter().find_map(|it| metric.get(*it)).unwrap();
            for point in list(&data["dataPoints"]) {
                let labels = facts(&point["attributes"]);
                let labels: Vec<String> = labels
                    .iter()
                    .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()))
                    .collect();
                let value = point.get("asInt").or_else(|| point.get("count")).unwrap();
                all.insert((name.to_owned(), labels.join(",")), value.clone());
            }
        }
        all
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn span(it: &Value) -> Span {
    let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
    let time = |name: &str| it[name].as_str().unwrap().parse().unwrap();
    let link = |it: &Value| {
        format!("{}-{}", it["traceId"].as_str().unwrap(), it["spanId"].as_str().unwrap())
    };
    Span {
        trace: text("traceId"),
        id: text("spanId"),
        parent: text("parentSpanId"),
        name: text("name"),
        from: time("startTimeUnixNano"),
        until: time("endTimeUnixNano"),
        facts: facts(&it["attributes"]),
        failed: it["status"]["code"] == 2,
        links: list(&it["links"]).map(link).collect(),
    }
}

/// Attributes by their names; of a value what is in it.
fn facts(attributes: &Value) -> BTreeMap<String, Value> {
    let pair = |it: &Value| {
        let value = it["value"].as_object().unwrap().values().next().unwrap().clone();
        (it["key"].as_str().unwrap().to_owned(), value)
    };
    list(attributes).map(pair).collect()
}

fn read(stream: &TcpStream) -> Option<Told> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split_whitespace().nth(1)?.to_owned();
    assert!(line.starts_with("POST "), "{line}");
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    assert_eq!(headers.get("content-type").map(String::as_str), Some("application/json"));
    Some(Told {
        path,
        authorization: headers.remove("authorization"),
        body: serde_json::from_slice(&body).ok()?,
    })
}
