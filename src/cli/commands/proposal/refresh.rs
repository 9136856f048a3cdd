//! `prode proposal refresh`

use crate::cli::context::Context;
use crate::cli::named::LearningArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::proposal::{Held, Refreshed, refresh};
use crate::rendering::visible_line;

/// What `proposal refresh` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 3: the trunk and the proposal do not go together; both texts are shown\n\
    and nothing was changed.\n\nExample:\n  prode proposal refresh L-3f2a91c07be4"
)]
pub struct Args {
    #[command(flatten)]
    learning: LearningArg,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.learning.id()?;
    let answer = refresh(&context.workspace()?, &id)?;
    let held = answer.status == "conflict";
    context.give(form, &answer, print);
    Ok(if held { Outcome::Held } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, answer: &Refreshed) {
    answer.conflicts.iter().for_each(|it| conflict(context, it));
    let verdict = match answer.status.as_str() {
        "unchanged" => "stands on the trunk as it is",
        "refreshed" => "made anew on the trunk",
        "merged" => "has commits of its own; the trunk was merged into them",
        "said" => "is said by the trunk now; close it: prode proposal close",
        _ => "does not go with the trunk; nothing was changed",
    };
    context.ui.line(format!("{}  {verdict}", styled(style::TITLE, &answer.id)));
}

fn conflict(context: &mut Context<'_>, held: &Held) {
    let words = format!("{}: {}", held.path, held.why);
    context.ui.line(styled(style::WARNING, visible_line(&words)));
    for (side, text) in [("the trunk", &held.trunk), ("the proposal", &held.proposal)] {
        context.ui.line(format!("--- {side}"));
        for line in text.as_deref().unwrap_or("(not there)").lines() {
            context.ui.line(visible_line(line));
        }
    }
}
