//! `prode finding list`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::inbox::{Severity, Stage};
use crate::ops::OpError;
use crate::ops::finding::{ListOptions, Listing, Row, list};
use crate::rendering::visible_line;

/// What `finding list` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode finding list\n  \
    prode finding list --severity blocker --severity high\n  \
    prode finding list --target wiki/queue.md --all --json")]
pub struct Args {
    /// Those that ended too
    #[arg(long)]
    all: bool,
    /// Only this state: open, closed, rejected
    #[arg(long, value_name = "STATE")]
    state: Vec<String>,
    /// Only this severity: blocker, high, medium, low
    #[arg(long, value_name = "HOW")]
    severity: Vec<String>,
    /// Only those about this page, proposal or run
    #[arg(long, value_name = "WHAT")]
    target: Option<String>,
    /// Only those about a page that this one owns
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let listing = list(&context.workspace()?, &options(args)?)?;
    context.give(form, &listing, print);
    if form == Form::Text {
        context.flush()?;
        notes(context, &listing);
    }
    Ok(Outcome::Done)
}

fn options(args: &Args) -> Result<ListOptions, Failure> {
    let named = |name: &String| {
        Stage::named(name).ok_or_else(|| Failure::Usage {
            message: format!("there is no state '{name}'"),
            hint: "use one of: open, closed, rejected".to_owned(),
        })
    };
    let severity = |name: &String| name.parse::<Severity>().map_err(OpError::from);
    Ok(ListOptions {
        states: args.state.iter().map(named).collect::<Result<_, _>>()?,
        all: args.all,
        severities: args.severity.iter().map(severity).collect::<Result<_, _>>()?,
        target: args.target.clone(),
        owner: args.owner.clone(),
    })
}

fn print(context: &mut Context<'_>, listing: &Listing) {
    columns::print(context, listing.findings.iter().map(row));
}

fn notes(context: &mut Context<'_>, listing: &Listing) {
    for problem in &listing.problems {
        context.ui.note(visible_line(problem));
    }
    if listing.findings.is_empty() {
        context.ui.note(match listing.total {
            0 => "there are no findings; report one: prode finding add --help".to_owned(),
            total => format!("none of {total} is so; see them: --all"),
        });
    }
}

fn row(row: &Row) -> Vec<columns::Cell> {
    let cell = |text: &str| (Style::new(), visible_line(text).into_owned());
    let is_bad = row.state == "open" && ["blocker", "high"].contains(&row.severity.as_str());
    let look = if is_bad { style::WARNING } else { Style::new() };
    let state = match (&row.resolution, row.unanswered) {
        (Some(resolution), _) => format!("{}: {resolution}", row.state),
        (None, 0) => "to be closed".to_owned(),
        (None, open) => format!("{open} of {} open", row.total),
    };
    vec![
        (style::TITLE, row.id.clone()),
        (look, row.severity.clone()),
        cell(&state),
        (style::PATH, visible_line(&row.target).into_owned()),
        cell(&row.owner.join(" ")),
        (style::FAINT, visible_line(&row.summary).into_owned()),
    ]
}
