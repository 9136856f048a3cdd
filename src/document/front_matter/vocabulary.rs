//! Every vocabulary onto one: prode's own keys, Open Knowledge Format 0.2,
//! and the review keys of other documentation systems.
//!
//! prode's own key wins where a file uses two names for one thing. An empty
//! value is absent; a value of the wrong shape is absent too, as templates
//! hold `{placeholders}` that YAML reads as mappings.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::date::{read_date, read_interval};
use super::values::{list_of, text_of};
use super::{FrontMatter, Places, Reviewed, Source, signal};
use crate::diagnostic::Diagnostic;

/// Complaints about one block; each looks its place up in the text.
const MAX_COMPLAINTS: usize = 20;

/// Keys of other systems that hold nothing but the day of the last review, the
/// most telling first; each is another name of `reviewed`.
pub const FOREIGN_REVIEW_DATES: [&str; 7] = [
    "last_reviewed",
    "lastReviewed",
    "last-reviewed",
    "last_reviewed_on",
    "lastVerified",
    "last_verified",
    "ms.date",
];

/// Keys that hold for how long a review holds.
const INTERVALS: [&str; 2] = ["review_every", "review_in"];

/// Fills `front` from the block's `keys`.
pub(super) fn map(
    front: &FrontMatter,
    keys: &Map<String, Value>,
    places: &Places<'_>,
) -> (FrontMatter, Vec<Diagnostic>) {
    let mut keys = Keys { map: keys, places, diagnostics: Vec::new() };
    let filled = FrontMatter {
        title: keys.text("title"),
        kind: keys.text("kind").or_else(|| keys.text("type")),
        owner: keys.first_list(&["owner", "maintainers"]),
        status: keys.text("status"),
        archived: keys.text("archived").filter(|why| why != "true" && why != "false"),
        services: keys.list("services"),
        tags: keys.list("tags"),
        aliases: keys.list("aliases"),
        signals: keys.signals(),
        evidence: keys.list("evidence"),
        sources: keys.sources(),
        reviewed: keys.reviewed(),
        review_every: keys.review_every(),
        stale_after: keys.text("stale_after").and_then(|text| keys.date("stale_after", &text)),
        supersedes: keys.list("supersedes"),
        raw: Value::Object(keys.map.clone()).to_string(),
        dialect: front.dialect,
        body_start: front.body_start,
    };
    (filled, keys.diagnostics)
}

/// The block's keys, read with complaints.
struct Keys<'a> {
    map: &'a Map<String, Value>,
    places: &'a Places<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl Keys<'_> {
    fn text(&self, key: &str) -> Option<String> {
        self.map.get(key).and_then(text_of)
    }

    fn list(&self, key: &str) -> Vec<String> {
        self.map.get(key).map(list_of).unwrap_or_default()
    }

    fn first_list(&self, keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| self.list(key)).find(|list| !list.is_empty()).unwrap_or_default()
    }

    fn complain(&mut self, rule: &str, key: &str, value: &str, message: String) {
        if self.diagnostics.len() == MAX_COMPLAINTS {
            return;
        }
        let (line, column) = self.places.of(key, value);
        self.diagnostics.push(Diagnostic::warning(rule, line, column, message));
    }

    fn date(&mut self, key: &str, text: &str) -> Option<Date> {
        let date = read_date(text);
        if date.is_none() {
            self.complain("date-unreadable", key, text, format!("`{key}` is no date: '{text}'"));
        }
        date
    }

    fn signals(&mut self) -> Vec<super::Signal> {
        let Some(value) = self.map.get("signals") else { return Vec::new() };
        let (signals, wrong) = signal::read(value);
        for wrong in wrong {
            self.complain(wrong.rule, "signals", &wrong.value, wrong.message);
        }
        signals
    }

    fn sources(&self) -> Vec<Source> {
        match self.map.get("sources") {
            Some(Value::Array(items)) => items.iter().filter_map(source_of).collect(),
            Some(one) => source_of(one).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn review_every(&mut self) -> Option<u32> {
        let found = INTERVALS.iter().find_map(|key| Some((key, self.text(key)?)));
        let (key, text) = found?;
        let days = read_interval(&text);
        if days.is_none() {
            let message = format!("`{key}` is no interval such as 90d: '{text}'");
            self.complain("interval-unreadable", key, &text, message);
        }
        days
    }

    fn reviewed(&mut self) -> Option<Reviewed> {
        if let Some(Value::Object(stamp)) = self.map.get("reviewed") {
            return self.stamp("reviewed", stamp);
        }
        self.verified().or_else(|| {
            std::iter::once("reviewed").chain(FOREIGN_REVIEW_DATES).find_map(|key| {
                let text = self.text(key)?;
                let at = self.date(key, &text)?;
                Some(Reviewed { by: None, at, body: None, sources: None, elsewhere: None })
            })
        })
    }

    fn stamp(&mut self, key: &str, stamp: &Map<String, Value>) -> Option<Reviewed> {
        let part = |name: &str| stamp.get(name).and_then(text_of);
        let at = part("at").and_then(|text| self.date(key, &text))?;
        let (by, body, sources) = (part("by"), part("body"), part("sources"));
        Some(Reviewed { by, at, body, sources, elsewhere: part("elsewhere") })
    }

    /// Open Knowledge Format: the last entry of `verified` by a person.
    fn verified(&mut self) -> Option<Reviewed> {
        let entries = match self.map.get("verified")? {
            Value::Array(entries) => entries.iter().filter_map(Value::as_object).collect(),
            Value::Object(entry) => vec![entry],
            _ => return None,
        };
        let human = |entry: &&Map<String, Value>| {
            entry.get("by").and_then(text_of).is_some_and(|by| by.starts_with("human:"))
        };
        let stamps = entries.into_iter().filter(human);
        let read: Vec<Reviewed> =
            stamps.filter_map(|entry| self.stamp("verified", entry)).collect();
        read.into_iter().max_by_key(|stamp| stamp.at)
    }
}

/// A glob, `{repo, path}`, or Open Knowledge Format's `{resource}`.
fn source_of(item: &Value) -> Option<Source> {
    let part = |name: &str| item.get(name).and_then(text_of);
    let path = text_of(item).or_else(|| part("path")).or_else(|| part("resource"))?;
    Some(Source { repo: part("repo"), path })
}
