//! Where a ticket stands on its tracker, and where a run would move it.
//!
//! The user's side lists which state, or on a forge which label, a ticket gets
//! when a run proposes a change, hands off or stops. What the tracker said of them
//! when the run began is an event of the run, so that all that follows can be
//! worked out again. A state in which nobody has to act any more is never set
//! because it is listed: it becomes a request that a person approves.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bundle::Waiting;
use super::class::Decision;
use super::mode::Mode;
use super::output::Wanted;

/// When a ticket moves.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// A run proposed a change.
    Pr,
    /// A run handed off.
    Handoff,
    /// A run stopped.
    Stop,
}

impl When {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pr, Self::Handoff, Self::Stop];

    /// As settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pr => "pr",
            Self::Handoff => "handoff",
            Self::Stop => "stop",
        }
    }

    /// What a run must be allowed to do outside before it makes the move.
    pub fn least(self) -> Mode {
        match self {
            Self::Pr => Mode::Pr,
            Self::Handoff | Self::Stop => Mode::Comment,
        }
    }

    fn of(decision: Decision) -> Self {
        match decision {
            Decision::Pr => Self::Pr,
            Decision::Handoff => Self::Handoff,
            Decision::Stop => Self::Stop,
        }
    }
}

/// Where a ticket stands, as far as moves go.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// The name of its state; on a forge those of the listed labels that it has.
    pub names: Vec<String>,
    /// The state's id, where the tracker has states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// True where nobody has to act on it any more.
    pub over: bool,
}

/// A state or a label, as the tracker knows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// As the user's side lists it.
    pub name: String,
    /// Its id, where it goes by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// False where the tracker has none of that name.
    pub known: bool,
    /// What a person approves first, where nobody has to act in it any more:
    /// `ticket-done`, `ticket-cancel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// What would be typed or sent then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// What is known of a ticket's moves when its run begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moves {
    /// Where it stood.
    pub from: Standing,
    /// Where it would go, by what becomes of the run.
    pub to: BTreeMap<When, Target>,
    /// Actions that the user's side lets prode carry out once they are approved.
    pub carries_out: Vec<String>,
}

/// One move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// What becomes of the run.
    pub when: When,
    /// Where the ticket must still stand.
    pub from: Standing,
    /// Where it goes.
    pub to: Target,
    /// Labels of the other moves, which the ticket then has no more.
    pub others: Vec<String>,
}

/// What a look at the ticket says of a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It stands there already.
    There,
    /// It can be moved.
    Go,
    /// It stays as it is, and why.
    Left(&'static str),
}

impl Moves {
    /// The move that follows from a decision.
    pub fn follows(&self, decision: Decision) -> Option<Move> {
        let when = When::of(decision);
        let to = self.to.get(&when)?.clone();
        let is_label = |it: &&Target| it.action.is_none() && self.from.id.is_none();
        let others = self.to.values().filter(is_label).map(|it| it.name.clone());
        let mut others: Vec<String> = others.filter(|it| *it != to.name).collect();
        others.sort();
        others.dedup();
        Some(Move { when, from: self.from.clone(), to, others })
    }
}

impl Move {
    /// What it takes of the tracker to know: the target first.
    pub fn names(&self) -> Vec<&str> {
        let others = self.others.iter().map(String::as_str);
        std::iter::once(self.to.name.as_str()).chain(others).collect()
    }

    /// What a person is asked before the ticket ends; nothing for other moves.
    pub fn waiting(&self, ticket: &str) -> Option<Waiting> {
        let action = self.to.action.clone()?;
        let (from, to) = (self.from.told(), &self.to.name);
        let request = self.to.request.as_deref().unwrap_or_default();
        let wanted = Wanted {
            action,
            what: format!("move {ticket} from '{from}' to '{to}'\n{request}"),
            target: ticket.to_owned(),
            reason: format!("what became of the run ({}) ends the ticket", self.when.name()),
        };
        Waiting::of(wanted).ok()
    }

    /// In one line.
    pub fn told(&self) -> String {
        let (from, to) = (self.from.told(), &self.to.name);
        match &self.to.action {
            _ if !self.to.known => format!("to '{to}', which the tracker does not have"),
            Some(action) => format!("from '{from}' to '{to}', once a person approved {action}"),
            None => format!("from '{from}' to '{to}'"),
        }
    }

    /// What is to be done, where the ticket stands there `now` and its target is
    /// `target` now. Whoever was killed between two requests for labels finds
    /// the new one beside those that it had.
    pub fn next(&self, now: &Standing, target: &Target) -> Next {
        if !target.known || !self.to.known {
            return Next::Left("the tracker has no such state or label");
        }
        if (&target.id, &target.action) != (&self.to.id, &self.to.action) {
            return Next::Left("what it would be moved to is another state now");
        }
        if self.is_there(now) {
            return Next::There;
        }
        if now.over {
            return Next::Left("it is closed there, and a person opens it again");
        }
        let has = |all: &Standing, name: &String| all.names.contains(name);
        let is_half_way = now.id.is_none()
            && has(now, &self.to.name)
            && now.names.iter().all(|it| *it == self.to.name || has(&self.from, it));
        if now.is_same(&self.from) || is_half_way { Next::Go } else { Next::Left(MOVED) }
    }

    fn is_there(&self, now: &Standing) -> bool {
        match (&now.id, &self.to.action) {
            (Some(id), _) => self.to.id.as_ref() == Some(id),
            (None, Some(_)) => now.over,
            (None, None) => now.names == [self.to.name.clone()],
        }
    }
}

/// Why a ticket that somebody moved stays where it is.
const MOVED: &str = "moved meanwhile";

impl Standing {
    fn told(&self) -> String {
        match (self.names.as_slice(), self.over) {
            ([], true) => "closed".to_owned(),
            ([], false) => "open".to_owned(),
            (names, _) => names.join(", "),
        }
    }

    /// A state that got another name is the same one.
    fn is_same(&self, other: &Self) -> bool {
        match (&self.id, &other.id) {
            (None, None) => self.names == other.names && self.over == other.over,
            (one, other) => one == other,
        }
    }
}

#[cfg(test)]
mod tests;
