//! A stand-in for Sentry that keeps events: what is asked of them is worked out, as
//! the question says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// Events of one minute.
#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) issue: &'static str,
    pub(crate) release: Option<&'static str>,
    pub(crate) at: Timestamp,
    pub(crate) count: u64,
}

/// What the organization holds.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) scopes: Vec<&'static str>,
    /// Short ids with their numbers and the project.
    pub(crate) issues: Vec<(&'static str, u64, &'static str)>,
    pub(crate) events: Vec<Event>,
    /// Versions and when they were deployed.
    pub(crate) releases: Vec<(&'static str, Timestamp)>,
    pub(crate) dropped: u64,
    /// Status, headers and body in the place of an answer, by a part of the path.
    pub(crate) refuses: BTreeMap<&'static str, (u16, String, Value)>,
    /// What the latest event holds of somebody.
    pub(crate) somebody: String,
}

pub(crate) struct Sentry {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
    world: Arc<Mutex<World>>,
}

const PROJECTS: [(&str, u64); 2] = [("checkout", 11), ("payroll", 12)];

impl Sentry {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let sentry = Self { address, asked: Arc::default(), world: Arc::default() };
        let (asked, world) = (Arc::clone(&sentry.asked), Arc::clone(&sentry.world));
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let Some(line) = first_line(&stream) else { continue };
                asked.lock().unwrap().push(line.trim_end_matches(" HTTP/1.1").to_owned());
                let (status, headers, body) = answer(&world.lock().unwrap(), &line);
                let body = body.to_string();
                let head = format!(
                    "HTTP/1.1 {status} Said\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all((head + &body).as_bytes());
            }
        });
        sentry
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// Methods with paths and queries, decoded, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|it| percent_decode_str(it).decode_utf8_lossy().into_owned()).collect()
    }
}

fn first_line(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let first = lines.next()?;
    let bearer = lines
        .take_while(|it| !it.is_empty())
        .any(|it| it.to_lowercase().starts_with("authorization: bearer "));
    bearer.then_some(first)
}

fn answer(world: &World, line: &str) -> (u16, String, Value) {
    let target = line.split(' ').nth(1).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if let Some((_, refused)) = world.refuses.iter().find(|(part, _)| path.contains(**part)) {
        return refused.clone();
    }
    let query: Vec<(String, String)> = query
        .split('&')
        .filter_map(|it| {
            let (name, value) = it.split_once('=')?;
            Some((name.to_owned(), percent_decode_str(value).decode_utf8().ok()?.into_owned()))
        })
        .collect();
    match said(world, path.trim_start_matches("/api/0").trim_matches('/'), &query) {
        Some(body) if line.starts_with("GET ") => (200, String::new(), body),
        Some(_) => (405, String::new(), json!({"detail": "Method not allowed"})),
        None => (404, String::new(), json!({"detail": "The requested resource does not exist"})),
    }
}

