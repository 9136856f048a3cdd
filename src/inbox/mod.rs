//! Candidate learnings and feedback, as they lie on the branch of the inbox.
//!
//! Values only: a [`Learning`] is one file, its [`Standing`] the fold of the
//! decisions beside it. What always holds:
//!
//! - the branch is add-only, so that [`merge::union`] of two machines' trees
//!   never conflicts, and gives the same tree whoever merges;
//! - a learning's name follows from what it says, so that the same one from
//!   another run is the same file;
//! - the text that is stored is [`Redacted`](crate::redaction::Redacted).
//!
//! Where the branch lies, who may decide and what a page says already is the
//! business of `ops`.

pub mod merge;
pub mod near;

mod error;
mod evidence;
mod id;
mod learning;
mod places;
mod standing;
mod target;
mod yaml;

pub use error::InboxError;
pub use evidence::Evidence;
pub use id::{LearningId, normalised};
pub use learning::{First, Learning, MAX_BODY};
pub use places::{BRANCH, FINDINGS, Place, REFERENCE, ROOT};
pub use standing::{Decision, Edition, Seen, Standing, State};
pub use target::{Action, Target};
