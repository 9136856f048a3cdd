//! `prode triage verify`

use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::named::run_id;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::triage::verify::{self, Verified};
use crate::rendering::visible_line;

/// What `triage verify` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  prode triage verify R-20261126-3f9a1c\n  prode triage verify exported/R-20261126-3f9a1c"
)]
pub struct Args {
    /// A run, or a folder that `triage export` wrote
    #[arg(value_name = "R-… | DIR")]
    run: PathBuf,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let verified = if context.current.join(&args.run).is_dir() {
        let folder = context.current.join(&args.run);
        verify::folder(context.open().ok().as_ref(), &folder)?
    } else {
        verify::run(&context.workspace()?, &run_id(&args.run.to_string_lossy())?)?
    };
    context.give(form, &verified, told);
    Ok(if verified.sound { Outcome::Done } else { Outcome::Found })
}

/// What holds, and what does not.
pub(super) fn told(context: &mut Context<'_>, verified: &Verified) {
    for fault in &verified.faults {
        let check = serde_json::to_value(fault.check).ok();
        let check = check.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default();
        let check = styled(style::WARNING, check);
        context.ui.line(format!("{check}  {}", visible_line(&fault.what)));
    }
    let Verified { run, checks, events, artifacts, .. } = verified;
    let over = format!("over {events} events and {artifacts} artifacts");
    let words = match verified.faults.len() {
        0 => format!("{run} is what happened: {} checks hold {over}", checks.len()),
        1 => format!("{run} is not what happened: 1 fault {over}"),
        many => format!("{run} is not what happened: {many} faults {over}"),
    };
    context.ui.line(visible_line(&words));
}
