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
mod watch;

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

subcommands! {
    /// Work on a ticket: snapshot, inventory, memory, specialists, gate, hand-off
    Run = run;
    /// List the runs that are here, the newest first
    List = list;
    /// Show one run: decision, arithmetic, evidence, effects
    Show = show;
    /// Go on with a run that was left
    Resume = resume;
    /// Let the gate decide again over what a run kept, and compare
    Decide = decide;
    /// Work through the tracker's queue: look, take, work, until it is stopped
    Watch = watch;
    /// Check that a run is what happened: rebuild it and compare byte by byte
    Verify = verify;
    /// Write a run into a folder that is verified anywhere
    Export = export;
    /// What runs came to: decisions, reasons, times; never per person
    Stats = stats;
    /// Nothing but reading, until it is lifted
    Freeze = freeze;
    /// Runs that bring everything with them: list, run
    Examples = examples;
    /// One text for an agent: what a run knows, what is next, and by which commands
    Prompt = prompt;
    /// Procedures, gate by gate: start, check, capture
    Sop = sop;
}
