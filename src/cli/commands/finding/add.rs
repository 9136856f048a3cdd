//! `prode finding add`

use std::path::{Path, PathBuf};

use crate::cli::commands::inbox;
use crate::cli::commands::redact::read_text;
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::finding::{AddOptions, Added, add};
use crate::rendering::visible_line;

/// What `finding add` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A finding is options alone, Markdown with a head, or a JSON object with \"body\":\n\n  \
    ---\n  target: wiki/queue.md#rollback   # a page, prode/promote/…, R-…; in doubt: none\n  \
    severity: high                   # blocker, high, medium, low: by impact, not by tone\n  \
    items: [\"step 2 names a host that is gone\", \"no stop condition\"]\n  ---\n  \
    What you did, and what happened. The text does not change afterwards.\n\n\
    Example:\n  prode finding add finding.md\n  \
    prode finding add --severity low --target wiki/queue.md --item 'the dashboard link is dead'\n  \
    prode finding add - --target R-7 --dry-run < finding.md"
)]
pub struct Args {
    /// The finding; - for standard input [default: standard input, unless an --item is given]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// What it is about: a page and a section, a proposal, a run; in doubt: none
    #[arg(long, value_name = "WHAT")]
    target: Option<String>,
    /// By impact, not by tone: blocker, high, medium, low
    #[arg(long, value_name = "HOW")]
    severity: Option<String>,
    /// One defect; may be repeated
    #[arg(long, value_name = "WORDS")]
    item: Vec<String>,
    /// Show what would be stored, and store nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let text = match &args.file {
        None if !args.item.is_empty() => String::new(),
        file => read_text(file.as_deref().unwrap_or(Path::new("-")))?,
    };
    let options = AddOptions {
        text,
        target: args.target.clone(),
        severity: args.severity.clone(),
        items: args.item.clone(),
        dry_run: args.dry_run,
    };
    let added = add(&context.workspace()?, &options)?;
    context.give(form, &added, |context, added| print(context, added, args.dry_run));
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, added: &Added, dry_run: bool) {
    if dry_run {
        inbox::file(context, &added.file);
    }
    let verdict = match (added.status.as_str(), dry_run) {
        ("added", true) => "would be added",
        ("added", false) => "added",
        ("purged", _) => "was purged and stays so",
        _ => "is known",
    };
    let target = styled(style::PATH, visible_line(&added.target));
    let id = styled(style::TITLE, &added.id);
    context.ui.line(format!("{id}  {verdict}  {} {target}", added.severity));
    inbox::hidden(context, &added.redacted);
}
