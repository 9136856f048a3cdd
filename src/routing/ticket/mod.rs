//! Turns whatever was pasted or piped in into one shape: a [`Ticket`].
//!
//! The shape is recognised by the structure of the input, never by a flag.
//! Reading cannot fail: what no recogniser knows is text. Words come out
//! without control characters and terminal escapes, in the order in which the
//! input has them, and bounded ([`MAX_TEXT`], [`MAX_JSON`]). What the words
//! mean is left to [`signals`](super::signals).

mod alertmanager;
mod cloudwatch;
mod draft;
mod envelope;
mod field;
mod forge_issue;
mod generic;
pub(super) mod label;
mod linear;
pub(super) mod link;
mod pagerduty;
mod recognise;
mod sentry;
mod text;
pub(super) mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

/// Bytes of words that a ticket keeps; the rest is cut and said in
/// [`Ticket::truncated`].
pub const MAX_TEXT: usize = 1 << 20;

/// Bytes of JSON that are still parsed; a larger input is text.
pub const MAX_JSON: usize = 8 << 20;

/// Which structure the input was recognised by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Words as a person or a chat wrote them; also JSON that is broken.
    Text,
    /// Prometheus Alertmanager and Grafana: webhook version 4, the list of
    /// `/api/v2/alerts`, or one alert.
    Alertmanager,
    /// A CloudWatch alarm: SNS notification, `EventBridge` event or API answer.
    Cloudwatch,
    /// `PagerDuty`: webhook version 3, an incident, or an Events API v2 event.
    Pagerduty,
    /// Sentry: webhook, event or issue.
    Sentry,
    /// Linear: webhook or an issue of its API.
    Linear,
    /// An issue or change of GitHub, GitLab or Gitea: webhook or API.
    ForgeIssue,
    /// Any other JSON object or list.
    Json,
}

/// What somebody wants solved, in one shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// What it was recognised as.
    pub shape: Shape,
    /// One line; empty only if the input has no words.
    pub title: String,
    /// The other words; paragraphs are separated by `\n`. Does not repeat the title.
    pub body: String,
    /// Labels, tags and dimensions as (key, value) in the order of the input, each pair
    /// once. A forge's or tracker's bare label has the key `label`.
    pub labels: Vec<(String, String)>,
    /// Names of systems that the labels name, each once.
    pub services: Vec<String>,
    /// As the source spells it: `critical`, `P1`, `high` …
    pub severity: Option<String>,
    /// Addresses that the input names, as they stand there, each once.
    pub links: Vec<String>,
    /// Bytes of the whole input.
    pub raw_len: usize,
    /// Whether words were left out because there were too many.
    pub truncated: bool,
}

impl Ticket {
    /// Reads any input. Takes time linear in its length.
    pub fn read(input: &str) -> Self {
        let (shape, draft) =
            recognise::recognise(input).unwrap_or_else(|| (Shape::Text, text::read(input)));
        draft.finish(shape, input.len())
    }
}
