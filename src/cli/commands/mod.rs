//! One file per command, one row each.

mod eval;
mod mcp;
mod query;
mod route;
mod runbook;

use clap::Subcommand;

use super::context::Context;
use super::{Failure, Outcome};

/// All commands, in the order in which help shows them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find pages by words: ranked sections with citations
    Query(query::Args),
    /// From a ticket to the few pages and sections worth reading
    Route(route::Args),
    /// The runbook for an alert, ready to follow
    Runbook(runbook::Args),
    /// Run route tests and judged questions
    Eval(eval::Args),
    /// Serve the memory to an agent on standard input and output
    Mcp(mcp::Args),
}

impl Command {
    pub(super) fn run(&self, context: &mut Context<'_>) -> Result<Outcome, Failure> {
        match self {
            Self::Query(args) => query::run(context, args),
            Self::Route(args) => route::run(context, args),
            Self::Runbook(args) => runbook::run(context, args),
            Self::Eval(args) => eval::run(context, args),
            Self::Mcp(_) => mcp::run(context),
        }
    }
}
