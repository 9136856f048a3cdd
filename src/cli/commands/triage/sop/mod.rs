//! `prode triage sop`: one file per subcommand, one row each.

mod capture;
mod check;
mod gate;
mod start;

/// What `triage sop` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage sop start wiki/sops/release.md\n  \
    prode triage sop check --pr body.md\n  prode triage sop capture --title 'Raise the limit'")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// Walk a procedure gate by gate, at the version that the trunk has now
    Start = start;
    /// For CI: exit with 1 unless a change has the record of a walk of this version
    Check = check;
    /// Ask an expert gate by gate, and propose the procedure
    Capture = capture;
}
