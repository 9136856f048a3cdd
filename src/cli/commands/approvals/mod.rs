//! `prode approvals`: one file per subcommand, one row each.

mod init;
mod list;
mod revoke;
mod share;
mod show;
mod verify;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};

/// What `approvals` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode approvals list\n  prode approvals verify")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with approvals.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Enter the first signer, in a file of the work tree
    Init(init::Args),
    /// List approvals that count now
    List(list::Args),
    /// Show one approval: what was signed, and how it stands
    Show(show::Args),
    /// Check every signature and the chains of the audit log; exit 1 if one is broken
    Verify(verify::Args),
    /// Take an approval back before it is used
    Revoke(revoke::Args),
    /// Exchange approvals and the audit log with a remote
    Share(share::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::Init(args) => init::run(context, args),
        Action::List(args) => list::run(context, args),
        Action::Show(args) => show::run(context, args),
        Action::Verify(args) => verify::run(context, args),
        Action::Revoke(args) => revoke::run(context, args),
        Action::Share(args) => share::run(context, args),
    }
}
