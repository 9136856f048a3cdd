//! `prode triage sop`: one file per subcommand, one row each.

mod capture;
mod check;
mod gate;
mod start;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};

/// What `triage sop` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage sop start wiki/sops/release.md\n  \
    prode triage sop check --pr body.md\n  prode triage sop capture --title 'Raise the limit'")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with procedures.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Walk a procedure gate by gate, at the version that the trunk has now
    Start(start::Args),
    /// For CI: exit with 1 unless a change has the record of a walk of this version
    Check(check::Args),
    /// Ask an expert gate by gate, and propose the procedure
    Capture(capture::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::Start(args) => start::run(context, args),
        Action::Check(args) => check::run(context, args),
        Action::Capture(args) => capture::run(context, args),
    }
}
