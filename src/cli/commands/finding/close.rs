//! `prode finding close`

use super::told;
use crate::cli::context::Context;
use crate::cli::named::FindingArg;
use crate::cli::{Failure, Outcome};
use crate::ops::finding::close;

/// What `finding close` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Refused while an item is open or without evidence, where you made one of the fixes (exit code 4:\n\
    somebody else is needed), and where the message says that something is deferred or unverified.\n\n\
    Example:\n  prode finding close F-3f2a91c07be4 --message 'followed both steps on staging at 10:02'"
)]
pub struct Args {
    #[command(flatten)]
    finding: FindingArg,
    /// What you looked at, and what you saw
    #[arg(short, long, value_name = "WORDS")]
    message: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.finding.id()?;
    let recorded = close(&context.workspace()?, &id, &args.message)?;
    context.give(form, &recorded, told);
    Ok(Outcome::Done)
}
