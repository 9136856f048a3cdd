//! `prode inbox add`

use std::path::{Path, PathBuf};

use super::{file, hidden, neighbours};
use crate::cli::commands::redact::read_text;
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::inbox::{AddOptions, Added, add};
use crate::rendering::visible_line;

/// What `inbox add` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A learning is Markdown, with a head or without, or a JSON object with \"body\":\n\n  \
    ---\n  target: wiki/queue.md#known-causes\n  action: append          # append, replace, new, contradict\n  \
    confidence: 80\n  evidence: [{source: aws, ref: \"cloudwatch:alarm/queue-age\"}]\n  ---\n  \
    What was seen, how it was confirmed, what would have led there faster.\n\n\
    Example:\n  prode inbox add learning.md\n  \
    prode inbox add - --target wiki/queue.md#known-causes --run R-7 < learning.md\n  \
    prode inbox add learning.md --dry-run"
)]
pub struct Args {
    /// The learning [default: standard input]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where it should go: a page and a section, or new:wiki/page.md
    #[arg(long, value_name = "PATH#SECTION")]
    target: Option<String>,
    /// What should happen there: append, replace, new, contradict
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// The run that found it
    #[arg(long, value_name = "RUN")]
    run: Option<String>,
    /// The ticket that it came from
    #[arg(long, value_name = "TICKET")]
    ticket: Option<String>,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let text = read_text(args.file.as_deref().unwrap_or(Path::new("-")))?;
    let options = AddOptions {
        text,
        target: args.target.clone(),
        action: args.action.clone(),
        run: args.run.clone(),
        ticket: args.ticket.clone(),
        dry_run: args.dry_run,
    };
    let added = add(&context.workspace()?, &options)?;
    context.give(form, &added, |context, added| print(context, added, args.dry_run));
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, added: &Added, dry_run: bool) {
    if dry_run {
        file(context, &added.file);
    }
    let verdict = verdict(added, dry_run);
    let target = visible_line(&added.target);
    context.ui.line(format!(
        "{}  {verdict}  {} {}",
        styled(style::TITLE, &added.id),
        added.action,
        styled(style::PATH, target)
    ));
    hidden(context, &added.redacted);
    neighbours(context, &added.near, &added.said);
}

fn verdict(added: &Added, dry_run: bool) -> &'static str {
    match (added.status.as_str(), dry_run) {
        ("added", true) => "would be added",
        ("added", false) => "added",
        ("seen", _) => "is known; this run found it again",
        ("rejected", _) => "was rejected before and stays so",
        ("promoted", _) => "is on the trunk already",
        ("purged", _) => "was purged and stays so",
        _ => "is known",
    }
}
