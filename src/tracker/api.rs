//! What every tracker can do, each in its own words.

use serde_json::Value;

use super::key::Key;
use super::moving::Stands;
use super::name::TicketName;
use super::queue::Queue;
use crate::http::HttpError;
use crate::redaction::Redacted;

/// One kind of tracker. Each function is one thing that is asked; what is asked
/// when, and what after a lost answer, is [`Tracker`](super::Tracker)'s.
pub(super) trait Api {
    /// The numbers of the tickets that wait, the oldest first.
    fn queued(&self, queue: &Queue) -> Result<Vec<u64>, HttpError>;

    /// The ticket, with comments and names of attachments.
    fn read(&self, ticket: &TicketName) -> Result<Value, HttpError>;

    /// The address of the comment that has this key.
    fn find(&self, ticket: &TicketName, key: &Key) -> Result<Option<String>, HttpError>;

    /// Adds it; not tried again after a lost answer. Its address.
    fn add(&self, ticket: &TicketName, key: &Key, text: &Redacted) -> Result<String, HttpError>;

    /// Where the ticket stands now, and what each of these states or labels is
    /// there, in the same order.
    fn stands(&self, ticket: &TicketName, names: &[&str]) -> Result<Stands, HttpError>;

    /// Brings it to the first target of `stands`, away from the others; nothing is
    /// tried again.
    fn shift(&self, ticket: &TicketName, stands: &Stands) -> Result<(), HttpError>;

    /// What a comment holds at most, in characters.
    fn longest(&self) -> usize;
}
