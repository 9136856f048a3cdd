//! `adr`: the decisions of a revision, and every change of one.
//!
//! A change reads the work tree as it is, works out all files, and makes all
//! of them or none. What a decision's text becomes is `adr`'s business, how
//! files change that of `edits`; here is what one change needs of several.

mod change;
mod decisions;
mod elsewhere;
mod entry;
mod taken;
mod template;

pub mod amend;
pub mod collisions;
pub mod immutable;
pub mod link;
pub mod list;
pub mod new;
pub mod renumber;
pub mod status;
pub mod supersede;
pub mod toc;
pub mod why;

pub use change::Change;
pub use entry::Entry;
pub use immutable::Finding;
