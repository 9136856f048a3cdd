//! `prode mcp`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::mcp;

/// What `mcp` takes: nothing of its own.
#[derive(Debug, clap::Args)]
#[command(after_help = after_help())]
pub struct Args {}

pub(super) fn run(context: &mut Context<'_>, _: &Args) -> Result<Outcome, Failure> {
    context.format(&["json"])?;
    let pool = context.pool()?;
    mcp::serve_stdio(pool)?;
    Ok(Outcome::Done)
}

fn after_help() -> String {
    let tools = mcp::tool_names().join(", ");
    format!(
        "Speaks revisions 2026-07-28 and 2025-11-25 on standard input and output, until the input \
        ends.\nAn agent's client starts it. Tools: {tools}.\nNone approves, merges or promotes.\n\n\
        Example:\n  claude mcp add prode -- prode --repo /path/to/repository mcp\n  \
        prode mcp < /dev/null && echo the server starts"
    )
}
