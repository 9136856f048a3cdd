//! Operations: what prode can do, one file each, named like the command.
//!
//! An operation takes an opened [`Workspace`](crate::workspace::Workspace)
//! and its options, and gives a value that serialises to the shape that
//! scripts read. The command line and the MCP server call the same ones;
//! neither can do what is not here. Nothing here prints.

mod citation;
mod compare;
mod elsewhere;
mod error;
mod filtered;
mod hit;
mod inbox_branch;
mod located;
mod memories;
mod past;
mod random;
mod renamed;
mod search;
mod standing;
mod threads;

pub mod adr;
pub mod allow;
pub mod allowed;
pub mod approvals;
pub mod archive;
pub mod audit;
pub mod batch;
pub mod blame;
pub mod calls;
pub mod cite;
pub mod config;
pub mod diff;
pub mod dismiss;
pub mod doctor;
pub mod eval;
pub mod finding;
pub mod follow;
pub mod graph;
pub mod hook;
pub mod inbox;
pub mod inbox_sync;
pub mod index;
pub mod init;
pub mod ledger;
pub mod links;
pub mod lint;
pub mod list;
pub mod log;
pub mod mv;
pub mod new;
pub mod overview;
pub mod picture;
pub mod proposal;
pub mod query;
pub mod ready;
pub mod recent;
pub mod redact;
pub mod resources;
pub mod review;
pub mod route;
pub mod route_tests;
pub mod runbook;
pub mod schema;
pub mod show;
pub mod site;
pub mod skill;
pub mod token;
pub mod triage;
pub mod usage;

pub use citation::cite;
pub use error::{ErrorDocument, OpError};
pub use hit::{Hit, Why};
pub use memories::OtherMemory;
pub use search::{Include, Search};
pub use standing::{PagesOfRoot, counted};
pub(crate) use threads::spread;
