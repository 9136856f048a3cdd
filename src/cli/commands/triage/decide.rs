//! `prode triage decide`

use crate::cli::context::Context;
use crate::cli::named::RunArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::triage::{self, Decided};

/// What `triage decide` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage decide R-20261126-3f9a1c")]
pub struct Args {
    #[command(flatten)]
    run: RunArg,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let decided = triage::decide(&context.workspace()?, &args.run.id()?)?;
    let differs = decided.recorded_digest.is_some() && !decided.same;
    context.give(form, &decided, print);
    Ok(if differs { Outcome::Found } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, decided: &Decided) {
    let bundle = &decided.bundle;
    let value = bundle.confidence.value;
    let decision = styled(style::TITLE, bundle.decision);
    context.ui.line(format!("{decision}  {}  confidence {value} %", bundle.classification));
    for reason in &bundle.reasons {
        context.ui.line(format!("  {}: {}", reason.code(), reason.about()));
    }
    let words = match (&decided.recorded_digest, decided.same) {
        (None, _) => "the run has not decided yet",
        (_, true) => "the same as the run decided, byte by byte",
        (_, false) => "not what the run decided",
    };
    context.ui.line(styled(style::FAINT, format!("{}: {words}", decided.bundle_digest)));
}
