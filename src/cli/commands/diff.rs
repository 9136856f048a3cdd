//! `prode diff`

use crate::cli::context::Context;
use crate::cli::diff as unified;
use crate::cli::form::Form;
use crate::cli::revision::RevisionArgs;
use crate::cli::{Failure, Outcome};
use crate::ops::diff::{self, Diff};
use crate::rendering::visible_line;

/// What `diff` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Compares what REF was at one revision with what it is now, through \
    renames.\nNow is the trunk, or what --rev, --as-of and --worktree say.\n\n\
    Example:\n  prode diff adr/1 --from HEAD~1\n  \
    prode diff wiki/queue.md#known-causes --from 2026-12-31\n  \
    prode diff wiki/index.md --from HEAD --worktree --json")]
pub struct Args {
    /// A page or a section: as for show
    #[arg(value_name = "REF")]
    reference: String,
    /// What to compare with: any commit-ish, or a day (the last trunk commit before its end)
    #[arg(long, value_name = "REV")]
    from: String,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = diff::Options {
        reference: args.reference.clone(),
        from: args.from.clone(),
        asked: args.revision.asked(),
    };
    let (diff, memory) = diff::run(&workspace, &options, &context.reading_history())?;
    context.give(form, &diff, |context, diff| unified::print(context, &diff.unified()));
    context.flush()?;
    if form == Form::Text {
        for note in notes(&diff, &memory.revision.name) {
            context.ui.note(visible_line(&note));
        }
    }
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

fn notes(diff: &Diff, now: &str) -> Vec<String> {
    let mut notes = diff.notes.clone();
    let from = &diff.from;
    let section = if diff.anchor.is_empty() { String::new() } else { format!("#{}", diff.anchor) };
    let what = format!("'{}{section}'", diff.path);
    let then = format!("'{}' ({}, {})", from.rev, short(&from.commit.id), from.commit.day());
    if from.path.is_none() || from.anchor.is_none() {
        let came = from.added_by.as_ref().map_or_else(String::new, |by| {
            format!(": it came with {} on {} ({})", short(&by.id), by.day(), by.subject)
        });
        notes.push(format!("{what} did not exist at {then}{came}"));
    } else if diff.only_line_ends {
        notes.push(format!("{what} differs from {then} in its line ends alone"));
    } else if diff.same {
        notes.push(format!("no line of {what} differs between {then} and {now}"));
    }
    notes
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}
