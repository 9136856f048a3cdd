//! `prode runbook`

use super::query::labels;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::runbook::{self, Answer};
use crate::ops::usage;
use crate::rendering::{Look, terminal, visible_line};

/// What `runbook` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Repositories that your own settings name under memories: are asked too, and \
    cited name:path#anchor@commit.\n\nExample:\n  prode runbook shard of the index is damaged\n  \
    prode runbook --json KubePodCrashLooping"
)]
pub struct Args {
    /// The alert's name or text
    #[arg(required = true)]
    text: Vec<String>,
    /// Exit with 1 if no runbook fits
    #[arg(long)]
    fail_empty: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let (answer, memory) = runbook::run(&workspace, &args.text.join(" "), &args.revision.asked())?;
    context.give(form, &answer, print);
    context.flush()?;
    usage::guided(&workspace, &answer);
    context.close(workspace, memory);
    Ok(if args.fail_empty && answer.abstained { Outcome::Found } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    for line in &answer.banner {
        context.ui.line(styled(style::WARNING, visible_line(line)));
    }
    if let Some(hit) = &answer.page {
        let title = styled(style::TITLE, visible_line(&hit.title));
        context.ui.line(format!("{title}  {}", styled(style::PATH, visible_line(&hit.place()))));
        context.ui.line(labels(hit));
    } else {
        let line = if answer.nearest.is_empty() {
            "no runbook fits"
        } else {
            "no runbook fits; the nearest are"
        };
        context.ui.line(styled(style::WARNING, line));
    }
    for section in &answer.sections {
        let width = context.ui.text_width();
        context.ui.text(terminal(&section.text, Look { width }));
        context.ui.line("");
    }
    for hit in &answer.nearest {
        let title = styled(style::TITLE, visible_line(&hit.title));
        context.ui.line(format!(
            "{:>2} {title}  {}",
            hit.rank,
            styled(style::PATH, visible_line(&hit.place()))
        ));
        context.ui.line(format!("   {}", labels(hit)));
    }
    context.ui.line(styled(style::FAINT, &answer.label));
}
