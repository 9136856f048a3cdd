//! The memory for agents: tools, resources, skills and prompts over the Model
//! Context Protocol.
//!
//! An adapter like the command line: arguments in, an operation of `ops`, its
//! value out. Most tools read; two add what people decide on later. Nothing here
//! approves, merges or promotes. Every call is limited and logged.
//! [`serve_stdio`] speaks on standard input and output, where nothing but the
//! protocol may stand; [`http()`] answers requests over HTTP, for `serve`. A result
//! is the command's JSON, cut to the tokens that were asked for, and a short text
//! that cites; a cursor leads on.

mod answered;
mod argument;
mod arguments;
mod call;
mod completion;
mod cursor;
mod error;
mod http;
mod identity;
mod lending;
mod limits;
mod portion;
mod prompts;
mod resources;
mod server;
mod stdio;
mod tools;

pub use http::{http, http_config, over_http};
pub use identity::Identity;
pub use lending::{Lending, Turn};
pub use stdio::serve_stdio;

/// Revisions of the protocol that are spoken, newest first. The first needs
/// no handshake, the second begins with `initialize`.
pub const PROTOCOL_VERSIONS: [&str; 2] = ["2026-07-28", "2025-11-25"];

/// Names of all tools, in the order in which clients list them.
pub fn tool_names() -> Vec<&'static str> {
    tools::TOOLS.iter().map(|tool| tool.name).collect()
}
