//! `prode doctor`

use anstyle::Style;

use crate::cli::columns;
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::cli::{Failure, Outcome};
use crate::ops::doctor::{self, Answer, Row, State};

/// What `doctor` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode doctor\n  prode doctor --json > for-the-bug-report.json\n\n\
    Exits with 1 if something does not work."
)]
pub struct Args {}

pub(super) fn run(context: &mut Context<'_>, _: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let opened = context.open();
    let answer = doctor::run(opened.as_ref(), &context.environment);
    context.give(form, &answer, print);
    Ok(if answer.state == State::Error { Outcome::Found } else { Outcome::Done })
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    columns::print(context, answer.rows.iter().flat_map(cells));
}

/// A line for what was found, and one below it for the repair.
fn cells(row: &Row) -> Vec<Vec<columns::Cell>> {
    let (look, state) = match row.state {
        State::Ok => (style::HINT, "ok"),
        State::Warning => (style::WARNING, "warning"),
        State::Error => (style::ERROR, "error"),
    };
    let first = vec![
        (look, state.to_owned()),
        (style::TITLE, row.topic.clone()),
        (Style::new(), row.found.clone()),
    ];
    let blank = || (Style::new(), String::new());
    let repair = row.repair.as_ref();
    let second = repair.map(|repair| vec![blank(), blank(), (style::HINT, format!("-> {repair}"))]);
    std::iter::once(first).chain(second).collect()
}
