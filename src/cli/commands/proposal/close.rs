//! `prode proposal close`

use crate::cli::context::Context;
use crate::cli::named::Refusal;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::proposal::{Closed, close};

/// What `proposal close` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode proposal close L-3f2a91c07be4 --why 'a symptom'")]
pub struct Args {
    #[command(flatten)]
    refusal: Refusal,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.refusal.learning.id()?;
    let closed = close(&context.workspace()?, &id, &args.refusal.why)?;
    context.give(form, &closed, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, closed: &Closed) {
    let title = styled(style::TITLE, &closed.id);
    context.ui.line(format!("{title}  closed; the branch was at {}", closed.was));
    if let Some(pull) = &closed.pull {
        context.ui.line(format!("  closed {pull}"));
    }
}
