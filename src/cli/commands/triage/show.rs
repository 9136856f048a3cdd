//! `prode triage show`

use super::told::Show;
use crate::cli::columns::{Cell, lines};
use crate::cli::context::Context;
use crate::cli::named::RunArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::triage::{self, Captured, Exchange, Timeline};
use crate::rendering::visible_line;

/// What `triage show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode triage show R-20261126-3f9a1c --handoff\n  \
    prode triage show R-20261126-3f9a1c --timeline")]
pub struct Args {
    #[command(flatten)]
    run: RunArg,
    /// Print the hand-off instead of a summary
    #[arg(long)]
    handoff: bool,
    /// What happened when, and what exactly waits for a signature
    #[arg(long, conflicts_with = "handoff")]
    timeline: bool,
    /// What specialists were asked and said, where --capture kept it and its hour is not over
    #[arg(long, conflicts_with_all = ["handoff", "timeline"])]
    captured: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let (workspace, id) = (context.workspace()?, args.run.id()?);
    if args.timeline {
        let timeline = triage::timeline(&workspace, &id)?;
        context.give(form, &timeline, print);
        return Ok(Outcome::Done);
    }
    if args.captured {
        let captured = triage::captured(&workspace, &id)?;
        context.give(form, &captured, said);
        return Ok(Outcome::Done);
    }
    let run = triage::show(&workspace, &id)?;
    Show { form, handoff: args.handoff }.run(context, &run);
    Ok(Outcome::Done)
}

/// What was said, as it was said.
fn said(context: &mut Context<'_>, captured: &Captured) {
    for exchange in &captured.exchanges {
        let Exchange { at, question, specialist, took_ms, reply, nothing, .. } = exchange;
        let head = format!("{at}  {question}  asked of {specialist}, {took_ms} ms");
        context.ui.line(styled(style::WARNING, visible_line(&head).into_owned()));
        match (reply, nothing) {
            (Some(reply), _) => {
                for line in reply.lines() {
                    context.ui.line(format!("  {}", visible_line(line)));
                }
            }
            (None, why) => {
                let why = why.as_deref().unwrap_or_default();
                context.ui.line(format!("  nothing: {}", visible_line(why)));
            }
        }
    }
    context.ui.note(format!("kept until {}; the questions: --json", captured.until));
}

fn print(context: &mut Context<'_>, timeline: &Timeline) {
    let plain = |text: &str| (anstyle::Style::new(), visible_line(text).into_owned());
    let row = |it: &triage::Moment| -> Vec<Cell> {
        vec![
            (style::FAINT, it.at.clone()),
            (style::FAINT, it.phase.to_string()),
            plain(&it.what),
            plain(&it.about),
        ]
    };
    let rows: Vec<Vec<Cell>> = timeline.moments.iter().map(row).collect();
    for line in lines(&rows) {
        context.ui.line(line);
    }
    for ask in timeline.asks.iter().filter(|it| !it.used) {
        let head = format!("\nwaits for a person: {} of {}", ask.digest, ask.request);
        context.ui.line(styled(style::WARNING, head));
        for missing in ask.missing.iter().flatten() {
            context.ui.line(format!("  {}", visible_line(missing)));
        }
        context.ui.line(styled(style::HINT, format!("  prode approve {}", ask.request)));
    }
}
