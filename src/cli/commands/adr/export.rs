//! `prode adr export`

use std::path::PathBuf;

use super::import::told;
use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::adr::export::{self, Answer, Exported};
use crate::ops::counted;
use crate::rendering::visible_line;

/// What `adr export` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "JSON goes to stdout; the other formats are files below -o DIR, where no other file is \
    touched.\nSeveral logs keep their folders. The same decisions give the same bytes.\n\n\
    Example:\n  prode adr export --to json > decisions.json\n  \
    prode adr export --to backstage -o docs/adrs --log adr\n  \
    prode adr export --to log4brains -o ../portal/docs/adr --rev v1.4"
)]
pub(super) struct Args {
    /// madr, nygard, log4brains, json or backstage
    #[arg(long, value_name = "F",
        value_parser = ["madr", "nygard", "log4brains", "json", "backstage"])]
    to: String,
    /// The folder to write into; made where it is missing
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Only the log in this folder
    #[arg(long, value_name = "ROOT")]
    log: Option<String>,
    /// Go on without files that cannot be read
    #[arg(long)]
    skip_unreadable: bool,
    /// Only say what would be written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    revision: RevisionArgs,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let asked = args.revision.asked_or_work_tree();
    if args.to == "json" {
        return json(context, args);
    }
    let Some(output) = &args.output else {
        return Err(Failure::Usage {
            message: format!("--to {} writes files, and no folder is named", args.to),
            hint: "name one: -o DIR".to_owned(),
        });
    };
    let workspace = context.workspace()?;
    let options = export::Options {
        asked,
        to: args.to.clone(),
        output: output.clone(),
        current: context.current.clone(),
        log: args.log.clone(),
        skip_unreadable: args.skip_unreadable,
        dry_run: args.dry_run,
    };
    let answer = export::run(&workspace, &options)?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    let new = |it: &&Exported| it.state == "new";
    let row =
        |it: &Exported| vec![(style::PATH, it.path.clone()), (style::TITLE, it.title.clone())];
    let rows: Vec<_> = answer.decisions.iter().filter(new).map(row).collect();
    let count = rows.len();
    columns::print(context, rows);
    told(context, &answer.skipped, &answer.loose);
    for note in &answer.notes {
        context.ui.note(visible_line(note));
    }
    let there = answer.decisions.len() - count;
    let verb = if answer.dry_run { "would be written" } else { "written" };
    let same = if there > 0 { format!(", {there} there already") } else { String::new() };
    context.ui.note(format!(
        "{} {verb} to '{}'{same}",
        counted(count, "file"),
        visible_line(&answer.output)
    ));
}

fn json(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    if args.output.is_some() {
        return Err(Failure::Usage {
            message: "--to json writes to stdout, so there is no folder to name".to_owned(),
            hint: "write it so: prode adr export --to json > FILE".to_owned(),
        });
    }
    let workspace = context.workspace()?;
    let asked = args.revision.asked_or_work_tree();
    let document = export::json(&workspace, &asked, args.log.as_deref())?;
    context.ui.json(&document);
    told(context, &document.skipped, &[]);
    Ok(Outcome::Done)
}
