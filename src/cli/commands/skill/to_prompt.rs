//! `prode skill to-prompt`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::{Failure, Outcome};
use crate::ops::skill::prompt;

/// What `skill to-prompt` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode skill to-prompt\n  prode skill to-prompt .agents/skills/pdf"
)]
pub struct Args {
    /// Folders of packages [default: every skill]
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::DirPath)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    context.format(&["text"])?;
    let text = if args.paths.is_empty() {
        prompt::of_revision(&context.workspace()?, &args.revision.asked_or_work_tree())?
    } else {
        prompt::of_folders(&args.paths, &context.current, context.open().ok().as_ref())?
    };
    context.ui.line(text);
    Ok(Outcome::Done)
}
