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

subcommands! {
    /// Report what is wrong with a page, a proposal or a run, defect by defect
    Add = add;
    /// List what is open, the worst first
    List = list;
    /// Show one finding: items, evidence, events
    Show = show;
    /// Answer items with evidence, or correct severity and target
    Classify = classify;
    /// Close it, when every item is answered and you made none of the fixes
    Close = close;
    /// Say that the whole is invalid, with evidence
    Reject = reject;
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
