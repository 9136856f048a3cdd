//! The inbox: candidate learnings on the branch `prode/inbox`, from anywhere.
//!
//! No work tree is touched and none is needed. The branch only grows, by
//! compare-and-swap, so that two writers both succeed; `inbox_sync` joins it with a
//! remote's. All text that is stored has passed redaction, and the finished
//! file passes it again before it is committed.

mod add;
mod edit;
mod list;
mod neighbours;
mod purge;
mod reject;
mod show;

pub use super::inbox_branch::Decided;
pub use add::{Added, Options as AddOptions, add};

pub use edit::{Edited, Options as EditOptions, edit};
pub use list::{Listing, Options as ListOptions, Row, list};
pub use neighbours::{Near, Said};
pub use purge::{Purged, purge};
pub use reject::reject;
pub use show::{Shown, show};

use super::OpError;
use super::inbox_branch::Branch;
use crate::workspace::Workspace;

/// Who decides here, as decisions say it: `human:NAME`.
///
/// # Errors
/// There is no repository, or Git does not know who acts.
pub fn person(workspace: &Workspace) -> Result<String, OpError> {
    Branch::of(workspace)?.person()
}
