//! `prode adr link`

use super::change;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::link;

/// What `adr link` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Known relations have a known other side: amends, clarifies, extends, \
    refines, implements,\nenables, depends on, relates to, conflicts with, supersedes.\n\n\
    Example:\n  prode adr link 12 amends 7\n  \
    prode adr link 12 'is tested by' 9 --reverse 'tests'")]
pub(super) struct Args {
    /// The first decision
    #[arg(value_name = "A")]
    from: String,
    /// What it does to the second
    #[arg(value_name = "TYPE")]
    relation: String,
    /// The second decision
    #[arg(value_name = "B")]
    to: String,
    /// What the second says of the first, where that is not known
    #[arg(long, value_name = "WORDS")]
    reverse: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = link::Options {
        from: args.from.clone(),
        relation: args.relation.clone(),
        to: args.to.clone(),
        reverse: args.reverse.clone(),
    };
    let changed = link::run(&workspace, &options)?;
    context.give(form, &changed, change::told);
    Ok(Outcome::Done)
}
