//! `prode approvals list`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::approvals::{self, Listing, Row};
use crate::rendering::visible_line;

/// What `approvals list` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode approvals list\n  prode approvals list --all --json")]
pub struct Args {
    /// Those that do not count too: used, expired, revoked, refused
    #[arg(long)]
    all: bool,
    /// Ask the forge for reviews of the pull requests of open proposals, too
    #[arg(long)]
    online: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let listing = approvals::list(&context.workspace()?, args.all, args.online)?;
    context.give(form, &listing, |context, listing| print(context, listing, args.all));
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, listing: &Listing, all: bool) {
    for problem in &listing.problems {
        context.ui.note(visible_line(problem));
    }
    columns::print(context, listing.approvals.iter().map(row));
    if listing.approvals.is_empty() {
        context.ui.note(if all { "there is no approval" } else { "no approval counts now" });
    }
}

fn row(row: &Row) -> Vec<columns::Cell> {
    let look = if row.state == "good" { style::HINT } else { style::WARNING };
    let own = if row.own { ", self" } else { "" };
    let strength = row.strength.map(|it| format!("{it}{own}")).unwrap_or_default();
    vec![
        (style::TITLE, row.id.clone()),
        (look, row.state.clone()),
        (Style::new(), strength),
        (Style::new(), row.action.clone()),
        (style::PATH, row.subject.clone()),
        (Style::new(), row.approver.clone()),
        (style::FAINT, row.until.map(|it| it.to_string()).unwrap_or_default()),
    ]
}
