//! `prode skill list`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::skill::list::{self, Answer, Entry};

/// What `skill list` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode skill list --json")]
pub struct Args {
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let (answer, memory) = list::run(&workspace, &args.revision.asked_or_work_tree())?;
    context.give(form, &answer, print);
    context.flush()?;
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    let rows: Vec<_> = answer.skills.iter().map(row).collect();
    for line in columns::lines(&rows) {
        context.ui.brief(0, &line);
    }
    if answer.skills.is_empty() {
        context.ui.note("there are no skills; begin one with prode skill new NAME");
    }
}

fn row(entry: &Entry) -> Vec<columns::Cell> {
    let owner = if entry.owner.is_empty() { "-".to_owned() } else { entry.owner.join(", ") };
    let description = entry.description.split_whitespace().collect::<Vec<_>>().join(" ");
    vec![(style::TITLE, entry.name.clone()), (style::FAINT, owner), (Style::new(), description)]
}
