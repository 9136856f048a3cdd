//! Which tickets wait: those of the project with the label or the state, all pages of
//! them, and no others.

use prode::tracker::{Queue, TicketName};

use super::Desk;
use crate::support::forge::{Issue, Kind};

impl Desk {
    pub(super) fn queue(&self, label: &str) -> Queue {
        let project = if self.kind() == Kind::Linear { "ENG" } else { "org/repo" };
        Queue::new(&self.place(), project, Some(label), None).unwrap()
    }

    fn issue(&self, labels: &[&str]) -> u64 {
        let labels = labels.iter().map(|it| (*it).to_owned()).collect();
        let title = "Checkout answers 500".to_owned();
        self.there.world().issue(Issue { title, labels, ..Issue::default() })
    }

    fn queued(&self, queue: &Queue) -> Vec<String> {
        self.tracker().queued(queue).unwrap().iter().map(TicketName::id).collect()
    }

    fn ids(&self, numbers: &[u64]) -> Vec<String> {
        let begin = if self.kind() == Kind::Linear { "ENG-" } else { "org/repo#" };
        numbers.iter().map(|it| format!("{begin}{it}")).collect()
    }
}

#[test]
fn every_ticket_that_waits_is_found_the_oldest_first() {
    for desk in Desk::all() {
        let first = desk.issue(&["incident: eu/west", "billing"]);
        let closed = desk.issue(&["incident: eu/west"]);
        desk.issue(&["incident"]);
        let rest: Vec<u64> = (0..4).map(|_| desk.issue(&["incident: eu/west"])).collect();
        desk.there.world().put(closed, if desk.kind() == Kind::Linear { "Done" } else { "closed" });
        let queue = desk.queue("incident: eu/west");
        let wanted = desk.ids(&[&[first], &rest[..]].concat());
        assert_eq!(desk.queued(&queue), wanted, "{:?}", desk.kind());
        assert!(desk.queued(&desk.queue("nobody has it")).is_empty());
        desk.there.is_sound();
    }
}

/// A page of GitHub's holds a hundred.
#[test]
fn more_than_a_page_wait() {
    let desk = Desk::new(Kind::GitLab).unwrap();
    let numbers: Vec<u64> = (0..250).map(|_| desk.issue(&["incident"])).collect();
    assert_eq!(desk.queued(&desk.queue("incident")), desk.ids(&numbers));
}

#[test]
fn a_pull_request_is_no_ticket() {
    let desk = Desk::new(Kind::GitHub).unwrap();
    let number = desk.issue(&["incident"]);
    desk.there.world().pulls.push(crate::support::forge::Pull { number: 99, ..Default::default() });
    assert_eq!(desk.queued(&desk.queue("incident")), desk.ids(&[number]));
}

#[test]
fn on_linear_a_state_tells_them_too() {
    let Some(desk) = Desk::new(Kind::Linear) else { return };
    let number = desk.issue(&["incident"]);
    let other = desk.issue(&["billing"]);
    desk.there.world().put(desk.number, "In Progress");
    let queue = |label, state| Queue::new(&desk.place(), "ENG", label, Some(state)).unwrap();
    assert_eq!(desk.queued(&queue(None, "Triage")), desk.ids(&[number, other]));
    assert_eq!(desk.queued(&queue(Some("incident"), "Triage")), desk.ids(&[number]));
    assert_eq!(desk.queued(&queue(None, "In Progress")), desk.ids(&[desk.number]));
    desk.there.is_sound();
}
