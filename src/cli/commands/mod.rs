//! One file per command, one row each.

mod cite;
mod completions;
mod config;
mod doctor;
mod eval;
mod index;
mod init;
mod links;
mod list;
mod man;
mod mcp;
mod query;
mod route;
mod runbook;
mod schema;
mod show;

use clap::Subcommand;

use super::context::Context;
use super::{Failure, Outcome};

/// All commands, in the order in which help shows them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up a memory here, or say what was found of one
    Init(init::Args),
    /// Bring the index up to date, and say what it holds
    Index(index::Args),
    /// Find pages by words: ranked sections with citations
    Query(query::Args),
    /// From a ticket to the few pages and sections worth reading
    Route(route::Args),
    /// The runbook for an alert, ready to follow
    Runbook(runbook::Args),
    /// Show a page, a section, a decision, a skill or a template
    Show(show::Args),
    /// List pages: path, kind, status, review, owner, title
    List(list::Args),
    /// Where a page leads, and what leads to it
    Links(links::Args),
    /// Check citations: still there, changed, moved, superseded, stale
    Cite(cite::Args),
    /// Run route tests and judged questions
    Eval(eval::Args),
    /// Look at everything prode stands on, and say what to repair
    Doctor(doctor::Args),
    /// Print JSON Schemas of settings and answers
    Schema(schema::Args),
    /// Show settings and where each comes from
    Config(config::Args),
    /// Serve the memory to agents over the Model Context Protocol
    Mcp(mcp::Args),
    /// Print a script that completes commands, pages and decisions in a shell
    Completions(completions::Args),
    /// Print or write manual pages
    Man(man::Args),
}

impl Command {
    pub(super) fn run(&self, context: &mut Context<'_>) -> Result<Outcome, Failure> {
        match self {
            Self::Init(args) => init::run(context, args),
            Self::Index(args) => index::run(context, args),
            Self::Query(args) => query::run(context, args),
            Self::Route(args) => route::run(context, args),
            Self::Runbook(args) => runbook::run(context, args),
            Self::Show(args) => show::run(context, args),
            Self::List(args) => list::run(context, args),
            Self::Links(args) => links::run(context, args),
            Self::Cite(args) => cite::run(context, args),
            Self::Eval(args) => eval::run(context, args),
            Self::Doctor(args) => doctor::run(context, args),
            Self::Schema(args) => schema::run(context, args),
            Self::Config(args) => config::run(context, args),
            Self::Mcp(_) => mcp::run(context),
            Self::Completions(args) => completions::run(context, args),
            Self::Man(args) => man::run(context, args),
        }
    }
}
