//! `prode inbox edit`

use std::path::PathBuf;

use crate::cli::commands::redact::read_text;
use crate::cli::context::Context;
use crate::cli::named::LearningArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::inbox::{EditOptions, Edited, edit};
use crate::rendering::visible_line;

/// What `inbox edit` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The words that were found stay beside yours, and the learning keeps its id.\n\n\
    Example:\n  prode inbox show L-3f2a91c07be4 --json | jq -r .body > words.md\n  \
    prode inbox edit L-3f2a91c07be4 words.md --why 'shorter'\n  \
    prode inbox edit L-3f2a91c07be4 --target wiki/queue.md#mitigations"
)]
pub struct Args {
    #[command(flatten)]
    learning: LearningArg,
    /// Other words: a file, or - for standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where it should go instead
    #[arg(long, value_name = "PATH#SECTION")]
    target: Option<String>,
    /// What should happen there instead: append, replace, new, contradict
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Why
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.learning.id()?;
    let options = EditOptions {
        body: args.file.as_deref().map(read_text).transpose()?,
        target: args.target.clone(),
        action: args.action.clone(),
        why: args.why.clone(),
    };
    let edited = edit(&context.workspace()?, &id, &options)?;
    context.give(form, &edited, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, edited: &Edited) {
    let target = styled(style::PATH, visible_line(&edited.target));
    context.ui.line(format!("{}  edited, for {target}", styled(style::TITLE, &edited.decided.id)));
}
