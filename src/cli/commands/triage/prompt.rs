//! `prode triage prompt`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::triage::prompt::prompt;
use crate::rendering::visible;

/// What `triage prompt` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode triage prompt\n  prode triage prompt R-20261126-3f9a1c\n  prode triage prompt linear:ENG-12 --json"
)]
pub struct Args {
    /// The run, or the ticket whose newest run it is [default: how to begin]
    #[arg(value_name = "R-…|TICKET")]
    about: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let prompt = prompt(&context.workspace()?, args.about.as_deref())?;
    context.give(form, &prompt, |context, it| context.ui.text(visible(&it.text).as_bytes()));
    Ok(Outcome::Done)
}
