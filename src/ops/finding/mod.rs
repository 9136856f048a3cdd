//! Findings: feedback on a page, a proposal or a run, closed by evidence.
//!
//! They lie beside the learnings on the branch `prode/inbox` and travel with
//! them. A finding's text never changes; what becomes of it are events, each
//! held to the rules of [`Course`](crate::inbox::Course) when it is written
//! and again whenever it is read. Every text has passed redaction.

mod add;
mod classify;
mod end;
mod held;
mod list;
mod record;
mod show;

pub use add::{Added, Options as AddOptions, add};
pub use classify::{Options as ClassifyOptions, classify};
pub use end::{close, reject};
pub use list::{Listing, Options as ListOptions, Row, list};
pub use record::Recorded;
pub use show::{Item, Shown, Step, show};
