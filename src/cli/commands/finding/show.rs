//! `prode finding show`

use crate::cli::context::Context;
use crate::cli::named::FindingArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::inbox::FindingId;
use crate::ops::finding::{self, Item, Shown, Step};
use crate::rendering::{visible, visible_line};

/// What `finding show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode finding show F-3f2a91c07be4")]
pub struct Args {
    #[command(flatten)]
    finding: FindingArg,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    show(context, &args.finding.id()?)
}

/// Shows the finding of this name; `prode show F-…` leads here too.
pub(in crate::cli::commands) fn show(
    context: &mut Context<'_>,
    id: &FindingId,
) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let shown = finding::show(&context.workspace()?, id)?;
    context.give(form, &shown, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, shown: &Shown) {
    let row = &shown.row;
    let target = styled(style::PATH, visible_line(&row.target));
    let resolution = row.resolution.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
    let id = styled(style::TITLE, &row.id);
    context.ui.line(format!("{id}  {}{resolution}  {} {target}", row.state, row.severity));
    let reported = [shown.by.as_deref(), row.at.as_deref()].into_iter().flatten();
    let reported = reported.collect::<Vec<_>>().join(" at ");
    for (name, value) in [("owner", row.owner.join(" ")), ("reported by", reported)] {
        if !value.is_empty() {
            context.ui.line(format!("{name}: {}", visible_line(&value)));
        }
    }
    for item in &shown.items {
        item_lines(context, item);
    }
    for step in &shown.events {
        event_line(context, step);
    }
    if !shown.body.is_empty() {
        context.ui.line("");
        context.ui.line(visible(&shown.body));
    }
}

fn item_lines(context: &mut Context<'_>, item: &Item) {
    let answer = match &item.answer {
        Some(answer) => styled(style::FAINT, answer),
        None => styled(style::WARNING, "open"),
    };
    let by = item.fixed_by.join(", ");
    let by = if by.is_empty() { by } else { format!(" by {by}") };
    let text = visible_line(&item.text);
    context.ui.line(format!("{}. {text}  {answer}{}", item.number, visible_line(&by)));
    for evidence in &item.evidence {
        context.ui.line(format!("   shown by: {}", visible_line(evidence)));
    }
}

fn event_line(context: &mut Context<'_>, step: &Step) {
    let items: Vec<String> = step.items.iter().map(usize::to_string).collect();
    let items = if items.is_empty() { String::new() } else { format!(" {}", items.join(", ")) };
    let why = step.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    let words = format!("{}{items} by {} at {}{why}", step.what, step.by, step.at);
    context.ui.line(visible_line(&words));
    if let Some(refused) = &step.refused {
        let words = format!("   does not count: {}", visible_line(refused));
        context.ui.line(styled(style::WARNING, words));
    }
}
