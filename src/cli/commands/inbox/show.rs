//! `prode inbox show`

use super::neighbours;
use crate::cli::context::Context;
use crate::cli::named::LearningArg;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::inbox::LearningId;
use crate::ops::inbox::{self, Shown};
use crate::rendering::{visible, visible_line};

/// What `inbox show` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode inbox show L-3f2a91c07be4")]
pub struct Args {
    #[command(flatten)]
    learning: LearningArg,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    show(context, &args.learning.id()?)
}

/// Shows the learning of this name; `prode show L-…` leads here too.
pub(in crate::cli::commands) fn show(
    context: &mut Context<'_>,
    id: &LearningId,
) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let shown = inbox::show(&context.workspace()?, id)?;
    context.give(form, &shown, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, shown: &Shown) {
    let row = &shown.row;
    let target = styled(style::PATH, visible_line(&row.target));
    let id = styled(style::TITLE, &row.id);
    context.ui.line(format!("{id}  {}  {} {target}", row.state, row.action));
    let confidence = row.confidence.map(|it| format!("{it} %")).unwrap_or_default();
    let pairs = [
        ("owner", row.owner.join(" ")),
        ("confidence", confidence),
        ("first seen", shown.first.join(" ")),
        ("seen by", shown.seen.join(" ")),
        ("hidden", hidden(&shown.redaction)),
    ];
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        context.ui.line(format!("{name}: {}", visible_line(value)));
    }
    for evidence in &shown.evidence {
        context.ui.line(format!("evidence: {}", visible_line(evidence)));
    }
    for step in &shown.decisions {
        let why = step.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let words = format!("{} by {} at {}{why}", step.what, step.by, step.at);
        context.ui.line(visible_line(&words));
    }
    neighbours(context, &shown.near, &shown.said);
    context.ui.line("");
    context.ui.line(visible(&shown.body));
}

/// How many values of each type, in a few words.
fn hidden(redaction: &serde_json::Value) -> String {
    let counts = redaction["found"].as_object().into_iter().flatten();
    counts.map(|(kind, count)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
}
