//! The tracker that holds the tickets: Linear, or the issues of GitHub, GitLab,
//! Gitea and Forgejo.
//!
//! Four things are done there: it is asked which tickets wait, a ticket is read, a
//! comment is added, and a ticket gets the state or the label that the user's side lists. No function of this room
//! changes anything else, and none closes a ticket that no person approved to be
//! closed; `tests/tracker` lists every request that leaves it. What always holds,
//! beside what [`http`](crate::http) holds of every request:
//!
//! - nothing is sent without a token, and nothing to another host than that of
//!   the user's own settings: an address that was typed is taken apart, never
//!   fetched;
//! - what goes out is [`Redacted`](crate::redaction::Redacted);
//! - there is at most one comment for a key, whatever was lost or killed: it is
//!   looked for before it is made, and again before it is made once more;
//! - what this program wrote is left out of what it reads;
//! - a ticket is looked at right before it is moved, and one that somebody moved
//!   meanwhile stays where it is; labels that the user's side does not list are not
//!   touched.
//!
//! Which ticket is commented or moved when, and with which key, is left to `ops`.

mod api;
mod comment;
mod error;
mod gitea;
mod github;
mod gitlab;
mod issue;
mod key;
mod kind;
mod label;
mod linear;
mod moving;
mod name;
mod place;
mod queue;
mod webhook;

pub use error::TrackerError;
pub use key::Key;
pub use kind::Kind;
pub use moving::{Moved, Stands};
pub use name::TicketName;
pub use place::Place;
pub use queue::Queue;
pub use webhook::is_sent_by;

use std::time::Duration;

use crate::http::{Client, Service, Token};
use api::Api;

/// One tracker, with the right to speak there.
pub struct Tracker {
    place: Place,
    api: Box<dyn Api + Send>,
}

/// A comment that stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its address, as the tracker says it.
    pub reference: String,
    /// It was found, not made: an earlier try had made it.
    pub found: bool,
}

impl Tracker {
    /// Nothing is sent until something is asked. `limit` is what one answer
    /// may take.
    pub fn new(place: Place, token: Token, limit: Duration) -> Self {
        let service = match place.kind {
            Kind::Linear => linear::service(&token),
            Kind::GitHub => Service::GITHUB,
            Kind::GitLab => Service::GITLAB,
            Kind::Gitea => Service::GITEA,
        };
        let client = Client::new(service, place.endpoint(), token, limit);
        let api: Box<dyn Api + Send> = match place.kind {
            Kind::Linear => Box::new(linear::Linear(client)),
            Kind::GitHub => Box::new(github::GitHub::new(client)),
            Kind::GitLab => Box::new(gitlab::GitLab(client)),
            Kind::Gitea => Box::new(gitea::gitea(client)),
        };
        Self { place, api }
    }

    /// Which tracker.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The ticket as JSON in the tracker's own words, which
    /// [`Snapshot`](crate::triage::snapshot::Snapshot) reads: title, text,
    /// labels, times, every comment of people, and names of attachments.
    pub fn read(&self, ticket: &TicketName) -> Result<String, TrackerError> {
        self.is_here(ticket)?;
        Ok(self.api.read(ticket)?.to_string())
    }

    /// A name is made for one tracker, and another would take it for its own.
    fn is_here(&self, ticket: &TicketName) -> Result<(), TrackerError> {
        if ticket.kind() == self.place.kind {
            return Ok(());
        }
        Err(TrackerError::OtherKind { name: ticket.to_string(), kind: self.place.kind })
    }
}
