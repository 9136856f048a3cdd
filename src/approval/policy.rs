//! Who may approve what, as settings say: `approvals:` of the trunk's
//! `prode.yaml`, and of the user's side.
//!
//! The strictest wins, the built-in defaults among them: more people, a
//! stronger signature, a shorter time. `who` and `self` are the trunk's to say,
//! and the user's side may only narrow them. What cannot be read changes
//! nothing and is reported.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::action::Action;
use super::demand::{Demand, Who};
use super::verification::Strength;

/// More people than this are a slip of the finger.
const MOST: u64 = 20;

/// What each action demands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    demands: BTreeMap<Action, Demand>,
}

/// Whose word it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Trunk,
    User,
}

impl Policy {
    /// The policy of the trunk's section, narrowed by those of the user's
    /// side; with a line for each value that does not act.
    pub fn read(trunk: Option<&Value>, narrower: &[&Value]) -> (Self, Vec<String>) {
        let mut policy = Self::default();
        let mut problems = Vec::new();
        let sides = trunk.into_iter().map(|it| (Side::Trunk, it));
        for (side, section) in sides.chain(narrower.iter().map(|it| (Side::User, *it))) {
            for (name, value) in section.as_object().into_iter().flatten() {
                policy.lay(side, name, value, &mut problems);
            }
        }
        (policy, problems)
    }

    /// What `action` demands.
    pub fn demand(&self, action: &Action) -> Demand {
        self.demands.get(action).cloned().unwrap_or_else(|| action.least())
    }

    fn lay(&mut self, side: Side, name: &str, value: &Value, problems: &mut Vec<String>) {
        let (Ok(action), Some(fields)) = (Action::new(name), value.as_object()) else {
            problems.push(format!("'approvals.{name}' is not understood"));
            return;
        };
        let demand = self.demands.entry(action.clone()).or_insert_with(|| action.least());
        problems.extend(lay(demand, side, fields).iter().map(|field| {
            format!("'approvals.{name}.{field}' is not understood, or laxer than what holds, and changes nothing")
        }));
    }
}

/// Lays one layer over a demand; the fields that changed nothing and should have.
fn lay(demand: &mut Demand, side: Side, fields: &Map<String, Value>) -> Vec<String> {
    let mut idle = Vec::new();
    for (field, value) in fields {
        let acted = match field.as_str() {
            "count" => narrow(&mut demand.count, count(value), |new, old| new >= old),
            "max_age" => narrow(&mut demand.max_age, age(value), |new, old| new <= old),
            "strength" => narrow(&mut demand.strength, strength(value), |new, old| new >= old),
            "pin" => narrow(&mut demand.pin, value.as_bool(), |new, old| new >= old),
            "self" if side == Side::Trunk => narrow(&mut demand.own, value.as_bool(), |_, _| true),
            "self" => narrow(&mut demand.own, value.as_bool(), |new, old| new <= old),
            "who" => match (who(value), side) {
                (Some(who), Side::Trunk) => {
                    demand.who = vec![who];
                    true
                }
                (Some(who), Side::User) => {
                    demand.who.push(who);
                    true
                }
                (None, _) => false,
            },
            _ => false,
        };
        if !acted {
            idle.push(field.clone());
        }
    }
    idle
}

/// Takes `new` where it is allowed; whether it was.
fn narrow<T: PartialOrd>(held: &mut T, new: Option<T>, may: fn(&T, &T) -> bool) -> bool {
    match new {
        Some(new) if may(&new, held) => {
            *held = new;
            true
        }
        _ => false,
    }
}

fn count(value: &Value) -> Option<u32> {
    let count = value.as_u64().filter(|count| (1..=MOST).contains(count))?;
    u32::try_from(count).ok()
}

fn strength(value: &Value) -> Option<Strength> {
    match value.as_str()? {
        "weak" => Some(Strength::Weak),
        "strong" => Some(Strength::Strong),
        _ => None,
    }
}

/// Seconds of `30s`, `15m`, `4h`, `7d`.
fn age(value: &Value) -> Option<i64> {
    let text = value.as_str()?;
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return None,
    };
    let seconds = number.parse::<u32>().ok()?;
    i64::from(seconds).checked_mul(unit).filter(|it| *it > 0)
}

/// `owners`, `signers`, a name, or a list of names.
fn who(value: &Value) -> Option<Who> {
    let named = |names: Vec<String>| (!names.is_empty()).then_some(Who::Named(names));
    match value {
        Value::String(text) => match text.as_str() {
            "owners" => Some(Who::Owners),
            "signers" => Some(Who::Signers),
            name => named(vec![name.to_owned()]),
        },
        Value::Array(items) => {
            let names: Option<Vec<String>> =
                items.iter().map(|it| it.as_str().map(str::to_owned)).collect();
            let names = names?;
            if names.iter().any(|name| name.contains(['*', '?', '!'])) {
                None
            } else {
                named(names)
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn demand(policy: &Policy, action: &str) -> Demand {
        policy.demand(&Action::new(action).unwrap())
    }

    #[test]
    fn the_example_of_the_format_is_understood() {
        let trunk = json!({
            "merge": {"who": "owners", "count": 1, "max_age": "7d", "self": false},
            "production-write": {"who": ["team-sre"], "count": 2, "strength": "strong", "max_age": "15m"},
        });
        let (policy, problems) = Policy::read(Some(&trunk), &[]);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(demand(&policy, "merge"), Action::new("merge").unwrap().least());
        let write = demand(&policy, "production-write");
        assert_eq!(write.who, [Who::Named(vec!["team-sre".into()])]);
        assert_eq!((write.count, write.max_age, write.strength), (2, 900, Strength::Strong));
    }

    #[test]
    fn the_strictest_layer_wins_and_laxer_words_are_reported() {
        let trunk = json!({
            "merge": {"max_age": "30d", "count": 2, "self": true},
            "deploy": {"strength": "weak", "max_age": "1h"},
        });
        let user = json!({"merge": {"count": 1, "self": false, "strength": "strong"}, "deploy": {"who": "me"}});
        let (policy, problems) = Policy::read(Some(&trunk), &[&user]);
        let merge = demand(&policy, "merge");
        assert_eq!((merge.count, merge.max_age, merge.own), (2, 7 * 86_400, false));
        assert_eq!(merge.strength, Strength::Strong);
        let deploy = demand(&policy, "deploy");
        assert_eq!((deploy.strength, deploy.max_age), (Strength::Strong, 3_600));
        assert_eq!(deploy.who.len(), 2, "both must hold");
        let fields: Vec<&str> = problems.iter().map(|it| it.split('\'').nth(1).unwrap()).collect();
        assert_eq!(
            fields,
            ["approvals.merge.max_age", "approvals.deploy.strength", "approvals.merge.count"]
        );
    }

    #[test]
    fn only_the_trunk_lets_a_team_of_one_be() {
        let own = json!({"merge": {"self": true}});
        assert!(demand(&Policy::read(Some(&own), &[]).0, "merge").own);
        let (policy, problems) = Policy::read(None, &[&own]);
        assert!(!demand(&policy, "merge").own);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn what_is_not_understood_changes_nothing() {
        let trunk = json!({
            "merge": {"who": ["*@example.org"], "count": 0, "max_age": "soon", "pin": "yes", "extra": 1},
            "No Action": {},
            "deploy": 3,
        });
        let (policy, problems) = Policy::read(Some(&trunk), &[]);
        assert_eq!(demand(&policy, "merge"), Action::new("merge").unwrap().least());
        assert_eq!(problems.len(), 7, "{problems:?}");
    }
}
