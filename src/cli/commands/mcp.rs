//! `prode mcp`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::mcp;

/// What `mcp` takes: nothing of its own.
#[derive(Debug, clap::Args)]
#[command(
    long_about = "Serve the memory to an agent on standard input and output\n\n\
    Speaks the Model Context Protocol (2026-07-28 and 2025-11-25) until standard input ends. \
    An agent's client starts it; the tools only read: query, route, get, links, cite_check.",
    after_help = "Example:\n  claude mcp add prode -- prode --repo /path/to/repository mcp\n  \
    prode mcp < /dev/null && echo the server starts"
)]
pub struct Args {}

pub(super) fn run(context: &mut Context<'_>) -> Result<Outcome, Failure> {
    context.format(&["json"])?;
    let workspace = context.workspace()?;
    mcp::serve_stdio(workspace).map_err(Failure::Serve)?;
    Ok(Outcome::Done)
}
