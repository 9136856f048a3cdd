//! `adr`: the decisions of a revision, and every change of one.
//!
//! A change reads the work tree as it is, works out all files, and makes all
//! of them or none. What a decision's text becomes is `adr`'s business, how
//! files change that of `edits`; here is what one change needs of several.

mod change;
mod decisions;
mod elsewhere;
mod entry;
mod exchange;
mod reserve;
mod taken;
mod template;

pub mod amend;
pub mod collisions;
pub mod export;
pub mod immutable;
pub mod import;
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
pub use exchange::json::Export;
pub use exchange::{Loose, Skipped};
pub use immutable::Finding;
pub(in crate::ops) use reserve::{Reserved, reserve};

/// The top folder of the work tree, from the disk's root.
fn top(
    workspace: &crate::workspace::Workspace,
) -> Result<crate::repo_path::RepoPath, crate::ops::OpError> {
    workspace.folder().map(import::top_of).ok_or_else(|| crate::ops::OpError::Invalid {
        message: "the repository is bare: there is no folder to write to".to_owned(),
        hint: "run it in a clone of it, and push".to_owned(),
    })
}
