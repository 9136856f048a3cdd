//! What became of a learning: the fold of the decisions beside it.

use serde_json::{Map, Value, json};

use super::error::InboxError;
use super::id::{self, normalised};
use super::target::{Action, Target};
use super::yaml;

/// Where a learning stands. The later in this order wins, whenever it was said:
/// what was rejected does not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum State {
    /// Nobody decided.
    #[default]
    New,
    /// An owner wants it; a proposal is open.
    Accepted,
    /// It is on the trunk.
    Promoted,
    /// It is not wanted.
    Rejected,
}

impl State {
    /// All of them, in the order in which they win.
    pub const ALL: [Self; 4] = [Self::New, Self::Accepted, Self::Promoted, Self::Rejected];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Accepted => "accepted",
            Self::Promoted => "promoted",
            Self::Rejected => "rejected",
        }
    }

    /// From its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What a person changed in a learning before it was promoted. The learning
/// keeps its name, so that the same one is known when it is found again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edition {
    /// Another target.
    pub target: Option<Target>,
    /// Another action.
    pub action: Option<Action>,
    /// Other words.
    pub body: Option<String>,
}

/// One decision: who, when, why, and what it changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The state it leads to; `None` for an edition.
    pub state: Option<State>,
    /// Who decided: `human:…` or `process:…`.
    pub by: String,
    /// RFC 3339, in UTC.
    pub at: String,
    /// Why.
    pub why: Option<String>,
    /// The commit, pull request or proposal that it made.
    pub change: Option<String>,
    /// What was edited.
    pub edition: Option<Edition>,
}

impl Decision {
    /// A decision that leads to a state.
    pub fn to(state: State, by: impl Into<String>, at: impl Into<String>) -> Self {
        let (by, at) = (by.into(), at.into());
        Self { state: Some(state), by, at, why: None, change: None, edition: None }
    }

    /// Its file's text and its file's name, the digest of the text.
    pub fn file(&self) -> (String, String) {
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| {
            if !value.is_null() {
                map.insert(key.to_owned(), value);
            }
        };
        put("state", json!(self.state.map(State::name)));
        put("by", json!(self.by));
        put("at", json!(self.at));
        put("why", json!(self.why));
        put("change", json!(self.change));
        if let Some(edition) = &self.edition {
            put("target", json!(edition.target.as_ref().map(Target::to_string)));
            put("action", json!(edition.action.map(Action::name)));
            put("body", json!(edition.body));
        }
        let text = yaml::lines(&map);
        let digest = id::hex(text.as_bytes(), 2 * id::DIGITS);
        (digest, text)
    }

    /// From a file's text.
    pub fn read(path: &str, text: &str) -> Result<Self, InboxError> {
        let wrong = |why: &str| InboxError::File { path: path.to_owned(), why: why.to_owned() };
        let map = yaml::mapping(text).ok_or_else(|| wrong("it is no YAML mapping"))?;
        let get = |key: &str| map.get(key).and_then(yaml::text);
        let state = match get("state") {
            Some(name) => Some(State::named(&name).ok_or_else(|| wrong("it names no state"))?),
            None => None,
        };
        let edition = Edition {
            target: get("target").map(|it| it.parse()).transpose()?,
            action: get("action").map(|it| it.parse()).transpose()?,
            body: get("body").map(|it| normalised(&it)),
        };
        let by = get("by").ok_or_else(|| wrong("it does not say who decided"))?;
        let at = get("at").ok_or_else(|| wrong("it does not say when"))?;
        let edition = Some(edition).filter(|it| *it != Edition::default());
        Ok(Self { state, by, at, why: get("why"), change: get("change"), edition })
    }
}

/// A run that found a learning again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// The run, as its file is called.
    pub run: String,
    /// RFC 3339, in UTC.
    pub at: String,
}

/// The fold of all decisions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Where it stands.
    pub state: State,
    /// The decisions, the earliest first.
    pub decisions: Vec<Decision>,
    /// The last words of every edition.
    pub edition: Edition,
}

impl Standing {
    /// Folds decisions; their order does not matter.
    pub fn of(mut decisions: Vec<Decision>) -> Self {
        decisions.sort_by_cached_key(|it| (it.at.clone(), it.file().0));
        let mut edition = Edition::default();
        for later in decisions.iter().filter_map(|it| it.edition.clone()) {
            edition.target = later.target.or(edition.target);
            edition.action = later.action.or(edition.action);
            edition.body = later.body.or(edition.body);
        }
        let state = decisions.iter().filter_map(|it| it.state).max().unwrap_or_default();
        Self { state, decisions, edition }
    }

    /// The decision that made it so, the latest of several.
    pub fn decided(&self) -> Option<&Decision> {
        self.decisions.iter().rev().find(|it| it.state == Some(self.state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(state: State, at: &str) -> Decision {
        Decision { why: Some("no: it is known".into()), ..Decision::to(state, "human:ada", at) }
    }

    #[test]
    fn what_was_rejected_does_not_come_back() {
        let early = decision(State::Rejected, "2026-11-01T00:00:00Z");
        let late = decision(State::Accepted, "2026-11-02T00:00:00Z");
        for order in [vec![early.clone(), late.clone()], vec![late, early]] {
            let standing = Standing::of(order);
            assert_eq!(standing.state, State::Rejected);
            assert_eq!(standing.decided().unwrap().at, "2026-11-01T00:00:00Z");
        }
        assert_eq!(Standing::of(Vec::new()).state, State::New);
    }

    #[test]
    fn the_last_edition_of_each_part_counts() {
        let edition = |at: &str, edition: Edition| Decision {
            state: None,
            edition: Some(edition),
            ..decision(State::New, at)
        };
        let standing = Standing::of(vec![
            edition("3", Edition { body: Some("later".into()), ..Edition::default() }),
            edition("1", Edition { body: Some("sooner".into()), ..Edition::default() }),
            edition("2", Edition { action: Some(Action::Replace), ..Edition::default() }),
        ]);
        assert_eq!(standing.edition.body.as_deref(), Some("later"));
        assert_eq!(standing.edition.action, Some(Action::Replace));
    }

    #[test]
    fn a_decision_reads_back_and_its_name_follows_from_it() {
        let edition = Edition {
            target: Some("wiki/a.md#b".parse().unwrap()),
            action: Some(Action::Replace),
            body: Some("two\n\nlines: \"quoted\"".into()),
        };
        let decision = Decision {
            edition: Some(edition),
            change: Some("prode/promote/L-1".into()),
            ..decision(State::Accepted, "2026-11-01T00:00:00Z")
        };
        let (digest, text) = decision.file();
        assert_eq!(Decision::read("x", &text).unwrap(), decision);
        assert_eq!(digest.len(), 24);
        assert_ne!(digest, Decision { why: None, ..decision }.file().0);
        assert!(Decision::read("x", "state: merged\nby: a\nat: b\n").is_err());
        assert!(Decision::read("x", "- a\n").is_err());
    }
}
