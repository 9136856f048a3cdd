//! What may be approved, by name, and what each name demands at least.

use serde::{Deserialize, Serialize};

use super::demand::{Demand, Who};
use super::verification::Strength;

const MINUTES: i64 = 60;
const HOURS: i64 = 60 * MINUTES;
const DAYS: i64 = 24 * HOURS;

/// The name of an action: lower-case words joined by `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Action(String);

/// A text that names no action.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no name of an action: lower-case words joined by '-'")]
pub struct BadAction(String);

/// A row of defaults: action, strength, seconds, who.
type Row = (&'static str, Strength, i64, Who);

/// What actions demand where a policy says nothing more.
const DEFAULTS: &[Row] = &[
    ("merge", Strength::Weak, 7 * DAYS, Who::Owners),
    ("policy", Strength::Weak, 7 * DAYS, Who::Signers),
    ("sop-gate", Strength::Weak, 4 * HOURS, Who::Signers),
    (Action::REDACTION_ALLOW, Strength::Weak, 4 * HOURS, Who::Signers),
    ("ticket-done", Strength::Weak, 4 * HOURS, Who::Signers),
    ("ticket-cancel", Strength::Weak, 4 * HOURS, Who::Signers),
    (Action::READ_PRIMARY, Strength::Weak, 30 * DAYS, Who::Signers),
    ("deploy", Strength::Strong, 4 * HOURS, Who::Signers),
    ("production-write", Strength::Strong, 15 * MINUTES, Who::Signers),
    ("data-correction", Strength::Strong, 15 * MINUTES, Who::Signers),
    ("suppress", Strength::Strong, 15 * MINUTES, Who::Signers),
];

impl Action {
    /// The merge of a proposal.
    pub const MERGE: &'static str = "merge";
    /// A change of who may approve what.
    pub const POLICY: &'static str = "policy";
    /// A change of what redaction lets stand.
    pub const REDACTION_ALLOW: &'static str = "redaction-allow";

    /// Questions to a database that takes writes.
    pub const READ_PRIMARY: &'static str = "read-primary";

    /// The action called this.
    pub fn new(name: &str) -> Result<Self, BadAction> {
        let is_word = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
        };
        if name.len() <= 40 && name.split('-').all(is_word) {
            Ok(Self(name.to_owned()))
        } else {
            Err(BadAction(name.chars().take(60).collect()))
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Every action that has defaults of its own.
    pub fn known() -> impl Iterator<Item = &'static str> {
        DEFAULTS.iter().map(|row| row.0)
    }

    /// What is demanded at least. An action without a row has the strictest one.
    pub(super) fn least(&self) -> Demand {
        let row = DEFAULTS.iter().find(|row| row.0 == self.0);
        let (strength, max_age, who) = match row {
            Some((_, strength, max_age, who)) => (*strength, *max_age, who.clone()),
            None => (Strength::Strong, 15 * MINUTES, Who::Signers),
        };
        Demand { who: vec![who], count: 1, strength, pin: false, max_age, own: false }
    }
}

impl TryFrom<String> for Action {
    type Error = BadAction;

    fn try_from(name: String) -> Result<Self, BadAction> {
        Self::new(&name)
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.0
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words() {
        assert_eq!(Action::new("production-write").unwrap().name(), "production-write");
        for bad in ["", "-", "Merge", "a--b", "a b", "../x", "a_b", &"a".repeat(41)] {
            assert!(Action::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_irreversible_demands_strength_and_what_is_unknown_too() {
        for name in ["production-write", "data-correction", "suppress", "deploy", "launch"] {
            assert_eq!(Action::new(name).unwrap().least().strength, Strength::Strong, "{name}");
        }
        assert_eq!(Action::new("merge").unwrap().least().strength, Strength::Weak);
        assert_eq!(Action::new("launch").unwrap().least().max_age, 900);
    }
}
