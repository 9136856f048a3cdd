//! A ticket while a reader fills it in.
//!
//! Every word passes through here, so this is where words are cleaned, bounded
//! and kept from repeating; readers only say what is what.

use std::borrow::Cow;
use std::collections::HashSet;

use super::label::{self, Role};
use super::words;
use super::{MAX_TEXT, Shape, Ticket};

/// Bytes of a title; what is longer goes on in the body.
const MAX_TITLE: usize = 300;
const MAX_LABELS: usize = 256;
const MAX_LABEL_BYTES: usize = 500;
const MAX_LINKS: usize = 64;
const MAX_LINK_BYTES: usize = 2_000;

#[derive(Debug, Default)]
pub(super) struct Draft {
    title: String,
    body: String,
    labels: Vec<(String, String)>,
    severity: Option<String>,
    links: Vec<String>,
    seen: HashSet<String>,
    truncated: bool,
}

impl Draft {
    /// Sets the title, unless one stands already.
    pub(super) fn title<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        let Some(text) = text.into() else { return };
        if self.title.is_empty() {
            let text = self.bounded(text, MAX_TEXT);
            let (title, rest) = split_title(&text);
            self.seen.insert(text.clone());
            title.clone_into(&mut self.title);
            self.append(rest);
        }
    }

    /// Adds a paragraph to the body, unless the same words stand already.
    pub(super) fn paragraph<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        let Some(text) = text.into() else { return };
        let text = self.bounded(text, MAX_TEXT);
        if self.seen.insert(text.clone()) {
            self.append(&text);
        }
    }

    /// Says that these words stand in the title, so that the body won't repeat them.
    pub(super) fn already_told<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        self.seen.extend(text.into().map(words::clean));
    }

    /// Adds a label, unless the same pair stands already. A value that is an
    /// address is a link, and one that names a severity is the severity too.
    pub(super) fn label(&mut self, key: &str, value: &str) {
        let [key, value] = [key, value].map(one_line);
        if key.is_empty() || value.is_empty() {
            return;
        }
        if value.starts_with("http://") || value.starts_with("https://") {
            return self.link(value.as_str());
        }
        if label::role(&key) == Role::Severity {
            self.severity(value.as_str());
        }
        let pair = (key, value);
        if self.labels.len() < MAX_LABELS && !self.labels.contains(&pair) {
            self.labels.push(pair);
        }
    }

    /// Adds what a forge or tracker calls a label; `service:billing` and
    /// `service/billing` are a key with its value.
    pub(super) fn tag(&mut self, tag: &str) {
        match tag.split_once([':', '/']) {
            Some((key, value)) if label::role(key.trim()) != Role::Plain => {
                self.label(key.trim(), value.trim_start_matches(':'));
            }
            _ => self.label("label", tag),
        }
    }

    /// Sets the severity, unless one stands already.
    pub(super) fn severity<'t>(&mut self, text: impl Into<Option<&'t str>>) {
        if let Some(text) = text.into().filter(|_| self.severity.is_none()) {
            let text = words::clean(words::cut(text, MAX_LABEL_BYTES));
            self.severity = Some(text).filter(|text| !text.is_empty());
        }
    }

    /// Adds an address, unless it stands already.
    pub(super) fn link<'t>(&mut self, address: impl Into<Option<&'t str>>) {
        let Some(address) = address.into().map(words::clean) else { return };
        let known = self.links.len() >= MAX_LINKS || self.links.contains(&address);
        if !known && !address.is_empty() && address.len() <= MAX_LINK_BYTES {
            self.links.push(address);
        }
    }

    /// Whether no words were found.
    pub(super) fn is_empty(&self) -> bool {
        self.title.is_empty() && self.body.is_empty() && self.labels.is_empty()
    }

    /// The finished ticket; without a title, the body's first line becomes it.
    pub(super) fn finish(mut self, shape: Shape, raw_len: usize) -> Ticket {
        if self.title.is_empty() {
            let body = std::mem::take(&mut self.body);
            let (title, rest) = split_title(&body);
            title.clone_into(&mut self.title);
            rest.clone_into(&mut self.body);
        }
        let services = services(&self.labels);
        let Self { title, body, labels, severity, links, truncated, .. } = self;
        Ticket { shape, title, body, labels, services, severity, links, raw_len, truncated }
    }

    /// Marks that the reader itself left words out.
    pub(super) fn truncate(&mut self) {
        self.truncated = true;
    }

    fn append(&mut self, text: &str) {
        let room = MAX_TEXT.saturating_sub(self.body.len() + 1);
        self.truncated |= text.len() > room;
        let text = words::cut(text, room);
        if !text.is_empty() {
            if !self.body.is_empty() {
                self.body.push('\n');
            }
            self.body.push_str(text);
        }
    }

    fn bounded(&mut self, text: &str, bytes: usize) -> String {
        self.truncated |= text.len() > bytes;
        words::clean(words::cut(text, bytes))
    }
}

/// Labels are names; a line feed in one would be read as the end of it.
fn one_line(text: &str) -> String {
    let text = words::clean(words::cut(text, MAX_LABEL_BYTES));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line, cut between words where it is overlong, and what follows it.
fn split_title(text: &str) -> (&str, &str) {
    let line = text.lines().next().unwrap_or_default();
    let end = if line.len() <= MAX_TITLE {
        line.len()
    } else {
        let head = words::cut(line, MAX_TITLE);
        head.rfind(char::is_whitespace).unwrap_or(head.len())
    };
    (text[..end].trim_end(), text[end..].trim())
}

fn services(labels: &[(String, String)]) -> Vec<String> {
    let mut services: Vec<String> = Vec::new();
    for (key, value) in labels {
        if matches!(label::role(key), Role::Service | Role::Workload) && !services.contains(value) {
            services.push(value.clone());
        }
    }
    services
}

/// `first: second`, or whichever of them there is.
pub(super) fn joined<'t>(first: Option<&'t str>, second: Option<&'t str>) -> Option<Cow<'t, str>> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => {
            Some(Cow::Owned(format!("{first}: {second}")))
        }
        (first, second) => first.or(second).map(Cow::Borrowed),
    }
}
