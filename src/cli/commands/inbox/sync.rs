//! `prode inbox sync`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::inbox_sync::{Synced, sync};
use crate::ops::proposal::{ClosedThere, Settled};
use crate::rendering::{visible, visible_line};

/// What `inbox sync` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Where a forge is set up, it is asked what became of pull requests: one that was\n\
    merged makes its learning promoted, one that was closed unmerged rejects it.\n\n\
    Example:\n  prode inbox sync\n  prode inbox sync upstream"
)]
pub struct Args {
    /// The remote [default: origin, or the only one]
    #[arg(value_name = "REMOTE")]
    remote: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let synced = sync(&workspace, args.remote.as_deref(), &mut |closed| why(context, closed))?;
    context.give(form, &synced, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, synced: &Synced) {
    let remote = visible_line(&synced.remote);
    context.ui.line(match (synced.commit.is_some(), synced.came, synced.went) {
        (false, ..) => format!("neither this machine nor {remote} has an inbox"),
        (true, 0, 0) => format!("{remote} has what this machine has"),
        (true, came, went) => {
            format!("{came} came from {remote}, {went} went there")
        }
    });
    synced.settled.iter().for_each(|it| settled(context, it));
}

/// Asks whoever sits at the terminal.
fn why(context: &mut Context<'_>, closed: &ClosedThere) -> Option<String> {
    let by = closed.by.as_ref().map(|it| format!(" by @{it}")).unwrap_or_default();
    let question =
        format!("{}: {} was closed unmerged{by}, {}\nwhy", closed.id, closed.pull, closed.url);
    context.ui.ask_text(visible(&question))
}

fn settled(context: &mut Context<'_>, it: &Settled) {
    let by = it.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
    let title = styled(style::TITLE, &it.id);
    let words = format!("{}: {}{by}", it.state, it.pull);
    context.ui.line(format!("{title}  {}", visible_line(&words)));
    if let Some(note) = &it.note {
        context.ui.note(visible_line(&format!("{}: {note}", it.id)));
    }
}
