//! Operations: what prode can do, one file each, named like the command.
//!
//! An operation takes an opened [`Workspace`](crate::workspace::Workspace)
//! and its options, and gives a value that serialises to the shape that
//! scripts read. The command line and the MCP server call the same ones;
//! neither can do what is not here. Nothing here prints.

mod citation;
mod error;
mod hit;
mod search;

pub mod batch;
pub mod eval;
pub mod query;
pub mod route;
pub mod route_tests;
pub mod runbook;

pub use citation::cite;
pub use error::OpError;
pub use hit::{Hit, Why};
pub use search::{Include, Search};
