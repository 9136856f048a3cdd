//! What happens to a run, and what it begins with.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use prode::triage::budget::Budgets;
use prode::triage::delivery::Seen;
use prode::triage::event::Event;
use prode::triage::inventory::{Sort, Tool};
use prode::triage::mode::Mode;
use prode::triage::moving::Moves;
use prode::triage::snapshot::Snapshot;
use prode::triage::state::Action;
use serde_json::{Value, json};

use super::papers::Attempt;

/// The run's name.
pub(super) const RUN: &str = "R-20261103-aaaaaa";

/// What happens to a run.
#[derive(Debug, Clone)]
pub(super) struct Script {
    pub(super) mode: Mode,
    pub(super) bar: u8,
    pub(super) budgets: Budgets,
    pub(super) moves: Option<Moves>,
    /// What the coordinator says, round by round; null is nothing to follow.
    pub(super) replies: Option<VecDeque<Value>>,
    pub(super) attempts: VecDeque<Attempt>,
    /// What a look at the pull request finds; true where it was merged.
    pub(super) looks: VecDeque<bool>,
    pub(super) seen: Seen,
    /// True where somebody moved the ticket meanwhile.
    pub(super) leaves: bool,
}

impl Script {
    pub(super) fn of(mode: Mode) -> Self {
        Self {
            mode,
            bar: 70,
            budgets: Budgets::usual(),
            moves: None,
            replies: None,
            attempts: VecDeque::from([Attempt::Holds]),
            looks: VecDeque::new(),
            seen: Seen::Confirmed,
            leaves: false,
        }
    }
}

pub(super) fn at(clock: &str) -> Timestamp {
    format!("2026-11-03T{clock}Z").parse().unwrap()
}

/// The ticket of every story; its window is the incident's.
pub(super) fn ticket() -> Snapshot {
    let text = json!({
        "identifier": "ENG-1423",
        "title": "Checkout answers 500",
        "description": "Since two o'clock. Sentry issue CHECKOUT-2F7 says where.",
        "createdAt": "2026-11-03T14:10:00Z",
        "window": {"from": "2026-11-03T13:00:00Z", "until": "2026-11-03T15:00:00Z"},
    });
    let before = SignedDuration::from_hours(2);
    Snapshot::read(&text.to_string(), "file", before, at("16:00:00")).unwrap()
}

pub(super) fn tools() -> Vec<Tool> {
    let tool = |name: &str| Tool {
        name: name.to_owned(),
        sort: Sort::Program,
        answered: true,
        identity: Some("reader".to_owned()),
        read_only: None,
        blocked: None,
        chosen: true,
    };
    ["aws", "release", "sentry"].map(tool).to_vec()
}

/// A run opened at four o'clock, for an hour.
pub(super) fn opened(script: &Script) -> Event {
    Event::Opened {
        ticket: "ENG-1423".to_owned(),
        mode: script.mode,
        by: "prode".to_owned(),
        ruleset: "1".to_owned(),
        bar: script.bar,
        deadline: at("17:00:00"),
        coordinator: script.replies.is_some(),
        budgets: script.budgets,
    }
}

/// An action in words.
pub(super) fn words(action: &Action) -> String {
    match action {
        Action::Ask(question) => format!("ask {}", question.name),
        Action::Skip(question, stop) => format!("skip {}: {stop}", question.name),
        Action::Make(effect) => format!("make {}", effect.sort.words()),
        Action::Rest(phase) => format!("rest {phase}"),
        other => format!("{other:?}").to_lowercase(),
    }
}
