//! What a ticket names that a specialist can look up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::routing::signals::{FoundSignal, SignalKind};
use crate::routing::ticket::Ticket;

/// What a recognised value is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Extract {
    /// An issue of Sentry: a short id or the number in its address.
    SentryIssue,
    /// The name of an alarm or alert.
    Alarm,
    /// An error, exception or its code.
    Error,
    /// An HTTP status.
    Status,
    /// A request, trace or correlation id.
    RequestId,
    /// A release or version of a server.
    Release,
    /// A version of an app that customers run.
    AppVersion,
    /// The name of a system.
    Service,
    /// The name of a metric.
    Metric,
    /// The name of a queue.
    Queue,
}

/// Values of one sort that are kept.
const MOST: usize = 20;

type Row = (Extract, LazyLock<Regex>);

macro_rules! pattern {
    ($text:literal) => {
        LazyLock::new(|| Regex::new($text).expect("a fixed pattern is sound"))
    };
}

/// Each with one group: the value.
static PATTERNS: [Row; 7] = [
    (Extract::SentryIssue, pattern!(r"sentry[^\s/]*/(?:[^\s/]+/)*issues/([0-9]{1,19})\b")),
    (
        Extract::SentryIssue,
        pattern!(r"(?i)\bsentry(?:\s+issue)?[:\s#]+([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)\b"),
    ),
    (
        Extract::RequestId,
        pattern!(
            r#"(?i)\b(?:x-)?(?:request|trace|correlation)[-_ ]?id["']?\s*[:=]\s*["']?([A-Za-z0-9][A-Za-z0-9_.:-]{5,79})"#
        ),
    ),
    (Extract::Release, pattern!(r"(?i)\breleases?[:=\s]+([a-z0-9@._+-]*\d[a-z0-9@._+-]*)")),
    (Extract::AppVersion, pattern!(r"(?i)\bapp(?:lication)?[ _-]?version[:=\s]+v?(\d[\w.+-]*)")),
    (Extract::Queue, pattern!(r"(?i)\bqueue(?:[ _-]?name)?[:=]\s*([A-Za-z0-9_.-]{2,80})")),
    (Extract::Queue, pattern!(r"\bsqs\.[a-z0-9-]+\.amazonaws\.com/\d+/([A-Za-z0-9_.-]{1,80})")),
];

pub(super) fn of(
    ticket: &Ticket,
    signals: &[FoundSignal],
    comments: &[String],
) -> BTreeMap<Extract, Vec<String>> {
    let mut all: BTreeMap<Extract, Vec<String>> = BTreeMap::new();
    let mut add = |what: Extract, value: &str| {
        let values = all.entry(what).or_default();
        let value = value.trim_end_matches(['.', ',', ':', ';']);
        if values.len() < MOST && !value.is_empty() && values.iter().all(|it| it != value) {
            values.push(value.to_owned());
        }
    };
    for signal in signals {
        if let Some(what) = sort(signal.kind) {
            add(what, &signal.value);
        }
    }
    ticket.services.iter().for_each(|service| add(Extract::Service, service));
    let labels = ticket.labels.iter().map(|(key, value)| format!("{key}: {value}"));
    let links = ticket.links.iter().cloned();
    let own = [ticket.title.clone(), ticket.body.clone()].into_iter();
    for text in own.chain(labels).chain(links).chain(comments.iter().cloned()) {
        for (what, pattern) in &PATTERNS {
            pattern.captures_iter(&text).for_each(|found| add(*what, &found[1]));
        }
    }
    all.retain(|_, values| !values.is_empty());
    all
}

fn sort(kind: SignalKind) -> Option<Extract> {
    match kind {
        SignalKind::AlertName => Some(Extract::Alarm),
        SignalKind::ErrorCode | SignalKind::ErrorType | SignalKind::Exception => {
            Some(Extract::Error)
        }
        SignalKind::Service => Some(Extract::Service),
        SignalKind::StatusCode => Some(Extract::Status),
        SignalKind::Metric => Some(Extract::Metric),
        SignalKind::Host
        | SignalKind::StackFrame
        | SignalKind::Adr
        | SignalKind::Url
        | SignalKind::Label => None,
    }
}
