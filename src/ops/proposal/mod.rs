//! From a learning to the trunk: `promote` and `proposal`.
//!
//! A proposal is a branch `prode/promote/L-…` whose commit changes one page.
//! It is made in memory against the trunk; no work tree is touched, and the
//! trunk moves in [`merge`] alone, when the owners approved. All text that
//! goes in has passed redaction once more.

mod build;
mod checks;
mod close;
mod found;
mod list;
mod merge;
mod own;
mod promote;
mod pushing;
mod refresh;
mod show;
mod words;

pub use checks::{Checks, Failing};
pub use close::{Closed, close};
pub use found::{Found, proposed};
pub use list::{Listing, Row, list};
pub use merge::{Merged, Options as MergeOptions, merge};
pub use promote::{Answer as Promoted, Options as PromoteOptions, promote};
pub use refresh::{Held, Refreshed, refresh};
pub use show::{Diff, Shown, diff, show};
