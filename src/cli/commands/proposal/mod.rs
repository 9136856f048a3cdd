//! `prode proposal`: one file per subcommand, one row each.

mod close;
mod diff;
mod list;
mod merge;
mod refresh;
mod show;

/// What `proposal` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode proposal list\n  prode proposal diff L-3f2a91c07be4 --side-by-side\n  \
    prode approve L-3f2a91c07be4\n  prode proposal merge L-3f2a91c07be4"
)]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// List what is open, and what each still needs
    List = list;
    /// Show one: approvals, checks, the change
    Show = show;
    /// Show how it changes files, unified or side by side
    Diff = diff;
    /// Make it anew on the trunk as it is; a conflict is shown, nothing is lost
    Refresh = refresh;
    /// Merge an approved one into the trunk, for teams without a forge
    Merge = merge;
    /// Remove the branch and reject the learning
    Close = close;
}
