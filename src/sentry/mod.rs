//! Sentry, as far as it may be asked: a client that can read and nothing else.
//!
//! What always holds:
//!
//! - what can be sent is one of the [`Operation`]s, each of which is a `GET` of one
//!   path; there is no way to name another one, nor another method. Sentry's bulk
//!   changes take what they change from the query of a URL: nothing here writes one
//!   that is not of this list;
//! - names of organizations, projects, issues and releases have a type each, and nothing
//!   else becomes part of a path or a search;
//! - it goes to the one address that the user's side names; no redirect is followed, and
//!   an address of a private network is spoken to only where the settings say so
//!   ([`crate::http`]);
//! - who was affected is not read: users, addresses, requests, messages and values of
//!   variables are left where they are;
//! - answers, pages and calls have limits, and a Sentry that does not answer is soon
//!   asked no more.
//!
//! What is asked when, and what an answer is evidence of, is left to `ops`.

mod access;
mod calls;
mod counts;
mod events;
mod issues;
mod names;
mod operation;
mod releases;

pub use access::{Access, Project};
pub use calls::Sentry;
pub use counts::{About, Counts, Row};
pub use events::Latest;
pub use issues::Issue;
pub use names::{BadName, IssueName, Slug, Version};
pub use operation::Operation;
pub use releases::{Release, Releases};

/// Pages of one list that are read.
const PAGES: usize = 5;

/// Where the service is that everybody knows.
pub const KNOWN: &str = "https://sentry.io";

#[cfg(test)]
mod tests;
