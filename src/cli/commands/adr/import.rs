//! `prode adr import`

use std::path::PathBuf;

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::import::{self, Answer, Imported};
use crate::ops::adr::{Loose, Skipped};
use crate::ops::counted;
use crate::rendering::visible_line;

/// What `adr import` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A number that nobody ever had is kept; others are new, and links and mentions follow. \
    The originals\nstay where they are. What was imported before is known by its title and words, \
    and left alone.\n\n\
    Example:\n  prode adr import ../old/doc/adr --from adr-tools --dry-run\n  \
    prode adr import ../portal --from log4brains --as madr\n  prode adr import decisions.json"
)]
pub(super) struct Args {
    /// A folder, a log4brains project, or a JSON document
    #[arg(value_name = "DIR")]
    place: PathBuf,
    /// How the files are written; auto looks at each
    #[arg(long, value_name = "F", default_value = "auto",
        value_parser = ["auto", "nygard", "adr-tools", "madr", "log4brains", "backlog", "json"])]
    from: String,
    /// The format to write, or keep; the log's own where nothing is said
    #[arg(long = "as", value_name = "F",
        value_parser = ["keep", "nygard", "madr", "log4brains", "backlog"])]
    target: Option<String>,
    /// The folder of the log
    #[arg(long, value_name = "ROOT")]
    log: Option<String>,
    /// Go on without files that cannot be read
    #[arg(long)]
    skip_unreadable: bool,
    /// Only say what would be imported
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = import::Options {
        place: args.place.clone(),
        current: context.current.clone(),
        from: args.from.clone(),
        format: args.target.clone(),
        log: args.log.clone(),
        skip_unreadable: args.skip_unreadable,
        dry_run: args.dry_run,
    };
    let answer = import::run(&workspace, &options)?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    let new = |it: &&Imported| it.state == "new";
    let row = |it: &Imported| {
        let number = it.number.map_or_else(|| "-".to_owned(), |number| format!("{number:>4}"));
        let old = it.old_number.map_or_else(|| "-".to_owned(), |number| format!("{number:>4}"));
        let status = it.status.clone().unwrap_or_else(|| "no status".to_owned());
        let path = (style::PATH, it.path.clone());
        vec![
            (style::FAINT, old),
            (Style::new(), "\u{2192}".to_owned()),
            (Style::new(), number),
            (style::FAINT, status),
            (style::TITLE, it.title.clone()),
            path,
        ]
    };
    let mut came: Vec<&Imported> = answer.decisions.iter().filter(new).collect();
    came.sort_by(|a, b| (a.number, &a.path).cmp(&(b.number, &b.path)));
    let count = came.len();
    columns::print(context, came.into_iter().map(row));
    for it in answer.decisions.iter().filter(|it| it.state == "edited") {
        context.ui.note(visible_line(&format!(
            "'{}' was imported and edited since, and stays as it is: '{}'",
            it.path, it.title
        )));
    }
    told(context, &answer.skipped, &answer.loose);
    let verb = if answer.dry_run { "would be imported" } else { "imported" };
    let there = answer.decisions.len() - count;
    let known = if there > 0 { format!(", {there} there already") } else { String::new() };
    let log = visible_line(&answer.log);
    context.ui.note(format!("{} {verb} into '{log}'{known}", counted(count, "decision")));
}

/// What does not go along, and what names it.
pub(super) fn told(context: &mut Context<'_>, skipped: &[Skipped], loose: &[Loose]) {
    for it in skipped {
        context.ui.note(visible_line(&format!("skipped '{}': {}", it.path, it.why)));
    }
    for it in loose {
        let place = format!("{}:{}", it.path, it.line);
        context
            .ui
            .note(visible_line(&format!("{place}: '{}' stays as it is: {}", it.text, it.why)));
    }
}
