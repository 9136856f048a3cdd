//! Which tickets wait to be worked on: those of one project that have a label or a
//! state which the user's side names.

use super::error::TrackerError;
use super::kind::Kind;
use super::name::TicketName;
use super::{Place, Tracker};

/// Bytes of a label's or a state's name.
const LONGEST: usize = 200;

/// What tells tickets that wait from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// `org/repo`; on Linear the team's key.
    pub(super) project: String,
    /// A label that they have.
    pub(super) label: Option<String>,
    /// The state in which they are, by its name; on a forge they are open.
    pub(super) state: Option<String>,
}

impl Queue {
    /// Of the tracker at `place`.
    ///
    /// # Errors
    /// `project` is none there, or nothing tells the tickets that wait from the others.
    pub fn new(
        place: &Place,
        project: &str,
        label: Option<&str>,
        state: Option<&str>,
    ) -> Result<Self, TrackerError> {
        let bad = |key: &'static str, why: &'static str| TrackerError::BadQueue { key, why };
        // A project is what a ticket's name has before its number.
        let mark = if place.kind == Kind::Linear { '-' } else { '#' };
        let first = format!("{}:{project}{mark}1", place.kind);
        let Ok(Some(name)) = TicketName::parse(&first, Some(place)) else {
            return Err(bad("watch.project", "it is no project of the tracker"));
        };
        let is_name = |it: &&str| {
            !it.is_empty() && it.len() <= LONGEST && !it.contains(|it: char| it.is_control())
        };
        if label.is_some_and(|it| !is_name(&it)) {
            return Err(bad("watch.label", "it is no name of a label"));
        }
        if place.kind != Kind::Linear && label.is_some_and(|it| it.contains(',')) {
            return Err(bad("watch.label", "a comma parts labels there"));
        }
        if state.is_some_and(|it| !is_name(&it)) {
            return Err(bad("watch.state", "it is no name of a state"));
        }
        if state.is_some() && place.kind != Kind::Linear {
            return Err(bad("watch.state", "only Linear's tickets have states by name"));
        }
        if label.is_none() && state.is_none() {
            return Err(bad("watch.label", "nothing tells the tickets that wait from the others"));
        }
        Ok(Self {
            project: name.project().to_owned(),
            label: label.map(str::to_owned),
            state: state.map(str::to_owned),
        })
    }

    /// The name that the first ticket of its project has.
    pub fn first(&self, place: &Place) -> TicketName {
        TicketName::numbered(place.kind, &self.project, 1)
    }

    /// True for a ticket of its project, whatever label or state it has by now.
    pub fn is_of(&self, ticket: &TicketName) -> bool {
        ticket.project() == self.project
    }
}

impl std::fmt::Display for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.project)?;
        if let Some(state) = &self.state {
            write!(f, ", state '{state}'")?;
        }
        self.label.iter().try_for_each(|label| write!(f, ", label '{label}'"))
    }
}

impl Tracker {
    /// The tickets that wait, the oldest first.
    pub fn queued(&self, queue: &Queue) -> Result<Vec<TicketName>, TrackerError> {
        let numbers = self.api.queued(queue)?;
        let named = |number| TicketName::numbered(self.place.kind, &queue.project, number);
        Ok(numbers.into_iter().map(named).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: &str, project: &str, label: Option<&str>, state: Option<&str>) -> String {
        let place = Place::of(Some(kind), None).unwrap().unwrap();
        match Queue::new(&place, project, label, state) {
            Ok(queue) => queue.project,
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_queue_is_of_one_project_and_is_told_apart() {
        assert_eq!(told("linear", "eng", None, Some("Triage")), "ENG");
        assert_eq!(told("github", "org/repo", Some("incident"), None), "org/repo");
        let is_bad = |said: String, key: &str| assert!(said.contains(key), "{said}");
        is_bad(told("linear", "org/repo", Some("a"), None), "watch.project");
        is_bad(told("github", "org/../x", Some("a"), None), "watch.project");
        is_bad(told("github", "org/repo#1", Some("a"), None), "watch.project");
        is_bad(told("github", "", Some("a"), None), "watch.project");
        is_bad(told("github", "org/repo", None, None), "watch.label");
        is_bad(told("github", "org/repo", Some(""), None), "watch.label");
        is_bad(told("github", "org/repo", Some("a\nb"), None), "watch.label");
        is_bad(told("github", "org/repo", Some("a,b"), None), "watch.label");
        assert_eq!(told("linear", "ENG", Some("a,b"), None), "ENG");
        is_bad(told("github", "org/repo", Some("a"), Some("Triage")), "watch.state");
    }
}
