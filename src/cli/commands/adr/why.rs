//! `prode adr why`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::adr::why::{self, Why};
use crate::rendering::visible_line;

/// What `adr why` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A decision governs a file that mentions it, that its `sources` name, or that a \
    commit wrote\nwhich changed the decision too.\n\n\
    Example:\n  prode adr why src/ledger/post.rs\n  prode adr why src/ledger/post.rs:40 --json"
)]
pub(super) struct Args {
    /// A file from the top folder, or one of its lines
    #[arg(value_name = "PATH[:LINE]")]
    place: String,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let found = why::run(&workspace, &args.place)?;
    context.give(form, &found, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, found: &Why) {
    for it in &found.decisions {
        let entry = &it.decision;
        let status = entry.status.as_deref().unwrap_or("no status");
        let title = styled(style::TITLE, visible_line(&entry.title));
        let path = styled(style::PATH, visible_line(&entry.path));
        context.ui.line(format!("{}  {title}  {path}", visible_line(status)));
        for reason in &it.why {
            context.ui.line(format!("  {}: {}", reason.kind, visible_line(&reason.detail)));
        }
    }
    if found.decisions.is_empty() {
        context.ui.note("no decision mentions it, names it in `sources`, or changed with it");
    }
}
