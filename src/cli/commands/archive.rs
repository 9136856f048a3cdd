//! `prode archive`

use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::archive::{self, Archived, Options};
use crate::ops::counted;
use crate::rendering::visible_line;

/// What `archive` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The page stays where it is and says why. It is never put into a context pack; an exact match\n\
    is listed as left out, with the reason and the successor. The successor says that it replaces the page.\n\n\
    Example:\n  prode archive wiki/old-queue.md --why 'the queue was taken down' --successor wiki/queue.md"
)]
pub struct Args {
    /// Which page
    #[arg(value_name = "REF")]
    page: String,
    /// Why nobody should follow it
    #[arg(long, value_name = "W")]
    why: String,
    /// The page that takes its place
    #[arg(long, value_name = "REF")]
    successor: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let options = Options {
        page: args.page.clone(),
        why: args.why.clone(),
        successor: args.successor.clone(),
    };
    let answer = archive::run(&context.workspace()?, &options)?;
    context.give(form, &answer, print);
    if form == Form::Text {
        context.flush()?;
        notes(context, &answer);
    }
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Archived) {
    for path in &answer.changed {
        context.ui.line(styled(style::PATH, visible_line(path)));
    }
}

fn notes(context: &mut Context<'_>, answer: &Archived) {
    if answer.changed.is_empty() {
        context.ui.note("everything was so already; no file changed");
    }
    if let Some(first) = answer.linked_from.first() {
        let count = counted(answer.linked_from.len(), "page");
        let (verb, first) =
            (if answer.linked_from.len() == 1 { "links" } else { "link" }, visible_line(first));
        context.ui.note(format!(
            "{count} still {verb} to it, such as {first}; see them: prode lint --rule stale-link"
        ));
    }
}
