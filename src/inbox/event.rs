//! What somebody said about a finding.

use std::str::FromStr;

use serde_json::{Map, Value, json};

use super::error::InboxError;
use super::evidence::Evidence;
use super::finding::Severity;
use super::id;
use super::subject::Subject;
use super::yaml;

/// What became of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It was wrong, and is right now.
    Fixed,
    /// It is valid, and there is nothing to change.
    NonActionable,
    /// It is invalid.
    Rejected,
}

impl Answer {
    /// All of them; a finding's resolution is the first that one of its items has.
    pub const ALL: [Self; 3] = [Self::Fixed, Self::NonActionable, Self::Rejected];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::NonActionable => "non-actionable",
            Self::Rejected => "rejected",
        }
    }
}

impl FromStr for Answer {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        let found = Self::ALL.into_iter().find(|it| it.name() == typed);
        found.ok_or_else(|| InboxError::NoAnswer(typed.to_owned()))
    }
}

/// What an event does. At one turn, the earlier in this order comes first, so
/// that an item opened again on one machine outlasts a closing on another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The whole is invalid.
    Reject,
    /// Everything is answered, and somebody looked.
    Close,
    /// Items are answered; `None` opens them again.
    Answer(Option<Answer>),
    /// Only the severity or the target is corrected.
    Correct,
}

/// One event; it is never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// One more than the greatest turn of the events that its writer knew: what
    /// follows from another event stands behind it, whatever the clocks say.
    pub turn: u32,
    /// What it does.
    pub what: What,
    /// Items it speaks of, from 1.
    pub items: Vec<usize>,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// Who made the fix.
    pub fixed_by: Vec<String>,
    /// The severity as it is judged now.
    pub severity: Option<Severity>,
    /// What the finding is about, as it is seen now.
    pub target: Option<Subject>,
    /// Who says it: `human:…` or `process:…`.
    pub by: String,
    /// RFC 3339, in UTC.
    pub at: String,
    /// The message, or why.
    pub why: Option<String>,
}

impl Event {
    /// An event that says only what it does.
    pub fn new(what: What, by: impl Into<String>, at: impl Into<String>) -> Self {
        Self {
            turn: 1,
            what,
            items: Vec::new(),
            evidence: Vec::new(),
            fixed_by: Vec::new(),
            severity: None,
            target: None,
            by: by.into(),
            at: at.into(),
            why: None,
        }
    }

    /// The name of what it does.
    pub fn name(&self) -> &'static str {
        match &self.what {
            What::Reject => "reject",
            What::Close => "close",
            What::Answer(Some(answer)) => answer.name(),
            What::Answer(None) => "open",
            What::Correct => "correct",
        }
    }

    /// Its file's name, the digest of the text, and the text.
    pub fn file(&self) -> (String, String) {
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| {
            if !(value.is_null() || value == json!([])) {
                map.insert(key.to_owned(), value);
            }
        };
        put("turn", json!(self.turn));
        put("event", json!(self.name()));
        put("items", json!(self.items));
        put("evidence", self.evidence.iter().map(Evidence::value).collect());
        put("fixed_by", json!(self.fixed_by));
        put("severity", json!(self.severity.map(Severity::name)));
        put("target", json!(self.target.as_ref().map(Subject::to_string)));
        put("by", json!(self.by));
        put("at", json!(self.at));
        put("why", json!(self.why));
        let text = yaml::lines(&map);
        (id::hex(text.as_bytes(), 2 * id::DIGITS), text)
    }

    /// From a file's text.
    pub fn read(path: &str, text: &str) -> Result<Self, InboxError> {
        let wrong = |why: &str| InboxError::File { path: path.to_owned(), why: why.to_owned() };
        let map = yaml::mapping(text).ok_or_else(|| wrong("it is no YAML mapping"))?;
        let get = |key: &str| map.get(key).and_then(yaml::text);
        let list = |key: &str| map.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let number = |value: &Value| value.as_u64().and_then(|it| usize::try_from(it).ok());
        let what = match get("event").as_deref() {
            Some("reject") => What::Reject,
            Some("close") => What::Close,
            Some("open") => What::Answer(None),
            Some("correct") => What::Correct,
            Some(name) => What::Answer(Some(name.parse()?)),
            None => return Err(wrong("it does not say what it does")),
        };
        let items = list("items").iter().map(number).collect::<Option<_>>();
        let turn = map.get("turn").and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok());
        Ok(Self {
            turn: turn.ok_or_else(|| wrong("it does not say its turn"))?,
            what,
            items: items.ok_or_else(|| wrong("its items are no numbers"))?,
            evidence: list("evidence").iter().map(Evidence::read).collect::<Result<_, _>>()?,
            fixed_by: list("fixed_by").iter().filter_map(yaml::text).collect(),
            severity: get("severity").map(|it| it.parse()).transpose()?,
            target: get("target").map(|it| it.parse()).transpose()?,
            by: get("by").ok_or_else(|| wrong("it does not say who said it"))?,
            at: get("at").ok_or_else(|| wrong("it does not say when"))?,
            why: get("why"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_reads_back_and_its_name_follows_from_it() {
        let event = Event {
            turn: 3,
            items: vec![1, 2],
            evidence: vec![Evidence { reference: "commit: abc".into(), ..Evidence::default() }],
            fixed_by: vec!["human:grace".into()],
            severity: Some(Severity::Low),
            target: Some("wiki/a.md#b".parse().unwrap()),
            why: Some("it: was \"so\"".into()),
            ..Event::new(What::Answer(Some(Answer::Fixed)), "human:ada", "2026-11-01T00:00:00Z")
        };
        let (digest, text) = event.file();
        assert_eq!(Event::read("x", &text).unwrap(), event);
        assert_eq!(digest.len(), 24);
        assert_ne!(digest, Event { turn: 4, ..event }.file().0);
        for what in [What::Reject, What::Close, What::Answer(None), What::Correct] {
            let event = Event::new(what, "a", "b");
            assert_eq!(Event::read("x", &event.file().1).unwrap(), event);
        }
    }

    #[test]
    fn what_is_no_event_says_why() {
        let why = |text: &str| Event::read("x", text).unwrap_err().to_string();
        assert_eq!(why("- a\n"), "'x' cannot be read: it does not say what it does");
        assert_eq!(why("a: [\n"), "'x' cannot be read: it is no YAML mapping");
        assert_eq!(why("event: merge\n"), "an item is not answered by 'merge'");
        assert_eq!(
            why("event: close\nby: a\nat: b\n"),
            "'x' cannot be read: it does not say its turn"
        );
        assert_eq!(
            why("event: open\nturn: 1\nitems: [one]\n"),
            "'x' cannot be read: its items are no numbers"
        );
        assert_eq!(
            why("event: close\nturn: 1\nat: b\n"),
            "'x' cannot be read: it does not say who said it"
        );
    }
}
