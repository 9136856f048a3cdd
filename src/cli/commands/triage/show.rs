//! `prode triage show`

use super::told::Show;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::triage;
use crate::run_id::RunId;

/// What `triage show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage show R-20261126-3f9a1c --handoff")]
pub struct Args {
    /// The run
    #[arg(value_name = "R-…")]
    run: String,
    /// Print the hand-off instead of a summary
    #[arg(long)]
    handoff: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let run = triage::show(&context.workspace()?, &id(&args.run)?)?;
    Show { form, handoff: args.handoff }.run(context, &run);
    Ok(Outcome::Done)
}

/// A run's name as it was typed.
pub(super) fn id(typed: &str) -> Result<RunId, Failure> {
    use crate::hint::Helpful;
    typed.parse().map_err(|error: crate::run_id::BadRunId| Failure::Usage {
        message: error.to_string(),
        hint: error.hints().into_iter().next().unwrap_or_default(),
    })
}
