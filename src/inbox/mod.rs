//! Candidate learnings and feedback, as they lie on the branch of the inbox.
//!
//! Values only: a [`Learning`] is one file, its [`Standing`] the fold of the
//! decisions beside it; a [`Finding`] is one file, its [`Course`] the fold of
//! the events beside it. What always holds:
//!
//! - the branch is add-only, so that [`merge::union`] of two machines' trees
//!   never conflicts, and gives the same tree whoever merges;
//! - a learning's name follows from what it says, so that the same one from
//!   another run is the same file; so does a finding's;
//! - an event that breaks a rule does not count, whoever wrote it where;
//! - the text that is stored is [`Redacted`](crate::redaction::Redacted).
//!
//! Where the branch lies, who may decide and what a page says already is the
//! business of `ops`.

pub mod merge;
pub mod near;

mod course;
mod error;
mod event;
mod evidence;
mod finding;
mod id;
mod learning;
mod open_ends;
mod places;
mod refusal;
mod standing;
mod subject;
mod target;
mod yaml;

pub use course::{Course, Item, Stage};
pub use error::InboxError;
pub use event::{Answer, Event, What};
pub use evidence::Evidence;
pub use finding::{Finding, Severity};
pub use id::{FindingId, InboxId, LearningId, normalised};
pub use learning::{First, Learning, MAX_BODY};
pub use places::{BRANCH, FINDINGS, Place, REFERENCE, ROOT};
pub use refusal::Refusal;
pub use standing::{Decision, Edition, Seen, Standing, State};
pub use subject::Subject;
pub use target::{Action, Target};
