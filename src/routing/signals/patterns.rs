//! The patterns in words, in the order in which they read: one visible table.
//!
//! All classes are ASCII on purpose: the names that machines give are, and the
//! engine stays fast on words of any script. Whether a match is a whole word
//! is asked of Unicode afterwards. No repetition is bounded by a large number,
//! and none can be re-entered, so a scan is linear.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::SignalKind::{
    self, Adr, AlertName, ErrorCode, ErrorType, Exception, Host, Metric, Service, StackFrame,
    StatusCode,
};
use super::word::Word;
use super::{camel, error_names, frames, hosts, metrics, services};

/// Whether a match, already a whole word, is what it looks like.
type Accept = fn(&Word<'_>) -> bool;

pub(super) struct Pattern {
    regex: Regex,
    /// Capture groups and what each is; 0 is the whole match. The first is judged.
    emits: &'static [(usize, SignalKind)],
    accept: Accept,
    /// Whether it reads before keys and values are read as such.
    pub(super) before_keys: bool,
}

impl Pattern {
    /// Tells what it finds; answers the spans that it recognised.
    pub(super) fn scan(
        &self,
        text: &str,
        tell: &mut impl FnMut(SignalKind, &str, usize),
    ) -> Vec<Range<usize>> {
        let mut claims = Vec::new();
        for captures in self.regex.captures_iter(text) {
            let named = captures.get(self.emits[0].0).map(|group| Word::new(text, group.range()));
            if named.is_some_and(|word| word.is_whole() && (self.accept)(&word)) {
                for (group, kind) in self.emits {
                    captures.get(*group).iter().for_each(|it| tell(*kind, it.as_str(), it.start()));
                }
                claims.push(captures.get_match().range());
            }
        }
        claims
    }
}

pub(super) static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let early = EARLY.iter().map(|row| (row, true));
    let late = LATE.iter().map(|row| (row, false));
    let words = [
        (alternatives(error_names::ERROR_WORDS), ErrorCode),
        (alternatives(metrics::CLOUDWATCH_METRICS), Metric),
    ];
    let words = words.into_iter().map(|(regex, kind)| Pattern {
        regex: compile(&regex),
        emits: if kind == Metric { &[(0, Metric)] } else { &[(0, ErrorCode)] },
        accept: always,
        before_keys: false,
    });
    let rows = early.chain(late).map(|((regex, emits, accept), before_keys)| Pattern {
        regex: compile(regex),
        emits,
        accept: *accept,
        before_keys,
    });
    let mut all: Vec<Pattern> = words.chain(rows).collect();
    all.sort_by_key(|pattern| !pattern.before_keys);
    all
});

fn compile(regex: &str) -> Regex {
    Regex::new(regex).expect("the table is constant")
}

type Row = (&'static str, &'static [(usize, SignalKind)], Accept);

