//! What a ticket says that is more telling than prose: names of alerts,
//! errors, services, machines, metrics, and where code failed.
//!
//! [`extract`] is deterministic and takes time linear in its input: the
//! patterns run on a linear engine, each once, and what one has recognised is
//! not read again by the next. It prefers to miss a doubtful word over taking
//! prose for a name. [`telling_text`] is what is left to rank words on. What a
//! signal is worth is left to the ranking.

mod camel;
mod error_names;
mod found;
mod frames;
mod hosts;
mod keyed;
mod metrics;
mod patterns;
mod scan;
mod services;
mod telling;
mod word;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use telling::telling_text;

use super::ticket::{self, MAX_TEXT, Shape, Ticket, words};
use found::Found;

/// What a signal is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// The name of an alert or alarm, such as `KubePodCrashLooping`.
    AlertName,
    /// A code or fixed word of a program for one error: `ECONNREFUSED`,
    /// `ORA-00060`, `SQLSTATE 40001`, `CrashLoopBackOff`, `SQSError: OverLimit`.
    ErrorCode,
    /// The bare name of a class of errors, such as `ValueError`.
    ErrorType,
    /// An exception by its name or full name, or a panic.
    Exception,
    /// The name of a system that a label or a word like "service" introduces.
    Service,
    /// An HTTP status: three digits, or a class such as `5xx`.
    StatusCode,
    /// A machine's name or address.
    Host,
    /// The name of a metric.
    Metric,
    /// One line of a stack trace, or a source file with a line.
    StackFrame,
    /// A decision's number as it is written, such as `ADR-0012`.
    Adr,
    /// A web address without its query, fragment or password.
    Url,
    /// A label as `key=value`.
    Label,
}

/// One signal and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FoundSignal {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: SignalKind,
    /// The name, code, line or label.
    pub value: String,
    /// Byte offsets into the input where `value` stands literally; `None`
    /// where it does not, as in escaped JSON.
    pub span: Option<[usize; 2]>,
}

/// Reads an input and what it says.
pub fn read(input: &str) -> (Ticket, Vec<FoundSignal>) {
    let ticket = Ticket::read(input);
    let signals = extract(&ticket, input);
    (ticket, signals)
}

/// The signals of a ticket that was read from `input`, each (kind, value)
/// once, at its first place: in the order of their places, then those without
/// a place; then by kind and value.
pub fn extract(ticket: &Ticket, input: &str) -> Vec<FoundSignal> {
    let mut found = Found::new(input);
    if ticket.shape == Shape::Text {
        let words = words::blank(words::cut(input, MAX_TEXT));
        scan::scan(&words, |kind, value, at| found.add_at(kind, value, at));
    } else {
        for (key, value) in &ticket.labels {
            keyed::read_label(key, value, |kind, value| found.add(kind, value));
        }
        scan::scan(&joined(ticket), |kind, value, _| found.add(kind, value));
    }
    found.into_signals()
}

/// Everything that a payload says, one thing per line.
fn joined(ticket: &Ticket) -> String {
    let mut text = format!("{}\n{}\n", ticket.title, ticket.body);
    let values = ticket.labels.iter().map(|(_, value)| value);
    for line in values.chain(&ticket.links) {
        text.push_str(line);
        text.push('\n');
    }
    text
}
