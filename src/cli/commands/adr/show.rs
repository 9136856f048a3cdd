//! `prode adr show`

use crate::cli::commands::show;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::{Failure, Outcome};
use crate::ops;

/// What `adr show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode adr show 12\n  prode adr show 12 --format md")]
pub(super) struct Args {
    /// Which decision
    #[arg(value_name = "N")]
    decision: String,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let asked = args.revision.asked_or_work_tree();
    let workspace = context.workspace()?;
    let reference = ops::adr::list::path_of(&workspace, &args.decision, &asked)?;
    show::show(context, &ops::show::Options { reference, asked })
}
