//! One file per command, one row each.

mod cite;
mod links;
mod list;
mod query;
mod show;

use clap::Subcommand;

use super::context::Context;
use super::{Failure, Outcome};

/// All commands, in the order in which help shows them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find pages by words: ranked sections with citations
    Query(query::Args),
    /// Show a page, a section, a decision, a skill or a template
    Show(show::Args),
    /// List pages: path, kind, status, review, owner, title
    List(list::Args),
    /// Where a page leads, and what leads to it
    Links(links::Args),
    /// Check citations
    Cite(cite::Args),
}

impl Command {
    pub(super) fn run(&self, context: &mut Context<'_>) -> Result<Outcome, Failure> {
        match self {
            Self::Query(args) => query::run(context, args),
            Self::Show(args) => show::run(context, args),
            Self::List(args) => list::run(context, args),
            Self::Links(args) => links::run(context, args),
            Self::Cite(args) => cite::run(context, args),
        }
    }
}
