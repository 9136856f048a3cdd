//! `prode usage`: one file per subcommand, one row each.

mod forget;
mod unhelpful;

use clap::Subcommand;

use crate::cli::columns::{self, Cell};
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::usage::{self, Answer, Options, Row};

/// What `usage` takes.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Kept on this machine alone: a page's path, the day, what was done with it; never what was\n\
    asked, nor by whom. To count nothing: 'usage: off' in your own settings, or PRODE_USAGE=off.\n\n\
    Example:\n  prode usage\n  prode usage --days 30 --json\n  prode usage unhelpful wiki/index.md\n  \
    prode usage forget"
)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Days to look at, today among them
    #[arg(long, value_name = "N", default_value_t = usage::WINDOW,
        value_parser = clap::value_parser!(i64).range(1..=usage::MOST_DAYS))]
    days: i64,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say that a page did not help with the last question that led to it
    Unhelpful(unhelpful::Args),
    /// Delete everything that was counted
    #[command(after_help = "Example:\n  prode usage forget")]
    Forget,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    match &args.action {
        Some(Action::Unhelpful(args)) => unhelpful::run(context, args),
        Some(Action::Forget) => forget::run(context),
        None => list(context, args),
    }
}

fn list(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let answer = usage::run(&workspace, Options { days: args.days })?;
    context.give(form, &answer, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    columns::print(context, table(&answer.pages));
    context.ui.line(told(answer));
    for damage in &answer.damage {
        context.ui.line(styled(style::WARNING, damage));
    }
}

fn table(rows: &[Row]) -> Vec<Vec<Cell>> {
    let name = |text: &str| (style::FAINT, text.to_owned());
    let count = |count: u64| (anstyle::Style::new(), count.to_string());
    let row = |it: &Row| {
        let path = (style::PATH, it.path.clone());
        vec![count(it.routed), count(it.opened), count(it.unhelpful), path]
    };
    let head = vec![name("routed"), name("opened"), name("unhelpful"), name("page")];
    let rows: Vec<Vec<Cell>> = rows.iter().map(row).collect();
    if rows.is_empty() { rows } else { [vec![head], rows].concat() }
}

/// What the counts are of.
fn told(answer: &Answer) -> String {
    let questions = usize::try_from(answer.questions).unwrap_or(usize::MAX);
    let questions = counted(questions, "question");
    match (&answer.since, answer.counting) {
        (_, false) => "nothing is counted here: usage is off, or this is no repository".to_owned(),
        (None, true) => "nothing was counted yet".to_owned(),
        (Some(since), true) => {
            format!("{questions} from {} to {}; counted since {since}", answer.from, answer.to)
        }
    }
}
