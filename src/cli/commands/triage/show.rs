//! `prode triage show`

use super::told::Show;
use crate::cli::context::Context;
use crate::cli::named::RunArg;
use crate::cli::{Failure, Outcome};
use crate::ops::triage;

/// What `triage show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage show R-20261126-3f9a1c --handoff")]
pub struct Args {
    #[command(flatten)]
    run: RunArg,
    /// Print the hand-off instead of a summary
    #[arg(long)]
    handoff: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let run = triage::show(&context.workspace()?, &args.run.id()?)?;
    Show { form, handoff: args.handoff }.run(context, &run);
    Ok(Outcome::Done)
}
