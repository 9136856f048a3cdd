//! `prode blame`

use std::collections::HashMap;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::blame::{self, Blame, Line, Writer};
use crate::rendering::{visible, visible_line};

/// What `blame` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Lines are followed through renames of the page; a change of line ends \
    alone writes no line.\n\nExample:\n  prode blame adr/1\n  \
    prode blame wiki/queue.md#known-causes\n  \
    prode blame wiki/index.md --worktree --json")]
pub struct Args {
    /// A page or a section: as for show
    #[arg(value_name = "REF")]
    reference: String,
    #[command(flatten)]
    revision: RevisionArgs,
}

/// Columns for a name; what is longer is cut.
const NAME: usize = 20;

/// Columns for a commit's id.
const ID: usize = 10;

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options =
        blame::Options { reference: args.reference.clone(), asked: args.revision.asked() };
    let (blame, memory) = blame::run(&workspace, &options, &context.reading_history())?;
    context.give(form, &blame, print);
    context.flush()?;
    if form == Form::Text {
        for note in notes(&blame) {
            context.ui.note(visible_line(&note));
        }
    }
    context.notes(&workspace, &memory);
    Ok(Outcome::Done)
}

/// Commit, day, author, number, line. Where the line above is of the same
/// commit, only the line is set off.
fn print(context: &mut Context<'_>, blame: &Blame) {
    let writers: HashMap<&str, &Writer> =
        blame.commits.iter().map(|it| (it.commit.id.as_str(), it)).collect();
    let names = blame.commits.iter().map(|it| name(&it.commit.author));
    let name_width = names.map(|it| it.width()).max().unwrap_or(0);
    let number = blame.lines.last().map_or(1, |line| line.line.to_string().len());
    let mut above: Option<&Option<String>> = None;
    for line in &blame.lines {
        let writer = line.commit.as_deref().and_then(|id| writers.get(id));
        let head = head(writer.copied(), name_width);
        let look = if above == Some(&line.commit) { style::FAINT } else { style::PATH };
        above = Some(&line.commit);
        context.ui.line(format!("{} {}", styled(look, head), body(line, number)));
    }
}

fn head(writer: Option<&Writer>, name_width: usize) -> String {
    let Some(writer) = writer else {
        let space = ID + 1 + 10 + 1 + name_width;
        return format!(" {:<space$}", "on disk, not committed");
    };
    let commit = &writer.commit;
    // As git blame marks it.
    let mark = if writer.is_cut { '^' } else { ' ' };
    let id = commit.id.get(..ID).unwrap_or(&commit.id);
    let name = name(&commit.author);
    let space = " ".repeat(name_width.saturating_sub(name.width()));
    format!("{mark}{id} {} {name}{space}", commit.day())
}

fn body(line: &Line, width: usize) -> String {
    let number = format!("{:>width$}", line.line);
    let text = visible(&line.text);
    let space = if text.is_empty() { "" } else { "  " };
    format!("{}{space}{text}", styled(style::FAINT, number))
}

/// A name that fits its column.
fn name(author: &str) -> String {
    let author = visible_line(author);
    if author.width() <= NAME {
        return author.into_owned();
    }
    let (mut cut, mut width) = (String::new(), 0);
    for c in author.chars() {
        width += c.width().unwrap_or(0);
        if width >= NAME {
            break;
        }
        cut.push(c);
    }
    cut + "\u{2026}"
}

fn notes(blame: &Blame) -> Vec<String> {
    let mut notes = blame.notes.clone();
    if let Some(cut) = blame.commits.iter().find(|it| it.is_cut) {
        notes.push(format!(
            "this clone's history was cut off at {} ({}): lines marked ^ may be older; \
             fetch the rest: git fetch --unshallow",
            cut.commit.id.get(..ID).unwrap_or(&cut.commit.id),
            cut.commit.day()
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_where_its_column_ends() {
        assert_eq!(name("Ada Example"), "Ada Example");
        assert_eq!(name("Ada of the very long house"), "Ada of the very lon\u{2026}");
        assert_eq!(name(&"名".repeat(20)).width(), 19);
    }
}
