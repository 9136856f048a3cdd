//! `prode triage sop check`

use std::path::PathBuf;

use crate::cli::commands::query::read;
use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::triage::sop::{CheckOptions, Checked, Source, check};
use crate::rendering::visible_line;

/// What `triage sop check` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every record that is found must be made of events that hang together, of a version that the trunk\n\
    has now, with every gate passed; and there must be one. What does not hold is named with its line.\n\n\
    Example:\n  gh pr view --json body --jq .body | prode triage sop check --pr -\n  \
    prode triage sop check --against origin/main --sop wiki/sops/release.md --json"
)]
pub struct Args {
    /// The text of a pull request: a file, or - for standard input
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "against",
        conflicts_with = "against"
    )]
    pr: Option<PathBuf>,
    /// The messages of the commits since this revision
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// One of the records must be of this procedure
    #[arg(long, value_name = "PAGE")]
    sop: Option<String>,
    /// The last gate that must be passed [default: the last]
    #[arg(long, value_name = "GATE", value_parser = clap::value_parser!(u32).range(1..))]
    through: Option<u32>,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let source = match (&args.pr, &args.against) {
        (Some(file), _) => Source::Text(file.display().to_string(), read(file)?),
        (None, rev) => Source::Since(rev.clone().unwrap_or_default()),
    };
    let options = CheckOptions { source, sop: args.sop.clone(), through: args.through };
    let checked = check(&context.workspace()?, &options)?;
    context.give(form, &checked, told);
    Ok(if checked.sound { Outcome::Done } else { Outcome::Found })
}

fn told(context: &mut Context<'_>, checked: &Checked) {
    for fault in &checked.faults {
        let line = if fault.line > 0 { format!(":{}", fault.line) } else { String::new() };
        let code = styled(style::WARNING, &fault.code);
        let words = format!("{}{line}: {}", fault.place, fault.what);
        context.ui.line(format!("{code}  {}", visible_line(&words)));
    }
    for record in checked.records.iter().filter(|_| checked.sound) {
        let sop = record.sop.as_deref().unwrap_or_default();
        let store = if record.stored { ", as its store has it" } else { "" };
        context.ui.line(visible_line(&format!("{}  {sop}{store}", record.run)));
    }
    context.ui.line(match (checked.records.len(), checked.faults.len()) {
        (1, 0) => "1 record, and it holds".to_owned(),
        (records, 0) => format!("{records} records, and they hold"),
        (_, 1) => "1 fault".to_owned(),
        (_, faults) => format!("{faults} faults"),
    });
}
