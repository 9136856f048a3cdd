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

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};

/// What `adr` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "N is a number (12), adr/12, <log>/12, a path or a title.\n\n\
    Example:\n  prode adr new 'Use PostgreSQL for the ledger' -s 4\n  \
    prode adr accept 12\n  prode adr list --status accepted")]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with decisions.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Make a decision under a number that no branch has
    New(new::Args),
    /// List decisions of every format alike
    #[command(after_help = "Example:\n  prode adr list --status accepted\n  \
        prode adr list --json | jq -r '.decisions[].path'")]
    List(list::Args),
    /// Show one decision
    Show(show::Args),
    /// Decisions by day, the oldest first
    #[command(after_help = "Example:\n  prode adr log\n  prode adr log --as-of 2026-06-30")]
    Log(list::Args),
    /// Put a draft, or a rejected decision, up for a decision
    #[command(after_help = "Example:\n  prode adr propose 12")]
    Propose(status::Args),
    /// Accept it; what it supersedes gives way in the same change
    #[command(
        after_help = "Example:\n  prode adr accept 12\n  prode adr accept services/billing/adr/3"
    )]
    Accept(status::Args),
    /// Decide against it
    #[command(after_help = "Example:\n  prode adr reject 12")]
    Reject(status::Args),
    /// Give an accepted decision up without a successor
    #[command(after_help = "Example:\n  prode adr deprecate 12")]
    Deprecate(status::Args),
    /// Let one decision take another's place, in both files
    Supersede(supersede::Args),
    /// Say how two decisions relate, in both files
    Link(link::Args),
    /// Add a dated amendment to an accepted decision
    Amend(amend::Args),
    /// Give a decision another number, wherever it is named
    Renumber(renumber::Args),
    /// Take over decisions of another tool, under numbers that nobody has
    Import(import::Args),
    /// Hand decisions over in the form that another tool reads
    Export(export::Args),
    /// Which decisions govern a file, or one of its lines
    Why(why::Args),
    /// Print a log's table of contents, or keep it in the log's page
    Toc(toc::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::New(args) => new::run(context, args),
        Action::List(args) => list::run(context, args, false),
        Action::Show(args) => show::run(context, args),
        Action::Log(args) => list::run(context, args, true),
        Action::Propose(args) => status::run(context, args, "proposed"),
        Action::Accept(args) => status::run(context, args, "accepted"),
        Action::Reject(args) => status::run(context, args, "rejected"),
        Action::Deprecate(args) => status::run(context, args, "deprecated"),
        Action::Supersede(args) => supersede::run(context, args),
        Action::Link(args) => link::run(context, args),
        Action::Amend(args) => amend::run(context, args),
        Action::Renumber(args) => renumber::run(context, args),
        Action::Import(args) => import::run(context, args),
        Action::Export(args) => export::run(context, args),
        Action::Why(args) => why::run(context, args),
        Action::Toc(args) => toc::run(context, args),
    }
}
