//! `prode proposal merge`

use crate::cli::context::Context;
use crate::cli::named::LearningArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::proposal::{MergeOptions, Merged, merge};

/// What `proposal merge` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The owners of what it changes approve first. Files of a work tree that has the\n\
    trunk checked out follow, as with git checkout; what was changed there stays, or nothing is merged.\n\n\
    Example:\n  prode approve L-3f2a91c07be4\n  prode proposal merge L-3f2a91c07be4"
)]
pub struct Args {
    #[command(flatten)]
    learning: LearningArg,
    /// Why a route test may begin to fail; it is written into the merge
    #[arg(long, value_name = "WHY")]
    allow_regression: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.learning.id()?;
    let options = MergeOptions { allow_regression: args.allow_regression.clone() };
    let answer = merge(&context.workspace()?, &id, &options)?;
    for note in &answer.notes {
        context.ui.note(note);
    }
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Merged) {
    let commit: String = answer.commit.chars().take(12).collect();
    let title = styled(style::TITLE, &answer.id);
    context.ui.line(format!("{title}  is on the trunk: {commit} ({})", answer.how));
    for approval in &answer.approvals {
        context.ui.line(format!("  approved for {approval}"));
    }
    for command in &answer.next {
        context.ui.line(format!("  {command}"));
    }
}
