//! `prode triage export`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::named::RunArg;
use crate::cli::{Failure, Outcome};
use crate::ops::triage::{self, Exported};

/// What `triage export` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode triage export R-20261126-3f9a1c -o exported/R-20261126-3f9a1c"
)]
pub struct Args {
    #[command(flatten)]
    run: RunArg,
    /// The folder to write, which is not there yet [default: the run's name]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let run = args.run.id()?;
    let folder = args.output.clone().unwrap_or_else(|| PathBuf::from(run.as_str()));
    let folder = context.current.join(folder);
    let exported = triage::export(&context.workspace()?, &run, &folder)?;
    context.give(form, &exported, print);
    Ok(Outcome::Done)
}

fn print(context: &mut Context<'_>, exported: &Exported) {
    let place = exported.folder.display();
    context.ui.line(format!("{}  {} files in {place}", exported.run, exported.files));
    context.ui.line(format!("  prode triage verify {place}"));
}
