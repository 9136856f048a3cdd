//! `prode triage`: one file per subcommand, one row each.

mod decide;
mod examples;
mod export;
mod freeze;
mod list;
mod prompt;
mod resume;
mod run;
mod show;
mod sop;
mod stats;
mod told;
mod verify;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};

/// What `triage` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode triage examples run backend-500\n  prode triage run ticket.json\n  \
    prode triage run ticket.md --answers answers/ --json\n  prode triage verify R-20261126-3f9a1c"
)]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with runs.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Work on a ticket: snapshot, inventory, memory, specialists, gate, hand-off
    Run(run::Args),
    /// List the runs that are here, the newest first
    #[command(after_help = "Example:\n  prode triage list\n  prode triage list --json")]
    List,
    /// Show one run: decision, arithmetic, evidence, effects
    Show(show::Args),
    /// Go on with a run that was left
    Resume(resume::Args),
    /// Let the gate decide again over what a run kept, and compare
    Decide(decide::Args),
    /// Check that a run is what happened: rebuild it and compare byte by byte
    Verify(verify::Args),
    /// Write a run into a folder that is verified anywhere
    Export(export::Args),
    /// What runs came to: decisions, reasons, times; never per person
    Stats(stats::Args),
    /// Nothing but reading, until it is lifted
    Freeze(freeze::Args),
    /// Runs that bring everything with them: list, run
    Examples(examples::Args),
    /// One text for an agent: what a run knows, what is next, and by which commands
    Prompt(prompt::Args),
    /// Procedures, gate by gate: start, check, capture
    Sop(sop::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::Run(args) => run::run(context, args),
        Action::List => list::run(context),
        Action::Show(args) => show::run(context, args),
        Action::Resume(args) => resume::run(context, args),
        Action::Decide(args) => decide::run(context, args),
        Action::Verify(args) => verify::run(context, args),
        Action::Export(args) => export::run(context, args),
        Action::Stats(args) => stats::run(context, args),
        Action::Freeze(args) => freeze::run(context, args),
        Action::Examples(args) => examples::run(context, args),
        Action::Prompt(args) => prompt::run(context, args),
        Action::Sop(args) => sop::run(context, args),
    }
}
