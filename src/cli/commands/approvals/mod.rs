//! `prode approvals`: one file per subcommand, one row each.

mod init;
mod list;
mod revoke;
mod share;
mod show;
mod verify;

/// What `approvals` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode approvals list\n  prode approvals verify")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// Enter the first signer, in a file of the work tree
    Init = init;
    /// List approvals that count now
    List = list;
    /// Show one approval: what was signed, and how it stands
    Show = show;
    /// Check every signature and the chains of the audit log; exit 1 if one is broken
    Verify = verify;
    /// Take an approval back before it is used
    Revoke = revoke;
    /// Exchange approvals and the audit log with a remote
    Share = share;
}