fn said(world: &World, path: &str, query: &[(String, String)]) -> Option<Value> {
    let parts: Vec<&str> = path.split('/').collect();
    let one = |name: &str| query.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
    match parts.as_slice() {
        ["organizations", "acme"] => Some(json!({"slug": "acme", "access": world.scopes})),
        ["projects", "acme", slug] => {
            let (slug, id) = PROJECTS.iter().find(|(it, _)| it == slug)?;
            Some(json!({"id": id.to_string(), "slug": slug, "dateCreated": "2020-01-01T00:00:00Z"}))
        }
        ["organizations", "acme", "shortids", short] => {
            Some(json!({"group": issue(world, |it| it.0 == *short)?}))
        }
        ["organizations", "acme", "issues", number] => {
            issue(world, |it| it.1.to_string() == *number)
        }
        ["organizations", "acme", "issues", _, "events", "latest"] => Some(latest(&world.somebody)),
        ["organizations", "acme", "issues"] => {
            let is_here = |it: &(&str, u64, &str)| {
                PROJECTS
                    .iter()
                    .any(|(slug, id)| it.2 == *slug && one("project") == Some(&id.to_string()))
            };
            Some(json!(
                world
                    .issues
                    .iter()
                    .filter(|it| is_here(it))
                    .filter_map(|it| issue(world, |own| own == it))
                    .collect::<Vec<_>>()
            ))
        }
        ["organizations", "acme", "events"] => Some(counts(world, query)),
        ["projects", "acme", "checkout", "releases"] => {
            let release = |(version, at): &(&str, Timestamp)| {
                json!({
                    "version": version, "dateCreated": at, "dateReleased": null,
                    "lastDeploy": {"environment": "production", "dateFinished": at},
                })
            };
            Some(json!(world.releases.iter().map(release).collect::<Vec<_>>()))
        }
        ["organizations", "acme", "stats_v2"] => Some(json!({"groups": [
            {"by": {"outcome": "accepted"}, "totals": {"sum(quantity)": 412}},
            {"by": {"outcome": "rate_limited"}, "totals": {"sum(quantity)": world.dropped}},
        ]})),
        _ => None,
    }
}

fn issue(
    world: &World,
    is_it: impl Fn(&(&'static str, u64, &'static str)) -> bool,
) -> Option<Value> {
    let (short, number, project) = world.issues.iter().find(|it| is_it(it))?;
    Some(json!({
        "id": number.to_string(), "shortId": short, "project": {"id": "11", "slug": project},
        "metadata": {"type": "TypeError", "value": format!("cannot read balance of {}", world.somebody)},
        "title": format!("TypeError: cannot read balance of {}", world.somebody),
        "culprit": "applyGiftCard", "firstSeen": "2026-11-03T14:03:11Z", "lastSeen": "2026-11-03T14:58:00Z",
        "assignedTo": {"email": world.somebody},
    }))
}

fn latest(somebody: &str) -> Value {
    let frames = json!([{"function": "applyGiftCard", "filename": "cart/gift_card.js", "lineNo": 41, "vars": {"mail": somebody}}]);
    json!({
        "user": {"email": somebody, "ip_address": "203.0.113.7"},
        "entries": [
            {"type": "exception", "data": {"values": [{"type": "TypeError", "value": somebody, "stacktrace": {"frames": frames}}]}},
            {"type": "breadcrumbs", "data": {"values": [{"category": "fetch", "message": somebody}, {"category": "ui.click"}]}},
            {"type": "request", "data": {"data": {"mail": somebody}}},
        ],
    })
}

/// Events by release, as the search says: `issue:A-1`, perhaps `!release:"b"`.
fn counts(world: &World, query: &[(String, String)]) -> Value {
    let one = |name: &str| {
        query.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let time = |name: &str| -> Timestamp { one(name).parse().unwrap() };
    let mut words = one("query").split(' ');
    let issue = words.next().unwrap_or_default().trim_start_matches("issue:");
    let without =
        words.next().map(|it| it.trim_start_matches("!release:").trim_matches('"').to_owned());
    let mut rows: BTreeMap<Option<&str>, (u64, Timestamp, Timestamp)> = BTreeMap::new();
    for event in &world.events {
        let is_in = event.issue == issue && (time("start")..=time("end")).contains(&event.at);
        if is_in && (without.is_none() || without.as_deref() != event.release) {
            let row = rows.entry(event.release).or_insert((0, event.at, event.at));
            *row = (row.0 + event.count, row.1.min(event.at), row.2.max(event.at));
        }
    }
    let row = |(release, (count, first, last)): (Option<&str>, (u64, Timestamp, Timestamp))| {
        json!({
            "release": release, "environment": "production", "count()": count,
            "min(timestamp)": first, "max(timestamp)": last,
        })
    };
    json!({"data": rows.into_iter().map(row).collect::<Vec<_>>(), "meta": {}})
}
