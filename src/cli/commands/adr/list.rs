//! `prode adr list` and `prode adr log`

use anstyle::Style;

use crate::cli::columns::{self, Cell};
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::Entry;
use crate::ops::adr::list::{self, List};

/// What `adr list` and `adr log` take.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only decisions of this status; `none` for those without; may be repeated
    #[arg(long, value_name = "S")]
    status: Vec<String>,
    /// Only the log in this folder
    #[arg(long, value_name = "ROOT")]
    log: Option<String>,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(
    context: &mut Context<'_>,
    args: &Args,
    by_day: bool,
) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = list::Options {
        asked: args.revision.asked_or_work_tree(),
        statuses: args.status.clone(),
        log: args.log.clone(),
        by_day,
    };
    let (list, memory) = list::run(&workspace, &options)?;
    context.give(form, &list, |context, list| print(context, list, by_day));
    context.close(workspace, memory);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, list: &List, by_day: bool) {
    let entries = &list.decisions;
    let several = entries.iter().any(|entry| entry.log != entries[0].log);
    columns::print(context, entries.iter().map(|entry| row(entry, by_day, several)));
    if entries.is_empty() {
        context.ui.note(nothing(list));
    }
}

/// Number, status, day, title, path; the day first where it orders.
fn row(entry: &Entry, by_day: bool, several: bool) -> Vec<Cell> {
    let number = entry.number.map_or_else(|| "-".to_owned(), |number| format!("{number:>4}"));
    let status = entry.status.clone().unwrap_or_else(|| "no status".to_owned());
    let look = match status.as_str() {
        "accepted" => style::HINT,
        "draft" | "proposed" => style::WARNING,
        _ => style::FAINT,
    };
    let status = brief(&status);
    let status = match &entry.superseded_by {
        Some(by) if by_day => format!("{status} by {by}"),
        _ => status,
    };
    let day = (style::FAINT, entry.date.clone().unwrap_or_else(|| "-".to_owned()));
    let log = several.then(|| (style::FAINT, entry.log.clone()));
    let mut cells: Vec<Cell> = log.into_iter().collect();
    if by_day {
        cells.extend([day, (Style::new(), number), (look, status)]);
    } else {
        cells.extend([(Style::new(), number), (look, status), day]);
    }
    cells.extend([(style::TITLE, entry.title.clone()), (style::PATH, entry.path.clone())]);
    cells
}

/// An unknown status may be a sentence.
fn brief(status: &str) -> String {
    if status.chars().count() <= 24 {
        return status.to_owned();
    }
    format!("{}\u{2026}", status.chars().take(23).collect::<String>())
}

fn nothing(list: &List) -> String {
    match list.total {
        0 => "there are no decisions yet; make the first: prode adr new TITLE".to_owned(),
        total => format!("none of {total} decisions fits; use fewer filters"),
    }
}
