//! `prode inbox purge`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::OpError;
use crate::ops::inbox::{Purged, purge};
use crate::rendering::visible_line;

/// What `inbox purge` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Rotate what was exposed first: who has read the branch has it.\n\n\
    Example:\n  prode inbox purge L-3f2a91c07be4 --why 'a token of the billing service'")]
pub struct Args {
    /// The learning or the finding
    #[arg(value_name = "L-… or F-…")]
    id: String,
    /// Why, without what was exposed
    #[arg(long, value_name = "WORDS")]
    why: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.id.parse().map_err(OpError::from)?;
    let purged = purge(&context.workspace()?, &id, &args.why)?;
    context.give(form, &purged, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, purged: &Purged) {
    let id = styled(style::TITLE, &purged.id);
    context.ui.line(format!("{id}  purged from this machine's branch; still to do:"));
    for (number, step) in (1..).zip(&purged.steps) {
        context.ui.line(format!("{number}. {}", visible_line(step)));
    }
}
