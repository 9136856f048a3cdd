//! `prode dismiss`

use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::dismiss::{self, Answer, Options};
use crate::rendering::visible_line;

/// What `dismiss` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The finding leaves the list, is counted as a false alarm, and comes back once what it is about\n\
    changes. It is kept in .prode/dismissed.yaml of the work tree: commit that.\n\n\
    Example:\n  prode dismiss A-3f2a91c0 --why 'only comments changed'\n  \
    prode dismiss wiki/queue.md:drifted --why 'the new flag is not for operators'"
)]
pub struct Args {
    /// The finding: A-…, or PATH:SIGNAL
    #[arg(value_name = "FINDING")]
    finding: String,
    /// Why it is none
    #[arg(long, value_name = "W")]
    why: String,
    /// Who says so; else the person of Git's settings
    #[arg(long = "as", value_name = "NAME")]
    by: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let options =
        Options { finding: args.finding.clone(), why: args.why.clone(), by: args.by.clone() };
    let answer = dismiss::run(&context.workspace()?, &options)?;
    context.give(form, &answer, print);
    if form == Form::Text && answer.changed.is_empty() {
        context.flush()?;
        context.ui.note("it was dismissed already; no file changed");
    }
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    let id = styled(style::TITLE, &answer.finding);
    let path = styled(style::PATH, visible_line(&answer.path));
    context.ui.line(format!("{id}  {path}  {}  dismissed", visible_line(&answer.signal)));
}
