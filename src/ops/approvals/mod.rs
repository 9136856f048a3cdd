//! Approvals as people make and read them: approve, list, show, verify, revoke, share.
//!
//! What is to be approved is worked out from what was typed (`subject`): a
//! change, a proposal, a request of a run. `approve` is the only maker of
//! statements: it wants a [`Person`], and only the command line has one. What
//! was approved, and whether it counts, is the [`ledger`](super::ledger)'s word.

mod approve;
mod init;
mod list;
mod revoke;
mod share;
mod show;
mod subject;
mod verify;

pub use approve::{Answer, Ask, Person, approve};
pub use init::{InitAnswer, init};
pub use list::{Listing, Row, list};
pub use revoke::{RevokeAnswer, revoke};
pub use share::{ShareAnswer, share};
pub use show::{Shown, show};
pub use subject::{Named, resolve};
pub use verify::{Chain, Verified, verify};
