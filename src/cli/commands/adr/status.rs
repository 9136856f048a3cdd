//! `prode adr propose`, `accept`, `reject`, `deprecate`

use super::change;
use crate::adr::AdrStatus;
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::status;

/// What a step takes.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which decision
    #[arg(value_name = "N")]
    decision: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args, to: &str) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let to = AdrStatus::read(to).unwrap_or(AdrStatus::Proposed);
    let workspace = context.workspace()?;
    let options = status::Options { decision: args.decision.clone(), to };
    let changed = status::run(&workspace, &options)?;
    context.give(form, &changed, change::told);
    Ok(Outcome::Done)
}
