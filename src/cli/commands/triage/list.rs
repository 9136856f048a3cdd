//! `prode triage list`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::triage::{self, Listing, Row};
use crate::rendering::visible_line;

/// What `triage list` takes: nothing of its own.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage list\n  prode triage list --json")]
pub struct Args {}

pub(super) fn run(context: &mut Context<'_>, _: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let listing = triage::list(&context.workspace()?)?;
    context.give(form, &listing, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, listing: &Listing) {
    if let Some(why) = &listing.frozen {
        context.ui.line(styled(style::WARNING, format!("frozen: {}", visible_line(why))));
    }
    if listing.runs.is_empty() {
        context.ui.note("no run is here; open one: prode triage run ticket.json");
    }
    for row in &listing.runs {
        line(context, row);
    }
}

fn line(context: &mut Context<'_>, row: &Row) {
    let decided = match (row.decision, row.classification, row.confidence) {
        (Some(decision), Some(class), Some(value)) => format!("{decision}  {class}  {value} %"),
        _ => "undecided".to_owned(),
    };
    let holder = row.holder.as_ref().map(|it| format!("  held by {it}")).unwrap_or_default();
    let name = styled(style::TITLE, &row.run);
    let line = format!("{}  {}  {decided}{holder}", row.ticket, row.phase);
    context.ui.line(format!("{name}  {}", visible_line(&line)));
}
