//! `prode finding`: one file per subcommand, one row each.

mod add;
mod classify;
mod close;
mod list;
mod reject;
mod show;

pub(super) use show::show;

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::finding::Recorded;

/// What `finding` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode finding add --severity high --target wiki/queue.md#rollback \\\n    \
    --item 'step 2 names a host that is gone' --item 'no stop condition'\n  \
    prode finding classify F-3f2a91c07be4 1 2 --as fixed --commit HEAD\n  \
    prode finding close F-3f2a91c07be4 --message 'ran both steps on staging'   # somebody else"
)]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

/// What is done with findings.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Report what is wrong with a page, a proposal or a run, defect by defect
    Add(add::Args),
    /// List what is open, the worst first
    List(list::Args),
    /// Show one finding: items, evidence, events
    Show(show::Args),
    /// Answer items with evidence, or correct severity and target
    Classify(classify::Args),
    /// Close it, when every item is answered and you made none of the fixes
    Close(close::Args),
    /// Say that the whole is invalid, with evidence
    Reject(reject::Args),
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.command {
        Action::Add(args) => add::run(context, args),
        Action::List(args) => list::run(context, args),
        Action::Show(args) => show::run(context, args),
        Action::Classify(args) => classify::run(context, args),
        Action::Close(args) => close::run(context, args),
        Action::Reject(args) => reject::run(context, args),
    }
}

/// How a finding stands after an event.
fn told(context: &mut Context<'_>, recorded: &Recorded) {
    let id = styled(style::TITLE, &recorded.id);
    let open: Vec<String> = recorded.open.iter().map(usize::to_string).collect();
    let words = match (recorded.state.as_str(), recorded.resolution.as_deref()) {
        ("closed", Some(resolution)) => format!("closed: {resolution}"),
        ("open", _) if open.is_empty() => {
            "every item is answered; somebody who made no fix closes it".to_owned()
        }
        ("open", _) => format!("still open: {}", open.join(", ")),
        (state, _) => state.to_owned(),
    };
    context.ui.line(format!("{id}  {}  {words}", recorded.severity));
}
