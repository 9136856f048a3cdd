//! `prode skill verify`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::skill::verify::{self, Answer, Check};

/// What `skill verify` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode skill verify")]
pub struct Args {}

pub(super) fn run(context: &mut Context<'_>, _: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let answer = verify::run(&context.workspace()?)?;
    context.give(form, &answer, print);
    Ok(if answer.failed > 0 { Outcome::Found } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    columns::print(context, answer.checks.iter().map(row));
    if answer.checks.is_empty() {
        context.ui.note("skills-lock.json names no skill");
    }
}

fn row(check: &Check) -> Vec<columns::Cell> {
    let look = if check.state == "ok" { style::HINT } else { style::ERROR };
    let path = if check.path.is_empty() { &check.name } else { &check.path };
    vec![
        (look, check.state.clone()),
        (style::PATH, path.clone()),
        (Style::new(), format!("from {}", check.source)),
    ]
}
