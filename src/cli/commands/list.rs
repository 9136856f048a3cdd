//! `prode list`

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::cli::context::Context;
use crate::cli::filter::FilterArgs;
use crate::cli::form::Form;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::hint::nearest;
use crate::ops::list::{self, Entry, List, Sort};
use crate::rendering::visible_line;

/// What `list` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode list\n  prode list runbook --sort reviewed\n  \
    prode list adr --status accepted --json")]
pub struct Args {
    /// Only pages of this kind: runbook, guide, adr, skill, template, …
    kind: Option<String>,
    #[command(flatten)]
    filters: FilterArgs,
    /// What to order by
    #[arg(long, value_enum, default_value_t, value_name = "BY")]
    sort: SortBy,
    /// List so many pages at most
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Exit with 1 if nothing is listed
    #[arg(long)]
    fail_empty: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

/// What `--sort` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum SortBy {
    /// Where pages stand.
    #[default]
    Path,
    /// Their titles.
    Title,
    /// Their kinds.
    Kind,
    /// Their first owners; those without one last.
    Owner,
    /// Their last reviews: never reviewed first, then the oldest.
    Reviewed,
    /// Their statuses.
    Status,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let (list, memory) = list::run(&workspace, &options(args))?;
    context.give(form, &list, |context, list| print(context, &list.pages));
    if form == Form::Text && list.found == 0 {
        context.ui.note(nothing(args, &list));
    } else if form == Form::Text && list.pages.len() < list.found {
        let more = list.found - list.pages.len();
        context.ui.note(format!("{more} more; show them with a higher -n, or without it"));
    }
    context.flush()?;
    context.notes(&workspace, &memory);
    let is_empty = list.pages.is_empty();
    Ok(if args.fail_empty && is_empty { Outcome::Found } else { Outcome::Done })
}

fn options(args: &Args) -> list::Options {
    list::Options {
        asked: args.revision.asked(),
        filters: args.filters.with_kinds(args.kind.iter().cloned().collect()),
        sort: match args.sort {
            SortBy::Path => Sort::Path,
            SortBy::Title => Sort::Title,
            SortBy::Kind => Sort::Kind,
            SortBy::Owner => Sort::Owner,
            SortBy::Reviewed => Sort::Reviewed,
            SortBy::Status => Sort::Status,
        },
        limit: args.limit,
    }
}

/// Why the list is empty, as far as it can be said.
fn nothing(args: &Args, list: &List) -> String {
    let kind = args.kind.as_deref().unwrap_or_default();
    let is_known = list.kinds.iter().any(|known| known.eq_ignore_ascii_case(kind));
    if list.total == 0 {
        return "there are no pages yet".to_owned();
    }
    if kind.is_empty() || is_known {
        return format!("none of {} pages fits; use fewer filters", list.total);
    }
    let near = nearest(&kind.to_lowercase(), list.kinds.iter().map(String::as_str));
    let near = near.map_or_else(|| "; ".to_owned(), |near| format!("; did you mean '{near}'? "));
    let kinds = list.kinds.join(", ");
    visible_line(&format!("there are no pages of kind '{kind}'{near}kinds are: {kinds}"))
        .into_owned()
}

/// Path, kind, status, review, owner, title: the last is cut where the
/// terminal ends, and a column that says the same of every page is left out.
fn print(context: &mut Context<'_>, pages: &[Entry]) {
    let rows: Vec<[String; 6]> = pages.iter().map(row).collect();
    let widths: Vec<usize> =
        (0..6).map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0)).collect();
    let tells = |at: usize| {
        at == 0 || at == 5 || rows.iter().map(|row| &row[at]).collect::<BTreeSet<_>>().len() > 1
    };
    let shown: Vec<usize> = (0..6).filter(|&at| widths[at] > 0 && tells(at)).collect();
    let room = context.ui.is_terminal().then(|| context.ui.width());
    for (row, entry) in rows.iter().zip(pages) {
        let line = line(row, entry, &shown, &widths, room);
        context.ui.line(line);
    }
}

fn line(
    row: &[String; 6],
    entry: &Entry,
    shown: &[usize],
    widths: &[usize],
    room: Option<usize>,
) -> String {
    let mut line = String::new();
    let mut used = 0;
    for &at in shown {
        let is_last = shown.last() == Some(&at);
        let left = room.map_or(usize::MAX, |room| room.saturating_sub(used));
        let text = if is_last { fitted(&row[at], left) } else { row[at].clone() };
        let space = if is_last { 0 } else { widths[at] - row[at].width() + 2 };
        let style = match at {
            0 => style::PATH,
            2 if entry.stale || entry.status == "draft" => style::WARNING,
            5 => style::TITLE,
            _ => style::FAINT,
        };
        line.push_str(&styled(style, &text));
        line.push_str(&" ".repeat(space));
        used += widths[at] + 2;
    }
    line
}

fn row(entry: &Entry) -> [String; 6] {
    let safe = |text: &str| visible_line(text).into_owned();
    let status = match (entry.stale, entry.status.as_str()) {
        (_, "archived") => "archived".to_owned(),
        (true, status) => format!("{status}, stale"),
        (false, status) => status.to_owned(),
    };
    [
        safe(&entry.path),
        safe(&entry.kind),
        safe(&status),
        entry.reviewed.clone().unwrap_or_else(|| "-".to_owned()),
        safe(&entry.owner.join(", ")),
        safe(&entry.title),
    ]
}

/// `text` in at most `columns`; never less than a few, which wrap.
fn fitted(text: &str, columns: usize) -> String {
    let columns = columns.max(16);
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + 2 > columns {
            break;
        }
        cut.push(c);
    }
    cut.push('\u{2026}');
    cut
}
