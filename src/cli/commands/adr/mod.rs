//! `prode adr`: one file per subcommand, one row each.

mod amend;
mod change;
mod export;
mod import;
mod link;
mod list;
mod new;
mod renumber;
mod show;
mod status;
mod supersede;
mod toc;
mod why;

/// What `adr` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "N is a number (12), adr/12, <log>/12, a path or a title.\n\n\
    Example:\n  prode adr new 'Use PostgreSQL for the ledger' -s 4\n  \
    prode adr accept 12\n  prode adr list --status accepted")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// Make a decision under a number that no branch has
    New = new;
    /// List decisions of every format alike
    #[command(after_help = "Example:\n  prode adr list --status accepted\n  \
        prode adr list --json | jq -r '.decisions[].path'")]
    List = list(false);
    /// Show one decision
    Show = show;
    /// Decisions by day, the oldest first
    #[command(after_help = "Example:\n  prode adr log\n  prode adr log --as-of 2026-06-30")]
    Log = list(true);
    /// Put a draft, or a rejected decision, up for a decision
    #[command(after_help = "Example:\n  prode adr propose 12")]
    Propose = status("proposed");
    /// Accept it; what it supersedes gives way in the same change
    #[command(
        after_help = "Example:\n  prode adr accept 12\n  prode adr accept services/billing/adr/3"
    )]
    Accept = status("accepted");
    /// Decide against it
    #[command(after_help = "Example:\n  prode adr reject 12")]
    Reject = status("rejected");
    /// Give an accepted decision up without a successor
    #[command(after_help = "Example:\n  prode adr deprecate 12")]
    Deprecate = status("deprecated");
    /// Let one decision take another's place, in both files
    Supersede = supersede;
    /// Say how two decisions relate, in both files
    Link = link;
    /// Add a dated amendment to an accepted decision
    Amend = amend;
    /// Give a decision another number, wherever it is named
    Renumber = renumber;
    /// Take over decisions of another tool, under numbers that nobody has
    Import = import;
    /// Hand decisions over in the form that another tool reads
    Export = export;
    /// Which decisions govern a file, or one of its lines
    Why = why;
    /// Print a log's table of contents, or keep it in the log's page
    Toc = toc;
}
