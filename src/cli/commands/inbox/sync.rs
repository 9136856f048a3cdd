//! `prode inbox sync`

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::inbox::sync;
use crate::rendering::visible_line;

/// What `inbox sync` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode inbox sync\n  prode inbox sync upstream")]
pub struct Args {
    /// The remote [default: origin, or the only one]
    #[arg(value_name = "REMOTE")]
    remote: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let format = context.format(&["text", "json"])?;
    let synced = sync(&context.workspace()?, args.remote.as_deref())?;
    if format == "json" {
        context.ui.json(&synced);
        return Ok(Outcome::Done);
    }
    let remote = visible_line(&synced.remote);
    context.ui.line(match (synced.commit.is_some(), synced.came, synced.went) {
        (false, ..) => format!("neither this machine nor {remote} has an inbox"),
        (true, 0, 0) => format!("{remote} has what this machine has"),
        (true, came, went) => {
            format!("{came} came from {remote}, {went} went there")
        }
    });
    Ok(Outcome::Done)
}
