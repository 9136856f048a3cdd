//! `prode usage unhelpful`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::usage;
use crate::rendering::visible_line;

/// What `usage unhelpful` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A mark is about the page as it is now, and is gone once its text is another. It shows in\n\
    'prode audit --local'. What others should know: prode inbox add.\n\n\
    Example:\n  prode usage unhelpful wiki/index.md"
)]
pub struct Args {
    /// What did not help: a path, adr/12, a title or alias
    #[arg(value_name = "REF", required = true)]
    pages: Vec<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let answer = usage::unhelpful(&workspace, &args.pages)?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &usage::Marked) {
    for mark in &answer.pages {
        let word = if mark.marked { "marked" } else { "marked already" };
        let path = styled(style::PATH, visible_line(&mark.path));
        context.ui.line(format!("{word}  {path}  {} of {}", mark.unhelpful, mark.answers));
    }
}
