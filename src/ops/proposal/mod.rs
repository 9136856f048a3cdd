//! From a learning to the trunk: `promote` and `proposal`.
//!
//! A proposal is a branch `prode/promote/L-…` whose commit changes one page.
//! It is made in memory against the trunk; no work tree is touched, and the
//! trunk moves in [`merge`] alone, when the owners approved. Where a forge
//! holds the repository, a pull request goes with the branch, people merge it
//! there, and `settle` takes what they decided into the inbox. All text that
//! goes in or out has passed redaction once more.

mod asking;
mod build;
mod change;
mod checks;
mod close;
mod forge;
mod found;
mod list;
mod merge;
mod new_page;
mod own;
mod promote;
mod pull;
mod pushing;
mod refresh;
mod show;
mod team_template;
mod words;

pub(super) use asking::reviewed_proposals;
pub use change::{Change, change};
pub use checks::{Checks, Failing};
pub use close::{Closed, close};
pub(super) use forge::settle;
pub use forge::{Closed as ClosedThere, Settled, Why};
pub use found::{Found, proposed};
pub use list::{Listing, Row, list};
pub use merge::{Merged, Options as MergeOptions, merge};
pub use promote::{Answer as Promoted, Options as PromoteOptions, preview, promote};
pub use pull::PullRow;
pub(super) use pushing::push_branch;
pub use refresh::{Held, Refreshed, refresh};
pub use show::{Diff, Shown, diff, show};
pub(super) use team_template::team_template;
