//! `prode skill install`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::skill::install::{self, Answer, Options};
use crate::rendering::visible_line;

/// What `skill install` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The package is judged before anything is written. Nothing of it is run, no path leads out of \
    its folder, and links are refused. skills-lock.json records source and hash.\n\n\
    Example:\n  prode skill install pdf.tar.gz\n  prode skill install ../skills/pdf --to .agents/skills"
)]
pub struct Args {
    /// A folder with a SKILL.md, or a .tar.gz of one
    #[arg(value_name = "SOURCE", value_hint = clap::ValueHint::AnyPath)]
    source: PathBuf,
    /// The skill root, from the top folder [default: the first there is, else skills]
    #[arg(long, value_name = "ROOT")]
    to: Option<String>,
    /// Put it in place of another version
    #[arg(long)]
    replace: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options =
        Options { source: args.source.clone(), to: args.to.clone(), replace: args.replace };
    let answer = install::run(&workspace, &context.current, &options)?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    let done = match answer.done.as_str() {
        "same" => "was there already:",
        done => done,
    };
    let path = styled(style::PATH, visible_line(&answer.path));
    context.ui.line(format!("{done} {path} ({})", counted(answer.files, "file")));
    if !answer.warnings.is_empty() {
        let rules = answer.warnings.join(", ");
        context.ui.note(format!("warnings: {rules}; see prode skill validate"));
    }
    context.ui.note("read it before an agent does: a skill is instructions from somebody else");
}
