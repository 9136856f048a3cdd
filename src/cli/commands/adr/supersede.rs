//! `prode adr supersede`

use super::change;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::supersede;

/// What `adr supersede` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode adr supersede 4 12\n  \
    prode adr supersede 4 12 --section consequences")]
pub(super) struct Args {
    /// The decision that gives way
    #[arg(value_name = "OLD")]
    old: String,
    /// The decision that takes its place
    #[arg(value_name = "NEW")]
    new: String,
    /// Only this section of the old one, by its anchor; the rest stays in force
    #[arg(long, value_name = "A")]
    section: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = supersede::Options {
        old: args.old.clone(),
        new: args.new.clone(),
        section: args.section.clone(),
    };
    let changed = supersede::run(&workspace, &options)?;
    context.give(form, &changed, change::told);
    Ok(Outcome::Done)
}
