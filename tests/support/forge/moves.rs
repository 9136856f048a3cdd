//! Where tickets stand, and every change of that which the token's account made.

use super::world::World;

/// Every state of the team's, with Linear's type of it.
pub(crate) const STATES: &[(&str, &str)] = &[
    ("Triage", "triage"),
    ("Backlog", "backlog"),
    ("In Progress", "started"),
    ("In Review", "started"),
    ("Done", "completed"),
    ("Canceled", "canceled"),
];

/// The id of a state, as Linear makes them.
pub(super) fn id_of(state: &str) -> String {
    let at = STATES.iter().position(|(name, _)| *name == state).expect("a state of the team's");
    format!("3f2504e0-4f89-41d3-9a0c-0305e82c33{at:02}")
}

impl World {
    /// The state of a ticket on Linear.
    pub(crate) fn state(&self, number: u64) -> &str {
        self.states.get(&number).map_or("Triage", String::as_str)
    }

    /// A person moves it there; on a forge they close or open it.
    pub(crate) fn put(&mut self, number: u64, state: &str) {
        self.states.insert(number, state.to_owned());
    }

    /// True for an issue that is closed.
    pub(crate) fn is_closed(&self, number: u64) -> bool {
        matches!(self.state(number), "closed" | "Done" | "Canceled")
    }

    /// Labels of an issue.
    pub(crate) fn labels_of(&self, number: u64) -> Vec<String> {
        self.issue_of(number).map(|it| it.labels.clone()).unwrap_or_default()
    }

    /// A person labels it.
    pub(crate) fn relabel(&mut self, number: u64, labels: &[&str]) {
        let labels = labels.iter().map(|it| (*it).to_owned()).collect();
        self.own_issue(number).expect("it is there").labels = labels;
    }

    /// What the token's account did to it, in order: `Backlog`, `+human`, `-review`,
    /// `closed`. What changes nothing counts as well.
    pub(crate) fn moves(&self, number: u64) -> Vec<&str> {
        self.moves.iter().filter(|(it, _)| *it == number).map(|(_, what)| what.as_str()).collect()
    }

    pub(super) fn moved(&mut self, number: u64, what: String) {
        self.moves.push((number, what));
    }

    /// Takes a state of the account's.
    pub(super) fn set_state(&mut self, number: u64, state: &str) {
        self.put(number, state);
        self.moved(number, state.to_owned());
    }

    /// Adds a label; `None` where there is no such issue.
    pub(super) fn add_label(&mut self, number: u64, name: &str) -> Option<()> {
        self.moved(number, format!("+{name}"));
        let issue = self.own_issue(number)?;
        if !issue.labels.iter().any(|it| it.eq_ignore_ascii_case(name)) {
            issue.labels.push(name.to_owned());
        }
        Some(())
    }

    /// Takes one away; `None` where it has none of that name.
    pub(super) fn take_label(&mut self, number: u64, name: &str) -> Option<()> {
        let issue = self.own_issue(number)?;
        let at = issue.labels.iter().position(|it| it.eq_ignore_ascii_case(name))?;
        issue.labels.remove(at);
        self.moved(number, format!("-{name}"));
        Some(())
    }
}
