//! What was deployed, released and merged of a repository, as its forge has it: GitHub or
//! GitLab, as far as they may be asked.
//!
//! What always holds:
//!
//! - what can be sent is one of the [`Operation`]s, each of which is a `GET` of one path;
//!   there is no way to name another one, nor another method ([`crate::http::Reader`]). The
//!   room that opens pull requests is [`forge`](crate::forge), with another token;
//! - a repository has a type, and nothing else becomes part of a path;
//! - it goes to the one address that the user's side names; no redirect is followed, and an
//!   address of a private network is spoken to only where the settings say so;
//! - of a change its name, its title, its place and its time are read: no description, no
//!   comment, no diff, and nobody's name;
//! - answers, pages and calls have limits, and a forge that does not answer is soon asked no
//!   more.
//!
//! What is asked when, and what an answer is evidence of, is left to `ops`.

mod account;
mod asked;
mod calls;
mod github;
mod gitlab;
mod kind;
mod operation;

pub use account::{Account, Rights};
pub use calls::Forge;
pub use kind::{BadRepo, Kind, Repo};
pub use operation::Operation;

use jiff::Timestamp;

/// Pages of one list that are read.
const PAGES: u32 = 5;

/// Items of a page.
const PAGE: usize = 100;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is, in one line.
    pub what: String,
    /// When it took effect, as far as the forge says.
    pub at: Timestamp,
}

/// Changes of a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The newest first.
    pub changes: Vec<Change>,
    /// There are no others.
    pub is_whole: bool,
}

#[cfg(test)]
mod tests;
