//! `prode proposal`: one file per subcommand, one row each.

mod close;
mod diff;
mod list;
mod merge;
mod refresh;
mod show;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};

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

/// What is done with proposals.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List what is open, and what each still needs
    List(list::Args),
    /// Show one: approvals, checks, the change
    Show(show::Args),
    /// Show how it changes files, unified or side by side
    Diff(diff::Args),
    /// Make it anew on the trunk as it is; a conflict is shown, nothing is lost
    Refresh(refresh::Args),
    /// Merge an approved one into the trunk, for teams without a forge
    Merge(merge::Args),
    /// Remove the branch and reject the learning
    Close(close::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::List(args) => list::run(context, args),
        Action::Show(args) => show::run(context, args),
        Action::Diff(args) => diff::run(context, args),
        Action::Refresh(args) => refresh::run(context, args),
        Action::Merge(args) => merge::run(context, args),
        Action::Close(args) => close::run(context, args),
    }
}
