//! `prode eval`

mod cases;
mod figures;
mod moves;

use std::path::{Path, PathBuf};

use super::query::read;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::eval::{self, Minimum, Options, Report, Set};
use crate::ops::route_tests;

/// What `eval` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exits with 1 if a route test fails or a figure is below its minimum; with --against, if a\n\
    route test fails that passed there, a page left the first three, or a figure is below.\n\n\
    Example:\n  prode eval\n  prode eval wiki/routes.yaml --min-recall3 0.9\n  \
    prode eval judged.jsonl --rev main --failed --json\n  \
    prode eval --against main\n  prode eval judged.jsonl --baselines"
)]
pub struct Args {
    /// Route tests (.yaml) or judged questions (.jsonl) [default: every routes.yaml in the wiki]
    files: Vec<PathBuf>,
    /// Ask the same at another revision: which examples moved, and both figures
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// Measure plain search over the same pages too: grep, BM25, SQLite's FTS5
    #[arg(long)]
    baselines: bool,
    /// List questions that have no expected page among the first three
    #[arg(long)]
    failed: bool,
    /// Fail below this recall among the first
    #[arg(long, value_name = "X")]
    min_recall1: Option<f64>,
    /// Fail below this recall among the first three
    #[arg(long, value_name = "X")]
    min_recall3: Option<f64>,
    /// Fail below this recall among the first five
    #[arg(long, value_name = "X")]
    min_recall5: Option<f64>,
    /// Fail below this mean reciprocal rank
    #[arg(long, value_name = "X")]
    min_mrr: Option<f64>,
    /// Fail below this nDCG among ten
    #[arg(long, value_name = "X")]
    min_ndcg10: Option<f64>,
    #[command(flatten)]
    revision: RevisionArgs,
}

impl Args {
    fn options(&self) -> Options {
        Options {
            minimum: Minimum {
                recall1: self.min_recall1,
                recall3: self.min_recall3,
                recall5: self.min_recall5,
                mrr: self.min_mrr,
                ndcg10: self.min_ndcg10,
            },
            against: self.against.clone(),
            baselines: self.baselines,
            failed: self.failed,
        }
    }
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let asked = args.revision.asked_or_work_tree();
    let sets = if args.files.is_empty() {
        route_tests::find(&workspace, &asked)?
    } else {
        args.files.iter().map(|file| given(file)).collect::<Result<_, Failure>>()?
    };
    let (report, memory) = eval::run(&workspace, &asked, &sets, &args.options())?;
    context.give(form, &report, print);
    context.flush()?;
    context.notes(&workspace, &memory);
    Ok(if report.is_good() { Outcome::Done } else { Outcome::Found })
}

fn given(file: &Path) -> Result<(String, Set), Failure> {
    let name = file.display().to_string();
    let set = eval::read(&name, &read(file)?)?;
    Ok((name, set))
}

fn print(context: &mut Context<'_>, report: &Report) {
    cases::print(context, report);
    if let Some(against) = &report.against {
        moves::print(context, against, report.checked);
    }
    context.ui.line(format!(
        "{} checked, {} route tests passed, {} failed; abstained {} of {}",
        report.checked,
        report.passed,
        report.failed.len(),
        report.abstained,
        report.must_abstain
    ));
    figures::print(context, report);
    for below in &report.below {
        context.ui.line(styled(style::WARNING, below));
    }
}
