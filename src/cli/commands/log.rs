//! `prode log`

use anstyle::Style;

use crate::cli::columns::{self, Cell};
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::log::{self, Change, Entry, Log};
use crate::rendering::visible_line;

/// What `log` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "A section's history holds the commits that changed its own lines, under \
    whatever heading and path.\n\nExample:\n  prode log adr/1\n  \
    prode log wiki/queue.md#known-causes -n 5\n  \
    prode log wiki/index.md --as-of 2026-12-31 --json")]
pub struct Args {
    /// A page or a section: as for show
    #[arg(value_name = "REF")]
    reference: String,
    /// Show no more commits than this
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = log::Options {
        reference: args.reference.clone(),
        asked: args.revision.asked(),
        limit: args.limit,
    };
    let (log, memory) = log::run(&workspace, &options, &context.reading_history())?;
    context.give(form, &log, print);
    context.flush()?;
    if form == Form::Text {
        for note in notes(&log) {
            context.ui.note(visible_line(&note));
        }
    }
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, log: &Log) {
    let title = styled(style::TITLE, visible_line(&log.title));
    context.ui.line(format!("{title}  {}", styled(style::PATH, visible_line(&log.cite))));
    context.ui.line("");
    let rows: Vec<Vec<Cell>> = log.entries.iter().map(row).collect();
    for (entry, line) in log.entries.iter().zip(columns::lines(&rows)) {
        context.ui.line(line);
        for more in moves(entry) {
            context.ui.line(format!("            {}", styled(style::FAINT, visible_line(&more))));
        }
    }
}

/// Commit, day, author, what came and went, subject.
fn row(entry: &Entry) -> Vec<Cell> {
    let lines = match (entry.added, entry.removed) {
        (Some(added), Some(removed)) if added + removed > 0 => format!("+{added} -{removed}"),
        _ => String::new(),
    };
    let lines = (style::FAINT, lines);
    let plain = |text: &str| (Style::new(), text.to_owned());
    let Some(commit) = &entry.commit else {
        let what = (style::WARNING, "on disk, not committed".to_owned());
        return vec![(style::FAINT, "-".repeat(10)), plain(""), plain(""), lines, what];
    };
    vec![
        (style::PATH, short(&commit.id).to_owned()),
        plain(commit.day()),
        plain(&commit.author),
        lines,
        plain(&commit.subject),
    ]
}

fn short(id: &str) -> &str {
    id.get(..10).unwrap_or(id)
}

/// What it was called before.
fn moves(entry: &Entry) -> Vec<String> {
    let mut lines = Vec::new();
    match (&entry.previous_path, entry.change) {
        (Some(old), _) => lines.push(format!("{old} -> {}", entry.path)),
        (None, Change::Added) if entry.anchor.is_empty() => {
            lines.push(format!("came as {}", entry.path));
        }
        (None, Change::Added) => lines.push(format!("came as {}#{}", entry.path, entry.anchor)),
        _ => {}
    }
    if let Some(old) = &entry.previous_anchor {
        lines.push(format!("#{old} -> #{}", entry.anchor));
    }
    lines
}

/// Where the history ends before its beginning.
fn notes(log: &Log) -> Vec<String> {
    let mut notes = log.notes.clone();
    if log.more {
        notes.push("there are older ones; show them with a higher -n, or without it".to_owned());
    }
    if let Some(cut) = &log.cut_at {
        notes.push(format!(
            "this clone's history was cut off at {} ({}): what is older is not here; \
             fetch it: git fetch --unshallow",
            short(&cut.id),
            cut.day()
        ));
    }
    if let Some(end) = &log.earlier_page_until {
        let id = short(&end.id);
        notes.push(format!(
            "another page of this path was there until {id} ({}); see its history with --rev {id}~1",
            end.day()
        ));
    }
    notes
}
