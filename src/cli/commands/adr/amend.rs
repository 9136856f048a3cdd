//! `prode adr amend`

use super::change;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::amend;

/// What `adr amend` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode adr amend 12 --reason 'Holds for the archive too, see INC-7'"
)]
pub(super) struct Args {
    /// Which decision
    #[arg(value_name = "N")]
    decision: String,
    /// What is added, and why
    #[arg(long, value_name = "R")]
    reason: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = amend::Options { decision: args.decision.clone(), reason: args.reason.clone() };
    let changed = amend::run(&workspace, &options)?;
    context.give(form, &changed, change::told);
    Ok(Outcome::Done)
}
