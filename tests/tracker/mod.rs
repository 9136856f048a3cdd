//! Tickets: a tracker that fails as trackers do is read, commented and asked to move
//! a ticket through the library: one comment for one key, and one move.
#![allow(clippy::print_stdout, reason = "the tables of faults are for the reader")]

mod faults;
mod moving;
mod operations;
mod queueing;
mod reading;
mod settings;

use std::time::Duration;

use prode::http::Token;
use prode::redaction::{Redacted, Redactor, Settings};
use prode::tracker::{Place, TicketName, Tracker};

use crate::support::forge::{Issue, Kind, StandIn, linear_schema, token};

/// Every tracker.
const ALL: [Kind; 4] = [Kind::Linear, Kind::GitHub, Kind::GitLab, Kind::Gitea];

/// A tracker with one ticket.
struct Desk {
    there: StandIn,
    number: u64,
}

impl Desk {
    /// `None`, said aloud, where what the tracker takes cannot be looked up.
    fn new(kind: Kind) -> Option<Self> {
        if kind == Kind::Linear && linear_schema().is_none() {
            println!("skipped: the schema of Linear's API is not at hand");
            return None;
        }
        let there = StandIn::tracker(kind);
        let number = there.world().issue(Issue {
            title: "Checkout answers 500".to_owned(),
            body: "Since release checkout@2026.11.3".to_owned(),
            labels: vec!["service:checkout".to_owned()],
            files: vec!["graph.png".to_owned()],
            comments: Vec::new(),
        });
        Some(Self { there, number })
    }

    /// Those that can be looked at here.
    fn all() -> impl Iterator<Item = Self> {
        ALL.into_iter().filter_map(Self::new)
    }

    fn kind(&self) -> Kind {
        self.there.kind()
    }

    fn place(&self) -> Place {
        Place::of(Some(self.kind().name()), Some(&self.there.endpoint())).unwrap().unwrap()
    }

    fn tracker(&self) -> Tracker {
        tracker_at(self.place())
    }

    /// What is typed.
    fn typed(&self) -> String {
        match self.kind() {
            Kind::Linear => format!("linear:ENG-{}", self.number),
            kind => format!("{}:org/repo#{}", kind.name(), self.number),
        }
    }

    fn ticket(&self) -> TicketName {
        TicketName::parse(&self.typed(), Some(&self.place())).unwrap().unwrap()
    }

    /// What the token's account said of it.
    fn said(&self) -> Vec<String> {
        self.there.world().said(self.number).into_iter().map(|it| it.body).collect()
    }
}

/// With a time limit that a test can wait for.
fn tracker_at(place: Place) -> Tracker {
    Tracker::new(place, Token::new(token()), Duration::from_secs(2))
}

fn redacted(text: &str) -> Redacted {
    Redactor::new(&Settings::default()).unwrap().redact(text).unwrap().text
}

/// The key of a step.
fn key(step: usize) -> String {
    format!("{step:032x}")
}
