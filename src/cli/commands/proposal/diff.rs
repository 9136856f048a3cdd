//! `prode proposal diff`

use crate::cli::context::Context;
use crate::cli::diff;
use crate::cli::named::LearningArg;
use crate::cli::{Failure, Outcome};
use crate::ops::proposal::{self, Diff};
use crate::rendering::visible_line;

/// What `proposal diff` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode proposal diff L-3f2a91c07be4\n  \
    prode proposal diff L-3f2a91c07be4 --side-by-side")]
pub struct Args {
    #[command(flatten)]
    learning: LearningArg,
    /// Old and new beside each other
    #[arg(long)]
    side_by_side: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.learning.id()?;
    let width = args.side_by_side.then(|| context.ui.width());
    let answer = proposal::diff(&context.workspace()?, &id, width)?;
    context.give(form, &answer, |context, answer| print(context, answer, args.side_by_side));
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Diff, side_by_side: bool) {
    if side_by_side {
        for line in answer.diff.lines() {
            context.ui.line(visible_line(line));
        }
    } else {
        diff::print(context, &answer.diff);
    }
}
