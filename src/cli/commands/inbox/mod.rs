//! `prode inbox`: one file per subcommand, one row each.

mod add;
mod edit;
mod list;
mod purge;
mod reject;
mod show;
mod sync;

pub(super) use show::show;

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::inbox::{Near, Said};
use crate::ops::redact::Counts;
use crate::rendering::{visible, visible_line};

/// What `inbox` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode inbox add learning.md --target wiki/queue.md#known-causes\n  \
    prode inbox list\n  prode inbox sync"
)]
pub struct Args {
    #[command(subcommand)]
    command: Action,
}

subcommands! {
    /// Redact a learning and put it on the branch
    Add = add;
    /// List what waits for a person
    List = list;
    /// Show one learning: words, evidence, decisions, what says it already
    Show = show;
    /// Better its words, or send it elsewhere
    Edit = edit;
    /// Say that it is not wanted; it does not come back
    Reject = reject;
    /// Join this machine's inbox with the remote's
    Sync = sync;
    /// Write the branch anew without a learning, when something got through
    Purge = purge;
}

/// A file of the branch as it would be stored.
pub(super) fn file(context: &mut Context<'_>, text: &str) {
    context.ui.text(visible(text).as_bytes());
    context.ui.line("");
}

/// How many values of each type were hidden; nothing where none was.
pub(super) fn hidden(context: &mut Context<'_>, counts: &Counts) {
    if counts.is_empty() {
        return;
    }
    let counts: Vec<String> =
        counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    context.ui.line(format!("hidden: {}", counts.join(", ")));
}

/// What says it already, for whoever decides.
fn neighbours(context: &mut Context<'_>, near: &[Near], said: &[Said]) {
    for it in near {
        let words = format!("{} % alike: {} ({})", it.alike, it.id, it.state);
        context.ui.line(styled(style::WARNING, words));
    }
    for it in said {
        let words = format!("{} % of it stands in {}", it.share, visible_line(&it.cite));
        context.ui.line(styled(style::WARNING, words));
    }
}
