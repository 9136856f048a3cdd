//! `prode approvals revoke`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::approvals;

/// What `approvals revoke` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode approvals revoke A-0123456789ab --why 'the diff was wrong'"
)]
pub struct Args {
    /// Its id, or six digits of it or more
    #[arg(value_name = "ID")]
    id: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let answer = approvals::revoke(&context.workspace()?, &args.id, &args.why)?;
    context.give(form, &answer, |context, it| context.ui.line(format!("revoked {}", it.id)));
    Ok(Outcome::Done)
}
