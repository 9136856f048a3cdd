//! `prode skill pack`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::skill::pack::{self, Answer};
use crate::rendering::visible_line;

/// What `skill pack` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The archive is a .tar.gz: the same files give the same bytes and the same digest.\n\n\
    Example:\n  prode skill pack prode-triage -o prode-triage.tar.gz"
)]
pub struct Args {
    /// The skill's name, or its folder where several have one name
    #[arg(value_name = "NAME")]
    name: String,
    /// The archive to write; nothing may stand there
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: PathBuf,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let name = args.name.trim_end_matches('/');
    let answer = pack::run(&workspace, name, &context.current, &args.output)?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    context.ui.line(format!("{}  {}", answer.digest, visible_line(&answer.file)));
    let (files, size) = (counted(answer.files, "file"), answer.size);
    context.ui.note(format!("{files}, {size} bytes; computedHash {}", answer.computed_hash));
}
