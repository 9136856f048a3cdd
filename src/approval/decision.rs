//! Several approvals counted: enough people, of the right ones, each once.

use std::collections::BTreeSet;

use super::demand::Demand;
use super::judge::Approval;
use super::refusal::Refusal;
use super::verification::Strength;

/// People of whom one at least must approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they answer for, for people: a path, a team.
    pub what: String,
    /// They, by the names that settings give them.
    pub people: BTreeSet<String>,
}

/// Who may approve, worked out for one subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Eligible {
    /// For each demand: the people who satisfy it. An approval counts if its
    /// person is in every one.
    pub people: Vec<BTreeSet<String>>,
    /// One of each must be among those who approved.
    pub groups: Vec<Group>,
}

impl Eligible {
    fn admits(&self, person: &str) -> bool {
        self.people.iter().all(|people| people.contains(person))
    }
}

/// Whether something may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The approvals that count, each person once.
    pub approvals: Vec<Approval>,
    /// What is still missing; empty: it may be done.
    pub missing: Vec<Refusal>,
    /// Approvals that were good and do not count here, by statement id.
    pub surplus: Vec<(String, Refusal)>,
    /// How many it takes.
    pub needed: u32,
}

impl Decision {
    /// True if nothing is missing.
    pub fn is_approved(&self) -> bool {
        self.missing.is_empty()
    }

    /// The weakest of those that count; `None` without any.
    pub fn strength(&self) -> Option<Strength> {
        self.approvals.iter().map(|it| it.strength).min()
    }

    /// True if whoever asked is among those who approved.
    pub fn own(&self) -> bool {
        self.approvals.iter().any(|it| it.own)
    }
}

/// Counts approvals that were judged good, in the order given.
pub fn decide(approvals: Vec<Approval>, eligible: &Eligible, demand: &Demand) -> Decision {
    let mut counted: Vec<Approval> = Vec::new();
    let mut surplus = Vec::new();
    for approval in approvals {
        let person = &approval.person;
        let refusal = if !eligible.admits(person) {
            Some(Refusal::NotAnApprover(person.clone()))
        } else if counted.iter().any(|it| it.person == *person) {
            Some(Refusal::SamePerson(person.clone()))
        } else if counted.iter().any(|it| it.fingerprint == approval.fingerprint) {
            Some(Refusal::SameKey(person.clone()))
        } else {
            None
        };
        match refusal {
            Some(refusal) => surplus.push((approval.id, refusal)),
            None => counted.push(approval),
        }
    }
    let missing = missing(&counted, eligible, demand.count);
    Decision { approvals: counted, missing, surplus, needed: demand.count }
}

fn missing(counted: &[Approval], eligible: &Eligible, needed: u32) -> Vec<Refusal> {
    let mut missing = Vec::new();
    let found = u32::try_from(counted.len()).unwrap_or(u32::MAX);
    if found < needed {
        missing.push(Refusal::NotEnough { found, needed });
    }
    let nobody = |group: &&Group| counted.iter().all(|it| !group.people.contains(&it.person));
    let silent = eligible.groups.iter().filter(nobody);
    missing.extend(silent.map(|group| Refusal::GroupMissing(group.what.clone())));
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::approval::Action;

    fn by(person: &str, key: &str, strength: Strength) -> Approval {
        Approval {
            id: format!("{person}-{key}"),
            person: person.into(),
            principal: person.into(),
            fingerprint: key.into(),
            strength,
            own: false,
            ends: jiff::Timestamp::MAX,
        }
    }

    fn weak(person: &str, key: &str) -> Approval {
        by(person, key, Strength::Weak)
    }

    fn counting(approvals: Vec<Approval>, count: u32) -> Decision {
        let demand = Demand { count, ..Action::new("merge").unwrap().least() };
        let people = ["a", "b", "c"].map(str::to_owned).into();
        let eligible = Eligible { people: vec![people], groups: Vec::new() };
        decide(approvals, &eligible, &demand)
    }

    fn codes(refusals: &[Refusal]) -> Vec<&str> {
        refusals.iter().map(Refusal::code).collect()
    }

    #[test]
    fn people_and_keys_count_once() {
        let two = counting(vec![weak("a", "1"), weak("b", "2")], 2);
        assert!(two.is_approved());
        let person = counting(vec![weak("a", "1"), weak("a", "2")], 2);
        assert_eq!(codes(&person.missing), ["not-enough"]);
        assert_eq!(person.surplus[0].1.code(), "same-person");
        let key = counting(vec![weak("a", "1"), weak("b", "1")], 2);
        assert_eq!(codes(&key.missing), ["not-enough"]);
        assert_eq!(key.surplus[0].1.code(), "same-key");
    }

    #[test]
    fn a_stranger_does_not_count() {
        let decision = counting(vec![weak("z", "1")], 1);
        assert_eq!(codes(&decision.missing), ["not-enough"]);
        assert_eq!(decision.surplus[0].1.code(), "not-an-approver");
        assert_eq!(decision.strength(), None);
    }

    #[test]
    fn the_weakest_says_how_strong_it_is() {
        let decision = counting(vec![by("a", "1", Strength::Strong), weak("b", "2")], 2);
        assert_eq!(decision.strength(), Some(Strength::Weak));
    }

    #[test]
    fn each_part_wants_one_of_its_own() {
        let demand = Action::new("merge").unwrap().least();
        let set = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let group = |what: &str, names: &[&str]| Group { what: what.into(), people: set(names) };
        let eligible = Eligible {
            people: vec![set(&["a", "b"])],
            groups: vec![group("wiki/a.md", &["a"]), group("wiki/b.md", &["b"])],
        };
        let one = decide(vec![weak("a", "1")], &eligible, &demand);
        assert_eq!(one.missing, [Refusal::GroupMissing("wiki/b.md".into())]);
        assert!(decide(vec![weak("a", "1"), weak("b", "2")], &eligible, &demand).is_approved());
    }
}
