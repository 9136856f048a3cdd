//! A ticket as it stood when a run began.
//!
//! Read from whatever a tracker, an alert or a person hands in; the words and
//! labels are found by [`routing`](crate::routing), the rest by the places at
//! which trackers keep it. All of it is data.

mod extracted;
mod places;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::window::Window;
use crate::canonical::digest;
use crate::document;
use crate::repo_path::RepoPath;
use crate::routing::signals;
use places::{first, texts, time};

pub use extracted::Extract;

/// Bytes that are read as a ticket; who has more attaches it.
const LARGEST: usize = 1 << 20;

/// Comments that are kept; the newest ones.
const MAX_COMMENTS: usize = 200;

/// A ticket, in one shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Snapshot {
    /// `prode.ticket/v1`.
    pub schema: String,
    /// Its name where it comes from: `ENG-12`, `org/repo#3`; else `T-` and digits
    /// of the digest of its text.
    pub id: String,
    /// Where it was read: `file`, `stdin`, `linear`, `github`, …
    pub source: String,
    /// One line.
    pub title: String,
    /// The other words.
    pub body: String,
    /// Labels, tags and dimensions as `key=value`.
    pub labels: Vec<String>,
    /// What people wrote below it, in order.
    pub comments: Vec<String>,
    /// Names of attachments; they are not opened.
    pub attachments: Vec<String>,
    /// Addresses that it names; they are not fetched.
    pub links: Vec<String>,
    /// As the source spells it.
    pub severity: Option<String>,
    /// When it was made.
    #[schemars(with = "Option<String>")]
    pub created: Option<Timestamp>,
    /// When it was changed last.
    #[schemars(with = "Option<String>")]
    pub updated: Option<Timestamp>,
    /// The incident's window.
    pub window: Window,
    /// `stated` by the ticket, `from-times` of an alert, or `around-creation`.
    pub window_from: String,
    /// What was recognised in it, by what it is.
    pub extracted: BTreeMap<Extract, Vec<String>>,
}

/// A ticket that cannot be worked on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTicket {
    /// It has no words.
    #[error("the ticket says nothing")]
    Empty,
    /// It is larger than anybody would read.
    #[error("the ticket has {0} bytes, and at most {LARGEST} are read")]
    Large(usize),
    /// It holds what no text holds.
    #[error("the ticket is no text: it holds a byte that is 0")]
    Binary,
    /// Its window ends before it begins.
    #[error("the ticket's window ends at {until}, before it begins at {from}")]
    Window {
        /// Where it begins.
        from: Timestamp,
        /// Where it ends.
        until: Timestamp,
    },
}

impl Snapshot {
    /// The name of the form.
    pub const SCHEMA: &'static str = "prode.ticket/v1";

    /// Reads a ticket. `before` is how long before its creation an incident is
    /// looked for where the ticket says nothing of it.
    ///
    /// # Errors
    /// It is no text or too large, has no words, or a window that is none.
    pub fn read(
        input: &str,
        source: &str,
        before: SignedDuration,
        now: Timestamp,
    ) -> Result<Self, BadTicket> {
        if input.len() > LARGEST {
            return Err(BadTicket::Large(input.len()));
        }
        if input.contains('\0') {
            return Err(BadTicket::Binary);
        }
        let (meta, words) = meta(input);
        let (ticket, found) = signals::read(&words);
        if ticket.title.is_empty() && ticket.body.is_empty() {
            return Err(BadTicket::Empty);
        }
        let meta = Value::Object(meta);
        let created = time(&meta, places::CREATED);
        let (window, window_from) = window(&meta, created, before, now)?;
        let mut comments = texts(&meta, places::COMMENTS);
        comments.drain(..comments.len().saturating_sub(MAX_COMMENTS));
        let extracted = extracted::of(&ticket, &found, &comments);
        Ok(Self {
            schema: Self::SCHEMA.to_owned(),
            id: first(&meta, places::ID).unwrap_or_else(|| nameless(input)),
            source: source.to_owned(),
            title: ticket.title,
            body: ticket.body,
            labels: ticket.labels.iter().map(|(key, value)| format!("{key}={value}")).collect(),
            comments,
            attachments: texts(&meta, places::ATTACHMENTS),
            links: ticket.links,
            severity: ticket.severity,
            created,
            updated: time(&meta, places::UPDATED),
            window,
            window_from: window_from.to_owned(),
            extracted,
        })
    }

    /// Values of one sort that were recognised.
    pub fn extracted(&self, what: Extract) -> &[String] {
        self.extracted.get(&what).map_or(&[], Vec::as_slice)
    }

    /// What is handed to the router: the ticket's own words and labels.
    pub fn words(&self) -> String {
        let labels = self.labels.iter().map(String::as_str);
        let comments = self.comments.iter().map(String::as_str);
        let all = [self.title.as_str(), self.body.as_str()].into_iter().chain(labels);
        all.chain(comments).collect::<Vec<_>>().join("\n")
    }
}

/// What the input says of itself, and its words: the members of an object, or
/// the front matter of a Markdown file.
fn meta(input: &str) -> (Map<String, Value>, String) {
    if let Ok(Value::Object(members)) = serde_json::from_str(input) {
        return (members, input.to_owned());
    }
    let (document, _) = document::parse(&RepoPath::root(), input.as_bytes());
    let front = document.front.raw();
    let begin = input.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n"));
    match begin {
        Some(end) if !front.is_empty() => {
            let title = document.front.text("title").filter(|it| !it.trim().is_empty());
            let body = input[end + "---\n\n---\n".len()..].trim_start();
            let words = title.map_or_else(|| body.to_owned(), |title| format!("{title}\n\n{body}"));
            (front, words)
        }
        _ => (Map::new(), input.to_owned()),
    }
}

fn window(
    meta: &Value,
    created: Option<Timestamp>,
    before: SignedDuration,
    now: Timestamp,
) -> Result<(Window, &'static str), BadTicket> {
    let stated = (time(meta, places::WINDOW_FROM), time(meta, places::WINDOW_UNTIL));
    let window = match stated {
        (Some(from), until) => (Window { from, until: until.unwrap_or(now) }, "stated"),
        (None, _) => match (time(meta, places::STARTED), time(meta, places::ENDED)) {
            (Some(started), ended) => {
                let from = started.checked_sub(before).unwrap_or(started);
                // An alert that goes on says that it ends in the year 1.
                let ended = ended.filter(|it| *it >= started);
                (Window { from, until: ended.unwrap_or(now).max(started) }, "from-times")
            }
            (None, _) => (Window::around(created.unwrap_or(now), before, now), "around-creation"),
        },
    };
    let Window { from, until } = window.0;
    if window.0.is_sound() { Ok(window) } else { Err(BadTicket::Window { from, until }) }
}

fn nameless(input: &str) -> String {
    let digest = digest(input.as_bytes());
    format!("T-{}", &digest["sha256:".len()..][..12])
}

#[cfg(test)]
mod tests;
