//! `prode inbox reject`

use crate::cli::context::Context;
use crate::cli::named::Refusal;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::inbox::Decided;
use crate::ops::inbox::reject;

/// What `inbox reject` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode inbox reject L-3f2a91c07be4 --why 'a symptom, not a cause'"
)]
pub struct Args {
    #[command(flatten)]
    refusal: Refusal,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.refusal.learning.id()?;
    let decided = reject(&context.workspace()?, &id, &args.refusal.why)?;
    context.give(form, &decided, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, decided: &Decided) {
    let was = if decided.commit.is_some() { "rejected" } else { "was rejected before" };
    context.ui.line(format!("{}  {was}", styled(style::TITLE, &decided.id)));
}
