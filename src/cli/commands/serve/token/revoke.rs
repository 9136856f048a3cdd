//! `prode serve token revoke`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::token;

/// What `serve token revoke` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode serve token add old --scope query\n  prode serve token revoke old"
)]
pub struct Args {
    /// What people call it
    name: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let revoked = token::revoke(&workspace, &args.name)?;
    context.give(form, &revoked, |context, revoked| {
        let words = if revoked.held { "holds no more" } else { "held no more before" };
        context.ui.line(format!("'{}' {words}", revoked.name));
    });
    Ok(Outcome::Done)
}
