//! `prode proposal list`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::proposal::{Listing, Row, list};
use crate::rendering::visible_line;

/// What `proposal list` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode proposal list\n  prode proposal list --online")]
pub struct Args {
    /// Ask the forge how pull requests stand, and count their reviews
    #[arg(long)]
    online: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let listing = list(&context.workspace()?, args.online)?;
    context.give(form, &listing, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, listing: &Listing) {
    for row in &listing.proposals {
        line(context, row);
    }
    if listing.proposals.is_empty() {
        context.ui.note("no proposal is open; make one: prode promote L-…");
    }
}

/// One proposal, and below it what is missing.
pub(super) fn line(context: &mut Context<'_>, row: &Row) {
    let behind = if row.behind { ", behind the trunk" } else { "" };
    context.ui.line(format!(
        "{}  {}{behind}  {}",
        styled(style::TITLE, &row.id),
        row.state,
        visible_line(&row.subject)
    ));
    if let Some(pull) = &row.pull {
        let draft = if pull.draft == Some(true) { ", a draft" } else { "" };
        let state = pull.state.as_deref().map(|it| format!("  {it}{draft}")).unwrap_or_default();
        let url = pull.url.as_deref().map(|it| format!("  {it}")).unwrap_or_default();
        context.ui.line(format!("  {}", visible_line(&format!("{}{state}{url}", pull.name))));
    }
    for it in row.approvals.iter().chain(&row.missing) {
        context.ui.line(format!("  {}", visible_line(it)));
    }
}