/// What a key before it must not change.
const EARLY: &[Row] = &[
    (frames::PYTHON, &[(0, StackFrame)], always),
    (frames::JVM, &[(1, StackFrame)], always),
    (frames::DOTNET, &[(1, StackFrame)], always),
    (frames::JAVASCRIPT, &[(1, StackFrame)], always),
    (frames::JAVASCRIPT_ANONYMOUS, &[(1, StackFrame)], always),
    (frames::RUBY, &[(0, StackFrame)], always),
    (frames::PHP, &[(1, StackFrame)], always),
    (r"panic: [a-z]+ error|panicked at", &[(0, Exception)], always),
    (frames::SOURCE_LINE, &[(0, StackFrame)], always),
    (r"(?i:ADR)[-_ /]?[0-9]{1,5}", &[(0, Adr)], always),
    (r"[a-z][a-z0-9_]*(?::[a-z][a-z0-9_]*){2,}", &[(0, Metric)], metrics::is_recording_rule),
    (r"SQLSTATE(?:[ :=]{1,2}|\[)[0-9A-Z]{5}\]?", &[(0, ErrorCode)], always),
    (
        r"(?i:exit (?:code|status)|exited with(?: code)?)[ :=]{1,2}[0-9]{1,3}",
        &[(0, ErrorCode)],
        always,
    ),
    (r#"ALARM: "([^"\n]+)""#, &[(1, AlertName)], always),
    (
        r#"(?i:HTTP/[0-9](?:\.[0-9])?|HTTP|status(?:[ _.-]?code)?|response code)["']?[ :=]{1,3}["']?([1-5][0-9]{2})"#,
        &[(1, StatusCode)],
        is_status,
    ),
];

const LATE: &[Row] = &[
    (
        r"(?i:return(?:ed|s|ing)?|responded(?: with)?|got(?: an?)?|error|code|an?)[ :=]{1,2}([45][0-9]{2})",
        &[(1, StatusCode)],
        is_told_status,
    ),
    (
        r"([45][0-9]{2}) (?i:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|Not Found|Too Many Requests|Unauthorized|Forbidden|Bad Request|Conflict|Request Time-?out|errors?|status)",
        &[(1, StatusCode)],
        is_status,
    ),
    (r"[1-5][xX]{2}", &[(0, StatusCode)], always),
    (r"(?:ORA|TNS|PLS|RMAN)-[0-9]{4,5}", &[(0, ErrorCode)], always),
    (r"(?:TS|CS|MSB|NETSDK)[0-9]{4}", &[(0, ErrorCode)], always),
    (r"E0[0-9]{3}", &[(0, ErrorCode)], error_names::is_compiler_code),
    (r"0x[8Cc][0-9A-Fa-f]{7}", &[(0, ErrorCode)], always),
    (
        r"([A-Z][A-Za-z0-9]*(?:Error|Exception)): ([A-Z][A-Za-z0-9_.]*)",
        &[(0, ErrorCode), (1, ErrorType)],
        error_names::is_name_with_code,
    ),
    (
        r"[A-Za-z_][A-Za-z0-9_$]*(?:(?:\.|::|\\{1,2})[A-Za-z_][A-Za-z0-9_$]*)+",
        &[(0, Exception)],
        error_names::is_qualified_error,
    ),
    (r"[A-Z][A-Za-z0-9]*Exception", &[(0, Exception)], error_names::is_bare_name),
    (r"[A-Z][A-Za-z0-9]*Error", &[(0, ErrorType)], error_names::is_bare_name),
    (r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+", &[(0, ErrorCode)], error_names::is_error_constant),
    (r"[a-z][a-z0-9]*(?:_+[a-z0-9]+)+", &[(0, Metric)], metrics::is_metric),
    (r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+", &[(0, Host)], hosts::is_host),
    (r"ip-[0-9]{1,3}(?:-[0-9]{1,3}){3}", &[(0, Host)], always),
    (
        r"(?i:deployment|deploy|statefulset|daemonset|service|svc)(?:\.apps)?/([a-z0-9][a-z0-9-]+)",
        &[(1, Service)],
        services::is_named,
    ),
    (
        r#"(?i:service|component|deployment|app) ["'`]?([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"#,
        &[(1, Service)],
        services::is_named,
    ),
    (r"(?i:service|component|deployment|app) [`]([A-Za-z0-9_.-]+)[`]", &[(1, Service)], always),
    (r"(?:etcd)?[A-Z][A-Za-z0-9]{5,}", &[(0, AlertName)], camel::is_alert_name),
];

fn always(_: &Word<'_>) -> bool {
    true
}

/// Three digits that do not go on as a version, an address, a share or a range.
fn is_status(word: &Word<'_>) -> bool {
    let mut after = word.after().chars();
    match (after.next(), after.next()) {
        (Some('.' | ',' | '-' | ':' | '/'), Some(next)) => !next.is_ascii_digit(),
        (Some('%'), _) => false,
        _ => true,
    }
}

/// After a word of prose, the digits must not count something.
fn is_told_status(word: &Word<'_>) -> bool {
    let next = word.after().trim_start().split(|c: char| !c.is_alphanumeric()).next();
    let counts = next.is_some_and(|noun| COUNTED.contains(&noun.to_ascii_lowercase().as_str()));
    is_status(word) && !counts
}

/// Nouns that a number in front of them counts.
const COUNTED: &[&str] = &[
    "bytes",
    "calls",
    "connections",
    "customers",
    "days",
    "devices",
    "documents",
    "entries",
    "errors",
    "events",
    "files",
    "gb",
    "hosts",
    "hours",
    "instances",
    "items",
    "jobs",
    "kb",
    "keys",
    "lines",
    "logs",
    "mb",
    "messages",
    "milliseconds",
    "minutes",
    "ms",
    "nodes",
    "objects",
    "orders",
    "pages",
    "people",
    "percent",
    "pods",
    "records",
    "replicas",
    "requests",
    "responses",
    "results",
    "rows",
    "seconds",
    "servers",
    "tasks",
    "tests",
    "threads",
    "tickets",
    "times",
    "users",
    "workers",
];

/// One pattern for a list of words, longest first so that a word is not cut
/// short by another.
fn alternatives(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.join("|")
}
