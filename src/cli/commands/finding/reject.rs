//! `prode finding reject`

use super::told;
use crate::cli::context::Context;
use crate::cli::named::FindingArg;
use crate::cli::{Failure, Outcome};
use crate::ops::finding::reject;

/// What `finding reject` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "For a finding that is invalid as a whole. Where an item is valid, answer the items one by one.\n\n\
    Example:\n  prode finding reject F-3f2a91c07be4 --why 'the page is about another queue' \\\n    \
    --evidence 'wiki/queue.md#scope'"
)]
pub struct Args {
    #[command(flatten)]
    finding: FindingArg,
    /// Why it is invalid
    #[arg(long, value_name = "WORDS")]
    why: String,
    /// What shows it; may be repeated
    #[arg(long, value_name = "WHAT")]
    evidence: Vec<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.finding.id()?;
    let recorded = reject(&context.workspace()?, &id, &args.why, &args.evidence)?;
    context.give(form, &recorded, told);
    Ok(Outcome::Done)
}
