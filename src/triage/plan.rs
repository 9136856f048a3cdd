//! Whom to ask: the built-in table that stands in for a coordinator.
//!
//! A ticket's own signals and the pages that it routed to name specialists;
//! who is named by a signal that only they can explain is required.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::snapshot::{Extract, Snapshot};

/// One bounded question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// Its name in the run: `aws`, and `aws#2` for the second that `aws` is asked.
    /// What was answered is kept under it.
    pub name: String,
    /// Who is asked.
    pub specialist: String,
    /// What.
    pub text: String,
    /// True if the decision needs the answer.
    pub required: bool,
    /// Why it is asked, for people.
    pub because: String,
}

/// What a specialist is asked where nobody words it better.
#[rustfmt::skip]
const QUESTIONS: &[(&str, &str)] = &[
    ("sentry",   "Which errors of this ticket were recorded within the window, how many, since when, in which releases and on which paths?"),
    ("aws",      "What did alarms, metrics and logs of the systems that this ticket names show within the window, and what was normal before it?"),
    ("postgres", "How many rows are in a state that this ticket calls wrong, since when, and what do they have in common?"),
    ("github",   "Which deploys, releases and merges fall within the window or shortly before it?"),
    ("gitlab",   "Which deploys, releases and merges fall within the window or shortly before it?"),
    ("release",  "Which releases and changes of this repository fall within the window or shortly before it?"),
    ("vendor",   "Did the vendors that this ticket's systems stand on report an incident within the window?"),
    ("support",  "What do customers report about this within the window?"),
    ("reproduce", "Can what this ticket claims be made to happen again?"),
];

/// Which signal asks whom; true where the decision needs the answer.
#[rustfmt::skip]
const SIGNALS: &[(Extract, &str, bool)] = &[
    (Extract::SentryIssue, "sentry",  true),
    (Extract::Error,       "sentry",  false),
    (Extract::Status,      "sentry",  false),
    (Extract::Alarm,       "aws",     false),
    (Extract::Queue,       "aws",     true),
    (Extract::Metric,      "aws",     false),
    (Extract::Release,     "release", false),
    (Extract::AppVersion,  "support", false),
];

/// Specialists that are never asked before the gate.
const AFTER_THE_GATE: &[&str] = &["code-path", "review"];

/// Specialists that somebody else than the ticket names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// By pages that routed.
    pub pages: &'a [String],
    /// By an answer that was handed in.
    pub handed: &'a [String],
}

/// The questions of a ticket: those that its signals and the routed pages name,
/// in the order of names; a page's word makes nothing required, since memory
/// only routes.
pub fn plan(snapshot: &Snapshot, named: &Named<'_>, wanted: &[String]) -> Vec<Question> {
    let mut all: Vec<Question> = Vec::new();
    for (what, specialist, required) in SIGNALS {
        let values = snapshot.extracted(*what);
        if let Some(value) = values.first() {
            add(&mut all, specialist, *required, format!("the ticket names {value}"));
        }
    }
    for specialist in named.pages {
        add(&mut all, specialist, false, "a routed page names it".to_owned());
    }
    for specialist in named.handed {
        add(&mut all, specialist, false, "its answer was handed in".to_owned());
    }
    for specialist in wanted {
        add(&mut all, specialist, true, "the settings require it".to_owned());
    }
    if all.is_empty() {
        add(&mut all, "release", false, "nothing else is named".to_owned());
    }
    all.sort();
    all
}

fn add(all: &mut Vec<Question>, specialist: &str, required: bool, because: String) {
    let specialist = specialist.trim().to_lowercase();
    if !Question::may_name(&specialist) {
        return;
    }
    match all.iter_mut().find(|it| it.specialist == specialist) {
        Some(asked) if required && !asked.required => {
            (asked.required, asked.because) = (true, because);
        }
        Some(_) => {}
        None => {
            let text = question(&specialist).to_owned();
            all.push(Question { name: specialist.clone(), specialist, text, required, because });
        }
    }
}

impl Question {
    /// True for a specialist that may be asked before the gate. What stands
    /// between the parts of other names is no part of this one.
    pub(super) fn may_name(specialist: &str) -> bool {
        !specialist.is_empty()
            && !specialist.contains(['#', '/'])
            && !AFTER_THE_GATE.contains(&specialist)
    }

    /// A name that none of `others` has.
    pub(super) fn free_name(specialist: &str, others: &[Self]) -> String {
        let is_free = |name: &String| others.iter().all(|it| it.name != *name);
        let first = Some(specialist.to_owned()).filter(is_free);
        let later =
            || (2..others.len() + 3).map(|number| format!("{specialist}#{number}")).find(is_free);
        first.or_else(later).unwrap_or_default()
    }

    /// Who is asked a question of that name.
    pub fn whose(name: &str) -> &str {
        name.split('#').next().unwrap_or_default()
    }

    /// True if it asks the same of the same, whatever its spaces and capitals.
    pub(super) fn is_like(&self, specialist: &str, text: &str) -> bool {
        let words = |text: &str| -> Vec<String> {
            text.split_whitespace().map(str::to_lowercase).collect()
        };
        self.specialist == specialist && words(&self.text) == words(text)
    }
}

/// True for a specialist that this program itself may name.
pub fn is_usual(specialist: &str) -> bool {
    QUESTIONS.iter().any(|(name, _)| *name == specialist)
}

/// The question that a specialist is asked.
pub fn question(specialist: &str) -> &'static str {
    let row = QUESTIONS.iter().find(|(name, _)| *name == specialist);
    row.map_or("What do you know about this ticket within the window?", |(_, text)| text)
}
