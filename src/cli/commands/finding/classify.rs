//! `prode finding classify`

use super::told;
use crate::cli::context::Context;
use crate::cli::named::FindingArg;
use crate::cli::{Failure, Outcome};
use crate::ops::finding::{ClassifyOptions, classify};

/// What `finding classify` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "fixed: it was wrong, and is right now. non-actionable: valid, and there is nothing to change.\n\
    rejected: invalid. open: answered too early; this opens a closed finding again, too.\n\n\
    Example:\n  prode finding classify F-3f2a91c07be4 1 --as fixed --commit HEAD\n  \
    prode finding classify F-3f2a91c07be4 2 --as non-actionable \\\n    \
    --evidence 'the host answers: ping of 10:02'\n  \
    prode finding classify F-3f2a91c07be4 1 --as open --why 'the link is dead again'\n  \
    prode finding classify F-3f2a91c07be4 --severity low --why 'nobody follows this step'"
)]
pub struct Args {
    #[command(flatten)]
    finding: FindingArg,
    /// Items, from 1 [default: all]
    #[arg(value_name = "ITEM", requires = "answer")]
    items: Vec<usize>,
    /// What became of them: fixed, non-actionable, rejected, open
    #[arg(long = "as", value_name = "ANSWER")]
    answer: Option<String>,
    /// What shows it: a link, a run, a check and its result; may be repeated
    #[arg(long, value_name = "WHAT")]
    evidence: Vec<String>,
    /// The commit that fixed it, as evidence; its authors made the fix
    #[arg(long, value_name = "REV")]
    commit: Option<String>,
    /// Who made the fix [default: you]
    #[arg(long, value_name = "NAME")]
    fixed_by: Vec<String>,
    /// How bad it is: blocker, high, medium, low
    #[arg(long, value_name = "HOW")]
    severity: Option<String>,
    /// What it is about
    #[arg(long, value_name = "WHAT")]
    target: Option<String>,
    /// Why
    #[arg(long, value_name = "WORDS")]
    why: Option<String>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let id = args.finding.id()?;
    let options = ClassifyOptions {
        items: args.items.clone(),
        answer: args.answer.clone(),
        evidence: args.evidence.clone(),
        commit: args.commit.clone(),
        fixed_by: args.fixed_by.clone(),
        severity: args.severity.clone(),
        target: args.target.clone(),
        why: args.why.clone(),
    };
    let recorded = classify(&context.workspace()?, &id, &options)?;
    context.give(form, &recorded, told);
    Ok(Outcome::Done)
}
