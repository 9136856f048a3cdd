//! `prode eval`

use std::path::{Path, PathBuf};

use super::query::read;
use crate::cli::context::Context;
use crate::cli::revision::RevisionArgs;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::eval::{self, Case, Minimum, Report, Set};
use crate::ops::route_tests;
use crate::rendering::visible_line;

/// What `eval` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode eval\n  prode eval wiki/routes.yaml --min-recall3 0.9\n  \
    prode eval judged.jsonl --rev main --json"
)]
pub struct Args {
    /// Route tests (.yaml) or judged questions (.jsonl) [default: every routes.yaml in the wiki]
    files: Vec<PathBuf>,
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

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let asked = args.revision.asked_or_work_tree();
    let sets = if args.files.is_empty() {
        route_tests::find(&workspace, &asked)?
    } else {
        args.files.iter().map(|file| given(file)).collect::<Result<_, Failure>>()?
    };
    let minimum = Minimum {
        recall1: args.min_recall1,
        recall3: args.min_recall3,
        recall5: args.min_recall5,
        mrr: args.min_mrr,
        ndcg10: args.min_ndcg10,
    };
    let (report, memory) = eval::run(&workspace, &asked, &sets, &minimum)?;
    context.give(form, &report, print);
    context.flush()?;
    context.notes(&workspace, &memory);
    let passed = report.failed.is_empty() && report.below.is_empty();
    Ok(if passed { Outcome::Done } else { Outcome::Found })
}

fn given(file: &Path) -> Result<(String, Set), Failure> {
    let name = file.display().to_string();
    let set = eval::read(&name, &read(file)?)?;
    Ok((name, set))
}

fn print(context: &mut Context<'_>, report: &Report) {
    for case in &report.failed {
        print_failed(context, case);
    }
    let figures = &report.figures;
    context.ui.line(format!(
        "{} checked, {} route tests passed, {} failed; abstained {} of {}",
        report.checked,
        report.passed,
        report.failed.len(),
        report.abstained,
        report.must_abstain
    ));
    context.ui.line(format!(
        "recall@1 {:.3}  recall@3 {:.3}  recall@5 {:.3}  MRR {:.3}  nDCG@10 {:.3}",
        figures.recall1, figures.recall3, figures.recall5, figures.mrr, figures.ndcg10
    ));
    for below in &report.below {
        context.ui.line(styled(style::WARNING, below));
    }
}

fn print_failed(context: &mut Context<'_>, case: &Case) {
    let text: String = visible_line(&case.text).replace('\n', " ").chars().take(100).collect();
    context.ui.line(format!("{} {text}", styled(style::ERROR, "failed")));
    let expect = case.expect.first().map_or("none (abstain)", String::as_str);
    context.ui.line(format!("  expected {expect} within {}", case.within));
    let got = if case.abstained { "abstained; nearest " } else { "" };
    let first: Vec<&str> = case.got.iter().take(3).map(String::as_str).collect();
    context.ui.line(format!("  got {got}{}", first.join(", ")));
}
