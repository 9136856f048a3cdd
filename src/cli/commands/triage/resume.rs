//! `prode triage resume`

use std::path::PathBuf;

use super::run::{answers, overseen};
use super::told::Show;
use crate::cli::context::Context;
use crate::cli::named::RunArg;
use crate::cli::{Failure, Outcome};
use crate::ops::triage;

/// What `triage resume` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage resume R-20261126-3f9a1c")]
pub struct Args {
    #[command(flatten)]
    run: RunArg,
    /// A folder of answers that were got elsewhere, one SPECIALIST.json each
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    /// Keep for an hour what specialists are asked and say, redacted: prode triage show --captured
    #[arg(long)]
    capture: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let handed = answers(args.answers.as_deref())?;
    let (workspace, run) = (context.workspace()?, args.run.id()?);
    let show = Show { form, handoff: false };
    overseen(context, &workspace, show, |overseer, tell| {
        triage::resume(&workspace, &run, (&handed, args.capture), overseer, tell)
    })?;
    Ok(Outcome::Done)
}
