//! `prode adr renumber`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::adr::renumber::{self, Mention, Renumbered};
use crate::rendering::visible_line;

/// What `adr renumber` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Rewritten are the file's name, its title, links to it and mentions such as \
    ADR-0012, adr/12\nand @adr 12, in pages and code. Where several decisions have the old number, \
    mentions by\nnumber alone are listed and left.\n\n\
    Example:\n  prode adr renumber 12 --dry-run --json\n  \
    prode adr renumber adr/0012-use-x.md 15"
)]
pub(super) struct Args {
    /// Which decision; its path where two have one number
    #[arg(value_name = "N")]
    decision: String,
    /// Its new number; the next free one where none is given
    #[arg(value_name = "M")]
    to: Option<u32>,
    /// Only say what would change
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options =
        renumber::Options { decision: args.decision.clone(), to: args.to, dry_run: args.dry_run };
    let found = renumber::run(&workspace, &options)?;
    context.give(form, &found, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, found: &Renumbered) {
    let path = |path: &str| styled(style::PATH, visible_line(path));
    context.ui.line(format!("{}  \u{2192} {}", path(&found.old_path), path(&found.new_path)));
    for it in &found.mentions {
        context.ui.line(line(it));
    }
    for it in &found.ambiguous {
        context.ui.note(format!("may mean another decision, left as it is: {}", line(it)));
    }
    for it in &found.left {
        context.ui.note(format!("names the file and stays as it is: {}", line(it)));
    }
}

fn line(it: &Mention) -> String {
    format!("{}:{}  {}", visible_line(&it.path), it.line, visible_line(&it.text))
}
