//! `prode mcp`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::mcp;

/// What `mcp` takes: nothing of its own.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Speaks revisions 2026-07-28 and 2025-11-25 on standard input and output, until \
    the input ends.\nAn agent's client starts it; its tools only read: query, route, get, links, \
    cite_check.\n\nExample:\n  claude mcp add prode -- prode --repo /path/to/repository mcp\n  \
    prode mcp < /dev/null && echo the server starts"
)]
pub struct Args {}

pub(super) fn run(context: &mut Context<'_>) -> Result<Outcome, Failure> {
    context.format(&["json"])?;
    let workspace = context.workspace()?;
    mcp::serve_stdio(workspace)?;
    Ok(Outcome::Done)
}
