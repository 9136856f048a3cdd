//! `prode proposal show`

use crate::cli::commands::promote::checks;
use crate::cli::context::Context;
use crate::cli::diff;
use crate::cli::named::LearningArg;
use crate::cli::{Failure, Outcome};
use crate::ops::proposal::{Shown, show};

/// What `proposal show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode proposal show L-3f2a91c07be4")]
pub struct Args {
    #[command(flatten)]
    learning: LearningArg,
    /// Ask the forge how its pull request stands, and count its reviews
    #[arg(long)]
    online: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.learning.id()?;
    let shown = show(&context.workspace()?, &id, args.online)?;
    context.give(form, &shown, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, shown: &Shown) {
    super::list::line(context, &shown.row);
    checks(context, &shown.checks);
    diff::print(context, &shown.diff);
}
