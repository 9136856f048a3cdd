//! `prode proposal list`

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::proposal::{Row, list};
use crate::rendering::visible_line;

pub(super) fn run(context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let format = context.format(&["text", "json"])?;
    let listing = list(&context.workspace()?)?;
    if format == "json" {
        context.ui.json(&listing);
        return Ok(Outcome::Done);
    }
    for row in &listing.proposals {
        line(context, row);
    }
    if listing.proposals.is_empty() {
        context.ui.note("no proposal is open; make one: prode promote L-…");
    }
    Ok(Outcome::Done)
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
    for it in row.approvals.iter().chain(&row.missing) {
        context.ui.line(format!("  {}", visible_line(it)));
    }
}
