//! `prode approvals share`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::approvals::{self, ShareAnswer};
use crate::ops::counted;

/// What `approvals share` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode approvals share\n  prode approvals share upstream")]
pub struct Args {
    /// The remote
    #[arg(value_name = "REMOTE", default_value = "origin")]
    remote: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let answer = approvals::share(&context.workspace()?, &args.remote)?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &ShareAnswer) {
    context.ui.line(format!("{} came from {}", counted(answer.came, "file"), answer.remote));
    for reference in &answer.pushed {
        context.ui.line(format!("pushed {reference}"));
    }
}
